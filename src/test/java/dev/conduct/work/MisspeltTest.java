package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@ConductTest
class MisspeltTest {

    private final LinePages lines;
    private final Misspelt misspelt;
    private final Cast cast;

    MisspeltTest(Items items, Products products, People people, LinePages lines, Misspelt misspelt) {
        this.lines = lines;
        this.misspelt = misspelt;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void a_search_with_a_slip_of_the_pen_shows_what_was_meant_and_says_so() {
        var bug = cast.reported("The xylographer's calendar forgets Fridays", Map.of("severity", "low"));

        var page = lines.list("bug", List.of("is:open xylograhper calender"), null, null, cast.sam);

        assertThat(page.rows()).extracting(LinePage.Row::key).containsExactly(bug.key());
        assertThat(page.instead()).isEqualTo("is:open xylographer calendar");
    }

    @Test
    void what_is_found_as_written_is_left_as_written() {
        var bug = cast.reported("A quadrilateral button", Map.of("severity", "low"));

        var page = lines.list("bug", List.of("quadrilateral product:" + cast.product), null, null, cast.sam);

        assertThat(page.rows()).extracting(LinePage.Row::key).containsExactly(bug.key());
        assertThat(page.instead()).isNull();
    }

    @Test
    void words_like_nothing_phrases_and_words_left_out_stay() {
        cast.reported("The mezzanine lift stops", Map.of("severity", "low"));

        for (var query : List.of("qqxxyyzz", "\"mezzanin lift\"", "-mezzanin", "sev", "state:closed")) {
            assertThat(misspelt.instead(query, cast.sam)).as(query).isNull();
        }
    }

    @Test
    void nobody_is_told_words_of_records_they_may_not_see() {
        cast.reported("The palimpsest viewer is slow", Map.of("severity", "low"));

        assertThat(misspelt.instead("palimpsets", cast.sam)).isEqualTo("palimpsest");
        assertThat(misspelt.instead("palimpsets", cast.as("Cleo", "customer"))).isNull();
    }
}
