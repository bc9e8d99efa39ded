package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Statements;
import dev.conduct.support.TestClock;
import dev.conduct.work.ItemQuery.Sort;
import dev.conduct.work.WordSearch.Bounds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest
class WordSearchTest {

    /// By the index of words; by the list; week by week; week by week until it is given up.
    private static final List<Bounds> WAYS = List.of(
            new Bounds(Long.MAX_VALUE, 1, 1),
            new Bounds(-1, 10_000, 1),
            new Bounds(-1, 2, 1_000),
            new Bounds(-1, 1, 2));

    private final Items items;
    private final JdbcClient database;
    private final TestClock clock;
    private final Cast cast;

    WordSearchTest(Items items, Products products, People people, JdbcClient database, TestClock clock) {
        this.items = items;
        this.database = database;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
    }

    @ParameterizedTest
    @EnumSource
    void every_way_finds_the_same_in_the_same_order(Sort sort) {
        begin();
        for (var severity : List.of("high", "low", "critical", "low", "medium")) {
            var bug = cast.reported("The lantern of the keeper is out", Map.of("severity", severity));
            cast.reported("Nothing of the kind", Map.of("severity", "low"));
            clock.advance(Duration.ofDays(6));
            if (severity.equals("low")) {
                items.comment(bug.key(), "Still dark, says the keeper", null, cast.tom);
            }
        }
        cast.reported("Newest, and nothing of the kind", Map.of("severity", "low"));

        for (var most : List.of(2, 4, 50)) {
            var plain = plainly("keeper", sort, most);
            assertThat(plain).hasSize(Math.min(5, most));
            for (var way : WAYS) {
                assertThat(found("keeper", sort, most, way))
                        .as("%d by %s", most, way)
                        .isEqualTo(plain);
            }
        }
    }

    @Test
    void what_was_said_in_another_week_moves_its_record_there() {
        begin();
        var bug = cast.reported("The lantern is out", Map.of("severity", "low"));
        clock.advance(Duration.ofDays(8));
        var comment = items.comment(bug.key(), "Seen by the keeper", null, cast.tom);
        cast.reported("Nothing of the kind", Map.of("severity", "low"));

        assertThat(database.sql("select week from work.item_words where item = :item")
                        .param("item", bug.key())
                        .query(Integer.class)
                        .single())
                .isEqualTo(WordSearch.week(comment.updatedAt()))
                .isGreaterThan(WordSearch.week(bug.updatedAt()));
        assertThat(found("keeper", Sort.UPDATED, 5, new Bounds(-1, 1, 1_000))).containsExactly(bug.key());
    }

    @Test
    void a_common_word_that_the_newest_lack_is_found_without_reading_them() {
        begin();
        var old = cast.reported("The lantern is out", Map.of("severity", "low"));
        clock.advance(Duration.ofDays(30));
        for (var n = 0; n < 5; n++) {
            cast.reported("Nothing of the kind", Map.of("severity", "low"));
        }

        var sent = Statements.of(() -> assertThat(found("lantern", Sort.UPDATED, 1, new Bounds(-1, 2, 100)))
                .containsExactly(old.key()));

        // How common it is and the newest; then the week of these, and the one that holds it, found and gone through.
        assertThat(sent).hasSizeLessThanOrEqualTo(7);
    }

    private void begin() {
        clock.advance(Duration.ofDays(7));
    }

    private List<String> plainly(String words, Sort sort, int most) {
        var sql = sql(words);
        return database.sql("select i.key" + sql.from() + sql.where() + QuerySql.order(sort) + " limit " + most)
                .params(sql.parameters())
                .query((row, number) -> row.getString("key"))
                .list();
    }

    private List<String> found(String words, Sort sort, int most, Bounds bounds) {
        return new WordSearch(database, sql(words), sort, most, bounds).find((row, number) -> row.getString("key"));
    }

    private QuerySql sql(String words) {
        return QuerySql.of(
                QueryParser.parse("type:bug product:" + cast.product + " " + words),
                Sight.of(cast.sam),
                clock.instant());
    }
}
