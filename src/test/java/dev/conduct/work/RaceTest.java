package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest
class RaceTest {

    private static final int RUNNERS = 6;

    private final Items items;
    private final Ledger ledger;
    private final Clients clients;
    private final JdbcClient database;
    private final TransactionTemplate transactions;
    private final TestClock clock;
    private final int port;
    private final Cast cast;

    RaceTest(
            Items items,
            Products products,
            People people,
            Ledger ledger,
            Clients clients,
            JdbcClient database,
            TransactionTemplate transactions,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.ledger = ledger;
        this.clients = clients;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.port = port;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void of_many_who_move_the_version_they_read_one_wins() {
        var bug = cast.inFix();
        var move = new Items.Move(bug.key(), "reject", Map.of("reason", "rejected"), null, null, bug.version(), null);

        var outcomes = together(() -> items.move(move, cast.lea).state());

        assertThat(outcomes).filteredOn("rejected"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("412"::equals).hasSize(RUNNERS - 1);
        assertThat(ledger.eventsOf("item:" + bug.key()))
                .filteredOn(event -> event.outcome() == Outcome.SUCCESS
                        && "reject".equals(event.data().get("transition")))
                .hasSize(1);
    }

    @Test
    void without_a_version_the_gates_still_let_one_through() {
        var bug = cast.inFix();

        var outcomes = together(
                () -> cast.move(bug, "reject", cast.lea, "reason", "rejected").state());

        assertThat(outcomes).filteredOn("rejected"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("409"::equals).hasSize(RUNNERS - 1);
    }

    @Test
    void versions_of_an_item_have_no_gap_and_no_twin_however_many_comment() {
        var bug = cast.reported();

        together(() -> items.comment(bug.key(), "Me too", null, cast.sam).key());

        assertThat(ledger.eventsOf("item:" + bug.key()))
                .extracting(event -> event.objectVersion())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void a_request_repeated_while_it_runs_is_done_once() {
        var api = new Api(port, clients, "support");
        var bug = Map.of(
                "type", "bug", "product", cast.product, "title", "Sent in haste", "fields", Map.of("severity", "low"));

        var keys = together(
                () -> api.post("/items", bug, "Idempotency-Key", "haste").text("key"));

        assertThat(keys).hasSize(RUNNERS).containsOnly(keys.getFirst());
    }

    @Test
    void an_act_is_of_the_moment_it_holds_the_item_not_of_the_moment_it_began_to_wait() {
        var bug = cast.reported();
        var edit = new Items.Edit(bug.key(), null, null, Map.of("severity", "low"), null, null, null);
        try (var runner = Executors.newSingleThreadExecutor()) {
            var later = transactions.execute(status -> {
                database.sql("select from work.item where key = :key for update")
                        .param("key", bug.key())
                        .query((row, number) -> 0)
                        .single();
                var waiting = runner.submit(() -> items.edit(edit, cast.sam));
                while (database.sql("select count(*) from pg_locks where not granted")
                                .query(Long.class)
                                .single()
                        == 0) {
                    Thread.onSpinWait();
                }
                clock.advance(Duration.ofMinutes(1));
                return waiting;
            });

            assertThat(java.util.Objects.requireNonNull(later).get().updatedAt())
                    .isEqualTo(clock.instant());
        } catch (InterruptedException | java.util.concurrent.ExecutionException broken) {
            throw new AssertionError(broken);
        }
    }

    private static List<String> together(Callable<String> act) {
        var start = new CyclicBarrier(RUNNERS);
        try (var runners = Executors.newFixedThreadPool(RUNNERS)) {
            var running = new ArrayList<java.util.concurrent.Future<String>>();
            for (var i = 0; i < RUNNERS; i++) {
                running.add(runners.submit(() -> {
                    start.await();
                    try {
                        return act.call();
                    } catch (Problem refused) {
                        return String.valueOf(refused.status());
                    }
                }));
            }
            return running.stream().map(RaceTest::outcome).toList();
        }
    }

    private static String outcome(java.util.concurrent.Future<String> running) {
        try {
            return running.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException broken) {
            throw new AssertionError(broken);
        }
    }
}
