package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryChipsTest {

    @Test
    void each_part_of_a_query_is_a_chip() {
        var chips = QueryChips.of("severity:critical,high state:!closed \"totals differ\"", "/lines/bug");

        assertThat(chips)
                .extracting(LinePage.Chip::name, LinePage.Chip::value)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("severity", "critical or high"),
                        org.assertj.core.groups.Tuple.tuple("state", "not closed"),
                        org.assertj.core.groups.Tuple.tuple("words", "\"totals differ\""));
    }

    @Test
    void taking_one_out_leaves_the_others() {
        var chips = QueryChips.of("severity:high component:\"price list\" umlaut", "/lines/bug");

        assertThat(chips.get(1).without()).isEqualTo("/lines/bug?q=severity%3Ahigh+umlaut");
    }

    @Test
    void another_order_keeps_the_filters() {
        assertThat(QueryChips.sorted("is:open sort:due umlaut", "priority")).isEqualTo("is:open umlaut sort:priority");
        assertThat(QueryChips.sort("is:open sort:due")).isEqualTo("due");
        assertThat(QueryChips.sort("is:open")).isEqualTo("updated");
    }

    @Test
    void a_quote_that_never_closes_is_one_part() {
        assertThat(QueryChips.parts("state:closed \"total differs")).containsExactly("state:closed", "\"total differs");
    }
}
