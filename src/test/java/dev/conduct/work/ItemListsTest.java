package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest
class ItemListsTest {

    private final Items items;
    private final ItemLists lists;
    private final TestClock clock;
    private final JdbcClient database;
    private final Cast cast;

    ItemListsTest(
            Items items, Products products, People people, ItemLists lists, TestClock clock, JdbcClient database) {
        this.items = items;
        this.lists = lists;
        this.clock = clock;
        this.database = database;
        this.cast = new Cast(items, products, people);
    }

    @ParameterizedTest
    @ValueSource(strings = {"updated", "created", "due", "priority"})
    void pages_show_every_item_once_in_whatever_order(String sort) {
        var keys = new ArrayList<String>();
        for (var severity : List.of("high", "low", "critical", "low", "medium", "high", "critical")) {
            keys.add(cast.reported("A bug", Map.of("severity", severity)).key());
        }

        var seen = new ArrayList<String>();
        String cursor = null;
        do {
            var page = lists.page("product:" + cast.product + " sort:" + sort, 2, cursor, cast.sam);
            page.items().forEach(item -> seen.add(item.key()));
            cursor = page.next();
        } while (cursor != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(keys);
    }

    @Test
    void a_cursor_with_a_day_that_does_not_exist_is_a_bad_cursor() {
        for (var moment : List.of("2026-99-99T00:00:00Z", "+12345-01-01T00:00Z", "2026-02-30T00:00:00Z")) {
            var cursor = new Cursor(ItemQuery.Sort.UPDATED, moment, "APP-1").written();

            assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                    dev.conduct.kernel.Problem.class,
                                    () -> lists.page("sort:updated", 2, cursor, cast.sam))
                            .errors())
                    .as(moment)
                    .extracting(dev.conduct.kernel.FieldProblem::code)
                    .containsExactly("not_a_cursor");
        }
    }

    @Test
    void the_most_urgent_comes_first() {
        for (var severity : List.of("low", "critical", "medium")) {
            cast.reported("Urgent or not", Map.of("severity", severity));
        }

        assertThat(found("sort:priority", cast.sam))
                .extracting(item -> item.fields().get("severity"))
                .containsExactly("critical", "medium", "low");
    }

    @Test
    void what_is_never_due_is_neither_overdue_nor_due_later() {
        var late = cast.reported("Late", Map.of("severity", "high")).key();
        var later = cast.reported("Later", Map.of("severity", "high")).key();
        var never = cast.reported("Never", Map.of("severity", "high")).key();
        var was = cast.found(late).dueAt();
        due(late, clock.instant().minusSeconds(1));
        due(later, clock.instant().plus(Duration.ofDays(9)));
        due(never, null);

        assertThat(keys("due:overdue", cast.tom)).containsExactly(late);
        assertThat(keys("-due:overdue sort:due", cast.tom)).containsExactly(later, never);
        assertThat(keys("due:<3d", cast.tom)).containsExactly(late);
        assertThat(keys("due:>3d", cast.tom)).containsExactly(later);
        assertThat(keys("-due:>3d sort:due", cast.tom)).containsExactly(late, never);

        // Others compare these tables with the ledger.
        List.of(late, later, never).forEach(key -> due(key, was));
    }

    private void due(String key, @Nullable Instant at) {
        database.sql("update work.item set due_at = :at where key = :key")
                .param("at", ItemRows.time(at), Types.TIMESTAMP_WITH_TIMEZONE)
                .param("key", key)
                .update();
    }

    @Test
    void terms_narrow_and_a_minus_excludes() {
        var mine = cast.inFix();
        var other = cast.reported("Another", Map.of("severity", "low"));

        assertThat(keys("assignee:me", cast.tom)).containsExactly(mine.key());
        assertThat(keys("assignee:none", cast.tom)).containsExactly(other.key());
        assertThat(keys("-assignee:me", cast.tom)).containsExactly(other.key());
        assertThat(keys("-severity:low", cast.tom)).containsExactly(mine.key());
        assertThat(keys("state:!reported", cast.tom)).containsExactly(mine.key());
        assertThat(keys("component:editor priority:high", cast.tom)).containsExactly(mine.key());
        assertThat(keys("-component:editor", cast.tom)).containsExactly(other.key());
        assertThat(keys("is:open", cast.tom)).containsExactlyInAnyOrder(mine.key(), other.key());
        assertThat(keys("is:closed", cast.tom)).isEmpty();
    }

    @Test
    void age_is_counted_back_from_now() {
        var old = cast.reported("Old", Map.of("severity", "low"));
        clock.set(clock.instant().plus(Duration.ofDays(10)));
        var young = cast.reported("Young", Map.of("severity", "low"));

        assertThat(keys("updated:>7d", cast.sam)).containsExactly(old.key());
        assertThat(keys("updated:<7d", cast.sam)).containsExactly(young.key());
        assertThat(keys("created:<2000-01-01", cast.sam)).isEmpty();
    }

    @Test
    void words_are_found_in_title_text_and_comments_whatever_their_ending() {
        var bug = cast.reported("The exporter crashed", Map.of("severity", "low"));
        items.comment(bug.key(), "Happens with umlauts: Äpfel", null, cast.sam);

        assertThat(keys("crash", cast.sam)).containsExactly(bug.key());
        assertThat(keys("\"exporter crashed\"", cast.sam)).containsExactly(bug.key());
        assertThat(keys("\"crashed exporter\"", cast.sam)).isEmpty();
        assertThat(keys("äpfel umlauts", cast.sam)).containsExactly(bug.key());
        assertThat(keys("crash -umlauts", cast.sam)).isEmpty();
        assertThat(keys(bug.key(), cast.sam)).containsExactly(bug.key());
    }

    @Test
    void a_changed_title_is_found_by_its_new_words_only() {
        var bug = cast.reported("Wolpertinger", Map.of("severity", "low"));
        items.edit(new Items.Edit(bug.key(), "Jackalope", null, Map.of(), null, null, null), cast.sam);

        assertThat(keys("wolpertinger", cast.sam)).isEmpty();
        assertThat(keys("jackalope", cast.sam)).containsExactly(bug.key());
    }

    @Test
    void a_value_that_nothing_has_is_a_mistake() {
        assertThat(org.assertj.core.api.Assertions.catchThrowableOfType(
                                Problem.class,
                                () -> found("state:in_reveiw component:editr assignee:nobody@x", cast.sam))
                        .errors())
                .extracting(error -> error.says())
                .satisfiesExactly(
                        says -> assertThat(says).contains("write in_review"),
                        says -> assertThat(says).contains("write editor"),
                        says -> assertThat(says).contains("names nobody"));
    }

    @Test
    void counts_count_what_lists_show() {
        cast.reported();
        cast.reported();

        assertThat(lists.count("product:" + cast.product, cast.sam)).isEqualTo(2);
        assertThat(lists.count("product:" + cast.product, cast.lea)).isEqualTo(2);
        assertThat(lists.count("product:" + cast.product, cast.as("Another customer", "customer")))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "a & | ! ( ) : * <->",
                "\\",
                "''; drop table work.item; --",
                "%_",
                "🦄 ünï",
                "a:b:c",
                "::",
                "$$"
            })
    void no_text_breaks_the_search(String text) {
        cast.reported("x " + text, Map.of("severity", "low"));
        try {
            found("\"" + text + "\"", cast.sam);
        } catch (Problem tooCommon) {
            assertThat(tooCommon.errors()).extracting(error -> error.code()).containsOnly("too_common");
        }
        assertThat(database.sql("select count(*) from work.item")
                        .query(Long.class)
                        .single())
                .isPositive();
    }

    private List<String> keys(String query, Actor actor) {
        return found(query, actor).stream().map(Item::key).toList();
    }

    private List<Item> found(String query, Actor actor) {
        return lists.page("product:" + cast.product + " " + query, null, null, actor)
                .items();
    }
}
