package dev.conduct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.verify.DatabaseVerifier;
import dev.conduct.ledger.verify.Merkle;
import dev.conduct.support.ConductTest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The sealing thread is stopped; its steps are taken by hand, and cut between any two.
@ConductTest(properties = "test.alone=CrashTest")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CrashTest {

    private final Ledger ledger;
    private final Sealing sealing;
    private final LedgerKeys keys;
    private final LedgerState state;
    private final CheckpointStore store;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final LedgerFixture fixture;

    CrashTest(
            Ledger ledger,
            Sealing sealing,
            LedgerKeys keys,
            LedgerState state,
            CheckpointStore store,
            InstantSource time,
            TransactionTemplate transaction,
            DataSource dataSource,
            JdbcTemplate jdbc,
            Environment environment) {
        this.ledger = ledger;
        this.sealing = sealing;
        this.keys = keys;
        this.state = state;
        this.store = store;
        this.time = time;
        this.transaction = transaction;
        this.dataSource = dataSource;
        this.jdbc = jdbc;
        this.fixture = new LedgerFixture(environment);
    }

    @BeforeEach
    void nobody_else_seals() {
        sealing.stop();
    }

    @Test
    @Order(1)
    void what_was_not_committed_is_sealed_by_the_next() throws Exception {
        var before = indexes().size();
        record(300);
        try (var connection = dataSource.getConnection()) {
            var sequencer = new Sequencer(dyingAtCommit(connection), keys, time);
            assertThatThrownBy(sequencer::seal).hasMessage("the power went out");
        }
        assertThat(indexes()).hasSize(before);

        try (var connection = dataSource.getConnection()) {
            var sequencer = new Sequencer(connection, keys, time);
            assertThat(sequencer.seal()).isEqualTo(300);
            assertThat(sequencer.seal()).isZero();
        }
        assertThat(indexes())
                .isEqualTo(LongStream.range(0, before + 300).boxed().toList());
        holds();
    }

    @Test
    @Order(2)
    void one_that_was_overtaken_seals_nothing_more() throws Exception {
        record(10);
        try (var paused = dataSource.getConnection();
                var other = dataSource.getConnection()) {
            var first = new Sequencer(paused, keys, time);
            var second = new Sequencer(other, keys, time);

            assertThatThrownBy(first::seal).isInstanceOf(Sequencer.Overtaken.class);
            assertThat(second.seal()).isEqualTo(10);
        }
        holds();
    }

    @Test
    @Order(3)
    void a_promise_without_a_signature_is_signed_by_the_next() throws Exception {
        try (var connection = dataSource.getConnection()) {
            var size = new Sequencer(connection, keys, time).size();
            store.promise(size, new Tiles(jdbc).root(size));
            var promises = fixture.checkpointFile().promises().size();

            var publisher = new Publisher(connection, keys, store, time);
            assertThat(publisher.behind(size)).isTrue();
            publisher.publish(size);

            assertThat(jdbc.queryForObject("select max(size) from ledger.checkpoint", Long.class))
                    .isEqualTo(size);
            assertThat(fixture.checkpointFile().promises()).hasSize(promises);
        }
        holds();
    }

    @Test
    @Order(4)
    void half_a_line_in_the_store_promises_nothing() throws Exception {
        var file = fixture.data().resolve("checkpoints/checkpoints.log");
        var before = store.last().orElseThrow();
        Files.writeString(file, "promise 99999 AAAA", StandardOpenOption.APPEND);

        assertThat(store.last().orElseThrow().size()).isEqualTo(before.size());
        record(5);
        sealAndPublish();

        assertThat(store.last().orElseThrow().size()).isEqualTo(before.size() + 5);
        holds();
    }

    @Test
    @Order(5)
    void tiles_that_do_not_continue_what_was_signed_are_not_signed() throws Exception {
        record(5);
        try (var connection = dataSource.getConnection();
                var owner = fixture.asOwner();
                var statement = owner.createStatement()) {
            var publisher = new Publisher(connection, keys, store, time);
            var sequencer = new Sequencer(connection, keys, time);
            sequencer.seal();
            statement.execute("alter table ledger.event disable trigger user");
            statement.execute("create table public.kept as select row, entry from ledger.event");
            var last = sequencer.size() - 1;
            statement.execute("update ledger.event set entry = convert_to('{}', 'UTF8') where row ="
                    + " (select row from ledger.leaf where index = " + last + ")");

            assertThatThrownBy(() -> publisher.publish(sequencer.size())).isInstanceOf(Publisher.Broken.class);

            statement.execute("update ledger.event set entry = kept.entry from public.kept where kept.row = event.row");
            statement.execute("alter table ledger.event enable trigger user");
        }
        sealAndPublish();
        holds();
    }

    @Test
    @Order(6)
    void a_forged_event_is_put_aside_and_the_others_are_sealed() throws Exception {
        record(3);
        jdbc.update("""
                insert into ledger.event (id, occurred_at, recorded_at, actor, via, action, object, object_version, outcome,
                                          entry, mac)
                select gen_random_uuid(), occurred_at, recorded_at, 'person:forged', via, action, object, object_version,
                       outcome, entry, sha256('guess')
                  from ledger.event limit 1
                """);
        jdbc.update("insert into ledger.pending select max(row) from ledger.event");
        var before = indexes().size();
        sealAndPublish();

        assertThat(indexes()).hasSize(before + 3);
        assertThat(jdbc.queryForObject("select count(*) from ledger.quarantine", Long.class))
                .isEqualTo(1);
        assertThatThrownBy(this::holds).hasMessageContaining("was not sealed");
    }

    @Test
    @Order(7)
    void an_older_database_stops_all_recording(@TempDir Path folder) throws Exception {
        var size = indexes().size();
        var ahead = new CheckpointStore(folder);
        ahead.promise(size + 7, Merkle.empty());

        var found = new LedgerConfiguration().ledgerState(ahead, jdbc);
        assertThat(found.rollback()).get().asString().contains("checkpoint over " + (size + 7) + " was signed");

        state.rolledBack(found.rollback().orElseThrow());
        assertThatThrownBy(() -> ledger.appendAlone(LedgerFixture.event("item:CRASH-1", 99)))
                .isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.status()).isEqualTo(503);
                    assertThat(problem.code()).isEqualTo("ledger_rollback");
                });
    }

    @Test
    @Order(8)
    void a_history_that_was_replaced_stops_all_recording(@TempDir Path folder) throws Exception {
        var other = new CheckpointStore(folder);
        other.promise(10, Merkle.leaf(new byte[] {1}));

        assertThat(new LedgerConfiguration().ledgerState(other, jdbc).rollback())
                .get()
                .asString()
                .contains("are not those over which a checkpoint was signed");
    }

    @Test
    @Order(9)
    void without_its_keys_a_ledger_with_entries_does_not_open(@TempDir Path folder) {
        assertThatThrownBy(() -> LedgerKeys.open(folder, true, "conduct/test"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is missing")
                .hasMessageContaining("backup");
        assertThat(folder).isEmptyDirectory();

        var made = LedgerKeys.open(folder, false, "conduct/test");
        assertThat(LedgerKeys.open(folder, true, "ignored").log().verifier())
                .isEqualTo(made.log().verifier());
    }

    private void record(int events) {
        var start = ledger.eventsOf("item:CRASH-1").size();
        transaction.executeWithoutResult(t -> ledger.appendAll(IntStream.range(0, events)
                .mapToObj(n -> LedgerFixture.event("item:CRASH-1", start + n))
                .toList()));
    }

    private void sealAndPublish() throws Exception {
        try (var connection = dataSource.getConnection()) {
            var publisher = new Publisher(connection, keys, store, time);
            var sequencer = new Sequencer(connection, keys, time);
            sequencer.seal();
            publisher.publish(sequencer.size());
        }
    }

    private List<Long> indexes() {
        return jdbc.query("select index from ledger.leaf order by index", (row, number) -> row.getLong(1));
    }

    private void holds() throws Exception {
        try (var connection = fixture.asOwner()) {
            DatabaseVerifier.verify(connection, fixture.verifierKey(), fixture.macKey(), fixture.checkpointFile());
        }
    }

    private static Connection dyingAtCommit(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        throw new SQLException("the power went out");
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
