package dev.conduct.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.verify.Checkpoint;
import dev.conduct.ledger.verify.DatabaseVerifier;
import dev.conduct.support.ConductTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest(properties = "test.alone=SealingTest")
class SealingTest {

    private final Ledger ledger;
    private final LedgerStatuses statuses;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final LedgerFixture fixture;

    SealingTest(
            Ledger ledger,
            LedgerStatuses statuses,
            TransactionTemplate transaction,
            JdbcClient jdbc,
            Environment environment) {
        this.ledger = ledger;
        this.statuses = statuses;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.fixture = new LedgerFixture(environment);
    }

    @Test
    void sixteen_writers_at_once_lose_and_double_nothing() throws Exception {
        var ids = new HashSet<UUID>();
        try (var writers = Executors.newFixedThreadPool(16)) {
            var recorded = IntStream.range(0, 16)
                    .mapToObj(writer -> writers.submit(() -> write(writer)))
                    .toList();
            for (Future<List<UUID>> ofOne : recorded) {
                ids.addAll(ofOne.get());
            }
        }

        LedgerFixture.until(() -> statuses.read().unsealed() == 0);

        assertThat(ids).hasSize(16 * 60);
        assertThat(indexes())
                .isEqualTo(LongStream.range(0, indexes().size()).boxed().toList());
        var sealed = jdbc.sql("select event.id from ledger.leaf join ledger.event using (row)")
                .query(UUID.class)
                .list();
        assertThat(sealed).doesNotHaveDuplicates().containsAll(ids);
        holds();
    }

    /// Every third transaction rolls back and leaves a gap in the row ids.
    private List<UUID> write(int writer) {
        return IntStream.range(0, 90)
                .filter(n -> n % 3 != 2 || rolledBack(writer, n))
                .mapToObj(n -> transaction.execute(t -> ledger.append(LedgerFixture.event("item:W-" + writer, n))))
                .map(Event::id)
                .toList();
    }

    private boolean rolledBack(int writer, int n) {
        transaction.executeWithoutResult(t -> {
            ledger.append(LedgerFixture.event("item:W-" + writer, n));
            t.setRollbackOnly();
        });
        return false;
    }

    @Test
    void what_somebody_put_beside_the_ledger_is_no_event() {
        var genuine = ledger.appendAlone(LedgerFixture.event("item:FORGED-1", 1));
        transaction.executeWithoutResult(status -> {
            var forged = jdbc.sql("""
                            insert into ledger.event (id, occurred_at, recorded_at, actor, via, action, object,
                                                      object_version, outcome, clause, procedure, entry, mac)
                            select gen_random_uuid(), occurred_at, recorded_at, actor, via, action, object,
                                   object_version + 1, outcome, clause, procedure, entry, decode(repeat('00', 32), 'hex')
                              from ledger.event where object = 'item:FORGED-1'
                            """).update();
            assertThat(forged).isEqualTo(1);

            assertThat(ledger.eventsOf("item:FORGED-1")).extracting(Event::row).containsExactly(genuine.row());
            var replayed = new ArrayList<Event>();
            ledger.replay("item:FORGED-1", replayed::add);
            assertThat(replayed).extracting(Event::row).containsExactly(genuine.row());
            status.setRollbackOnly();
        });
    }

    @Test
    void a_late_commit_with_a_lower_row_is_sealed_all_the_same() throws Exception {
        var recorded = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        try (var other = Executors.newSingleThreadExecutor()) {
            var late = other.submit(() -> transaction.execute(t -> {
                var event = ledger.append(LedgerFixture.event("item:LATE-1", 1));
                recorded.countDown();
                await(mayCommit);
                return event;
            }));
            recorded.await();
            var early = ledger.appendAlone(LedgerFixture.event("item:LATE-2", 1));
            LedgerFixture.until(() -> sealed("item:LATE-2"));
            mayCommit.countDown();
            assertThat(late.get().row()).isLessThan(early.row());
            LedgerFixture.until(() -> sealed("item:LATE-1"));

            assertThat(ledger.eventsOf("item:LATE-1").getFirst().entry())
                    .isGreaterThan(ledger.eventsOf("item:LATE-2").getFirst().entry());
        }
        holds();
    }

    @Test
    void a_checkpoint_is_signed_over_what_was_sealed() throws Exception {
        ledger.appendAlone(LedgerFixture.event("item:SIGNED-1", 1));
        LedgerFixture.until(() -> {
            var status = statuses.read();
            return status.unsealed() == 0 && status.checkpointSize() == status.size();
        });

        var note = jdbc.sql("select note from ledger.checkpoint order by size desc limit 1")
                .query(String.class)
                .single();
        var checkpoint = Checkpoint.opened(note, fixture.verifierKey());
        assertThat(checkpoint.size()).isEqualTo(statuses.read().size());
        assertThat(fixture.checkpointFile().promises().getLast().size()).isEqualTo(checkpoint.size());
        assertThat(fixture.checkpointFile().notes()).contains(note);
    }

    @Test
    void sealing_goes_on_after_its_connection_was_cut() throws Exception {
        try (var owner = fixture.asOwner();
                var statement = owner.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and database"
                    + " = (select oid from pg_database where datname = current_database())");
        }

        ledger.appendAlone(LedgerFixture.event("item:CUT-1", 1));

        LedgerFixture.until(() -> sealed("item:CUT-1"));
        holds();
    }

    @Test
    void sealing_goes_on_after_another_had_a_turn() throws Exception {
        try (var owner = fixture.asOwner();
                var statement = owner.createStatement()) {
            statement.execute("update ledger.tree set epoch = epoch + 1");
        }

        ledger.appendAlone(LedgerFixture.event("item:TURN-1", 1));

        LedgerFixture.until(() -> sealed("item:TURN-1"));
        holds();
    }

    private void holds() throws Exception {
        try (var connection = fixture.asOwner()) {
            DatabaseVerifier.verify(connection, fixture.verifierKey(), fixture.macKey(), fixture.checkpointFile());
        }
    }

    private boolean sealed(String object) {
        var events = ledger.eventsOf(object);
        return !events.isEmpty() && events.stream().allMatch(event -> event.entry() != null);
    }

    private List<Long> indexes() {
        return jdbc.sql("select index from ledger.leaf order by index")
                .query((row, number) -> row.getLong(1))
                .list();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
