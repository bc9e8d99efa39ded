package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Statements;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// How many statements a page takes, whatever it shows: more of them would be the beginning of one for each row.
@ConductTest
class ReadCostTest {

    /// The adopted versions are read again every second, the counts of a line and who has a repository when they
    /// are old.
    private static final List<String> REMEMBERED = List.of(
            "from procedure.version",
            "count(*) filter (where open)",
            "as risky",
            "select distinct product from source.repository");

    private final Items items;
    private final ItemLists lists;
    private final LinePages lines;
    private final RecordDesk desk;
    private final Cast cast;

    ReadCostTest(Items items, Products products, People people, ItemLists lists, LinePages lines, RecordDesk desk) {
        this.items = items;
        this.lists = lists;
        this.lines = lines;
        this.desk = desk;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void a_record_takes_the_item_its_events_the_people_the_links_and_its_risk() {
        var bug = cast.inFix();

        var sent = sent(() -> desk.page(bug.key(), Map.of(), cast.paula));

        // And the cases that prove it.
        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void a_record_takes_no_more_for_a_long_history_than_what_decides_and_the_papers() {
        var bug = cast.inFix();
        for (var n = 0; n <= Pasts.SHOWN; n++) {
            var _ = items.comment(bug.key(), "Seen once more, number " + n, null, cast.tom);
        }

        var sent = sent(() -> desk.page(bug.key(), Map.of(), cast.paula));

        // Beside the six: what decides, how many there are, files, watchers, exceptions, linked tests, the run that
        // found it.
        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(13);
    }

    @Test
    void a_list_takes_its_rows_their_people_and_clocks_what_is_mine_and_saved() {
        for (var n = 0; n < 5; n++) {
            var _ = cast.inFix();
        }

        var sent = sent(() ->
                lines.list("bug", List.of("is:open sort:updated product:" + cast.product), null, null, cast.paula));

        // With the name of the product that is asked for.
        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void a_search_takes_how_common_its_words_are_and_its_rows() {
        var _ = cast.inFix();

        var sent = sent(() -> lists.page("type:bug editor", 50, null, cast.paula));

        assertThat(sent).as(told(sent)).hasSizeLessThanOrEqualTo(2);
    }

    private static List<String> sent(Runnable act) {
        return Statements.of(act).stream()
                .filter(sql -> REMEMBERED.stream().noneMatch(sql::contains))
                .toList();
    }

    private static String told(List<String> sent) {
        return String.join("\n", sent);
    }
}
