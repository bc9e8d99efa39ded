package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.People;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.util.HashSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest(properties = "test.alone=ProjectionsTest")
class ProjectionsTest {

    private final Items items;
    private final RandomHistory.Doors doors;
    private final TransactionTemplate transaction;
    private final Projections projections;
    private final Ledger ledger;
    private final JdbcClient database;
    private final TestClock clock;
    private final Cast cast;

    ProjectionsTest(
            Items items,
            Remarks remarks,
            Overrides overrides,
            Duties duties,
            Attachments attachments,
            Procedures procedures,
            Migrations migrations,
            TransactionTemplate transaction,
            Projections projections,
            Products products,
            People people,
            Ledger ledger,
            JdbcClient database,
            TestClock clock) {
        this.items = items;
        this.doors = new RandomHistory.Doors(
                items, remarks, overrides, duties, attachments, products, procedures, migrations);
        this.transaction = transaction;
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
        var history = new RandomHistory(doors, cast, clock, seed);

        history.happen(300);

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
                        "item.reword",
                        "item.unsay",
                        "item.link",
                        "item.attest",
                        "item.attach",
                        "item.watch",
                        "item.migrate",
                        "override.ask",
                        "override.approve",
                        "override.decline",
                        "override.expire",
                        "duty.owe",
                        "duty.settle",
                        "duty.overdue");
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
    void what_people_keep_for_themselves_is_left_alone() {
        database.sql("""
                        insert into work.saved_view (id, owner, type, title, query)
                        values (gen_random_uuid(), :me, 'bug', 'Mine', 'assignee:me')
                        """).param("me", cast.tom.id()).update();
        database.sql("insert into work.first_view select owner, type, id from work.saved_view where owner = :me")
                .param("me", cast.tom.id())
                .update();

        assertThat(projections.check()).isEmpty();
        assertThat(projections.rebuild(cast.ana)).isEmpty();
        assertThat(database.sql("select title from work.saved_view where owner = :me")
                        .param("me", cast.tom.id())
                        .query(String.class)
                        .list())
                .containsExactly("Mine");
        assertThat(database.sql("select count(*) from work.first_view where person = :me")
                        .param("me", cast.tom.id())
                        .query(Long.class)
                        .single())
                .isOne();
    }

    @Test
    void an_item_that_changes_while_its_rows_are_mended_is_mended_anew() throws Exception {
        var bug = forged();

        var rebuilding = transaction.execute(status -> {
            items.comment(bug.key(), "Meanwhile", null, cast.sam);
            var started = CompletableFuture.supplyAsync(() -> projections.rebuild(cast.ana));
            var _ = waiting();
            return started;
        });

        assertThat(rebuilding.get(20, TimeUnit.SECONDS)).containsOnlyKeys("work.evidence");
        assertThat(projections.check()).isEmpty();
        assertThat(database.sql("select text from work.comment where item = :key")
                        .param("key", bug.key())
                        .query(String.class)
                        .list())
                .containsExactly("Meanwhile");
    }

    @Test
    void broken_off_in_the_middle_it_leaves_everything_as_it_was_and_the_next_run_mends() {
        var bug = forged();
        var entries = ledger.eventsOf("system:projections").size();

        var rebuilding = transaction.execute(status -> {
            items.comment(bug.key(), "Meanwhile", null, cast.sam);
            var started = CompletableFuture.supplyAsync(() -> projections.rebuild(cast.ana));
            database.sql("select pg_terminate_backend(:pid)")
                    .param("pid", waiting())
                    .query(Boolean.class)
                    .single();
            return started;
        });

        assertThat(rebuilding).failsWithin(java.time.Duration.ofSeconds(20));
        assertThat(ledger.eventsOf("system:projections")).hasSize(entries);
        assertThat(projections.check())
                .get()
                .satisfies(difference -> assertThat(difference.table()).isEqualTo("work.evidence"));
        assertThat(projections.rebuild(cast.ana)).containsOnlyKeys("work.evidence");
        assertThat(projections.check()).isEmpty();
    }

    private Item forged() {
        var bug = cast.approved("a1b2c3d4e5f6");
        database.sql("update work.evidence set passed = false where item = :key and kind = 'review'")
                .param("key", bug.key())
                .update();
        return bug;
    }

    /// The connection that waits for the item.
    private int waiting() {
        return org.awaitility.Awaitility.await()
                .until(() -> database.sql("""
                                        select pid from pg_stat_activity
                                         where datname = current_database() and wait_event_type = 'Lock'
                                        """).query(Integer.class).optional().orElse(0), pid -> pid != 0);
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
        database.sql("insert into work.watcher (item, actor, watching) values (:key, 'person:nobody', true)")
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
