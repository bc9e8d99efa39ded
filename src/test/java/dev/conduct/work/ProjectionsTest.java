package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.util.HashSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest(properties = "test.alone=ProjectionsTest")
class ProjectionsTest {

    private final Items items;
    private final Remarks remarks;
    private final Projections projections;
    private final Ledger ledger;
    private final JdbcClient database;
    private final TestClock clock;
    private final Cast cast;

    ProjectionsTest(
            Items items,
            Remarks remarks,
            Projections projections,
            Products products,
            People people,
            Ledger ledger,
            JdbcClient database,
            TestClock clock) {
        this.items = items;
        this.remarks = remarks;
        this.projections = projections;
        this.ledger = ledger;
        this.database = database;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
    }

    @AfterEach
    void leave_nothing_broken_behind() {
        projections.rebuild(cast.ana);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20_261_123, -7})
    void what_is_rebuilt_from_a_random_history_equals_what_is_live(long seed) {
        var history = new RandomHistory(items, remarks, cast, clock, seed);

        history.happen(250);

        assertThat(history.refused).as("some are refused, seed %d", seed).isPositive();
        var actions = new HashSet<String>();
        ledger.replay("item:" + cast.product, event -> actions.add(event.action()));
        assertThat(actions)
                .as("seed %d", seed)
                .contains(
                        "item.report",
                        "item.transition",
                        "item.edit",
                        "item.comment",
                        "item.link",
                        "item.attest",
                        "item.watch");
        assertThat(projections.check()).as("seed %d", seed).isEmpty();
    }

    @Test
    void a_row_changed_behind_the_doors_back_is_named_and_mended() {
        var bug = cast.approved("a1b2c3d4e5f6");
        items.comment(bug.key(), "Seen again", null, cast.sam);
        database.sql("update work.evidence set passed = false where item = :key and kind = 'review'")
                .param("key", bug.key())
                .update();

        var difference = projections.check().orElseThrow();

        assertThat(difference.table()).isEqualTo("work.evidence");
        assertThat(difference.says()).containsExactly("passed is false, the ledger says true");
        assertThat(projections.rebuild(cast.ana)).containsOnlyKeys("work.evidence");
        assertThat(projections.check()).isEmpty();
        assertThat(ledger.eventsOf("system:projections").getLast().action()).isEqualTo("projection.mend");
    }

    @Test
    void lost_and_forged_rows_are_put_right_in_every_table() {
        var bug = cast.approved("a1b2c3d4e5f6");
        var other = cast.reported();
        items.link(bug.key(), "blocks", other.key(), null, cast.tom);
        items.comment(bug.key(), "Seen again", null, cast.sam);
        var before = items.findVisible(bug.key(), cast.ana);
        database.sql("delete from work.item where key = :key")
                .param("key", bug.key())
                .update();
        database.sql("delete from clock.clock where item = :key")
                .param("key", other.key())
                .update();
        database.sql("insert into work.watcher (item, actor) values (:key, 'person:nobody')")
                .param("key", other.key())
                .update();

        var mended = projections.rebuild(cast.ana);

        assertThat(mended)
                .containsKeys(
                        "work.item",
                        "work.item_words",
                        "work.evidence",
                        "work.link",
                        "work.comment",
                        "work.watcher",
                        "clock.clock");
        assertThat(items.findVisible(bug.key(), cast.ana)).isEqualTo(before);
        assertThat(projections.check()).isEmpty();
        assertThat(projections.rebuild(cast.ana)).isEmpty();
    }

    @Test
    void numbers_once_given_are_not_given_again() {
        var number = database.sql("select next_number from work.product where key = :key")
                .param("key", cast.product)
                .query(Long.class)
                .single();
        database.sql("update work.product set next_number = next_number + 5, name = 'Forged' where key = :key")
                .param("key", cast.product)
                .update();

        projections.rebuild(cast.ana);

        assertThat(database.sql("select next_number from work.product where key = :key and name <> 'Forged'")
                        .param("key", cast.product)
                        .query(Long.class)
                        .single())
                .isEqualTo(number + 5);
    }
}
