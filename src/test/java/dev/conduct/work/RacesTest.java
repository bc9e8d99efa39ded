package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.ledger.verify.Verify;
import dev.conduct.support.ConductTest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest(properties = "test.alone=RacesTest")
class RacesTest {

    private static final int AT_ONCE = 16;

    private final Items items;
    private final Ledger ledger;
    private final Projections projections;
    private final JdbcClient database;
    private final Environment environment;
    private final TransactionTemplate transaction;
    private final Api api;
    private final Cast cast;

    RacesTest(
            Items items,
            Products products,
            People people,
            Clients clients,
            Ledger ledger,
            Projections projections,
            JdbcClient database,
            Environment environment,
            PlatformTransactionManager transactions,
            @LocalServerPort int port) {
        this.items = items;
        this.ledger = ledger;
        this.projections = projections;
        this.database = database;
        this.environment = environment;
        this.transaction = new TransactionTemplate(transactions);
        this.api = new Api(port, clients, "support");
        this.cast = new Cast(items, products, people);
    }

    private static <T> List<T> atOnce(IntFunction<T> act) throws Exception {
        var together = new CyclicBarrier(AT_ONCE);
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var acts = IntStream.range(0, AT_ONCE)
                    .<Callable<T>>mapToObj(number -> () -> {
                        together.await();
                        return act.apply(number);
                    })
                    .toList();
            var results = new ArrayList<T>();
            for (var one : threads.invokeAll(acts)) {
                results.add(one.get());
            }
            return results;
        }
    }

    private int status(Runnable act) {
        try {
            act.run();
            return 200;
        } catch (Problem refused) {
            return refused.status();
        }
    }

    private List<Event> events(String key) {
        return ledger.eventsOf("item:" + key);
    }

    private static List<Long> versions(List<Event> events) {
        return events.stream()
                .filter(ItemFold::changes)
                .map(Event::objectVersion)
                .toList();
    }

    private static List<Long> upTo(long version) {
        return LongStream.rangeClosed(1, version).boxed().toList();
    }

    @Test
    void of_sixteen_who_take_one_transition_one_wins() throws Exception {
        var bug = cast.reported();
        Map<String, Object> fields =
                Map.of("kind", "functional", "component", "editor", "expected", "All", "actual", "One less");

        var statuses = atOnce(number -> status(() -> items.move(
                new Items.Move(bug.key(), "log", fields, null, null, number % 2 == 0 ? bug.version() : null, null),
                cast.sam)));

        assertThat(statuses)
                .containsOnlyOnce(200)
                .allMatch(status -> List.of(200, 409, 412).contains(status));
        var after = items.findVisible(bug.key(), cast.ana);
        assertThat(after.state()).isEqualTo("logged");
        assertThat(after.version()).isEqualTo(2);
        assertThat(versions(events(bug.key()))).isEqualTo(upTo(2));
        assertThat(events(bug.key()).stream().filter(event -> event.outcome() == Outcome.DENIED))
                .hasSize((int) statuses.stream().filter(status -> status == 409).count());
    }

    @Test
    void of_sixteen_bugs_moved_at_once_each_fares_as_if_it_were_alone() throws Exception {
        var bugs = atOnce(number -> cast.reported());
        var sue = cast.as("Sue", "support");
        Map<String, Object> fields =
                Map.of("kind", "functional", "component", "editor", "expected", "All", "actual", "One less");

        var statuses = atOnce(number -> status(() -> items.move(
                new Items.Move(
                        bugs.get(number).key(), "log", number % 4 == 3 ? Map.of() : fields, null, null, null, null),
                number % 2 == 0 ? cast.sam : sue)));

        assertThat(bugs.stream().map(Item::key)).doesNotHaveDuplicates();
        for (var number = 0; number < AT_ONCE; number++) {
            var refused = number % 4 == 3;
            var events = events(bugs.get(number).key());
            assertThat(statuses.get(number)).isEqualTo(refused ? 409 : 200);
            assertThat(items.findVisible(bugs.get(number).key(), cast.ana).state())
                    .isEqualTo(refused ? "reported" : "logged");
            assertThat(versions(events)).isEqualTo(upTo(refused ? 1 : 2));
            assertThat(events.getLast().actor()).isEqualTo((number % 2 == 0 ? cast.sam : sue).id());
            assertThat(events.stream().filter(event -> event.outcome() == Outcome.DENIED))
                    .hasSize(refused ? 1 : 0);
        }
        assertThat(projections.check()).isEmpty();
    }

    @Test
    void sixteen_equal_requests_with_one_key_make_one_item() throws Exception {
        var body = Map.of("type", "bug", "product", cast.product, "title", "Once", "fields", Map.of("severity", "low"));

        var answers = atOnce(number -> api.post("/items", body, "Idempotency-Key", "the-same"));

        assertThat(answers).allMatch(answer -> answer.status() == 201);
        assertThat(answers.stream().map(answer -> answer.text("key")).distinct())
                .hasSize(1);
        assertThat(database.sql("select count(*) from work.item where title = 'Once'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void repeated_requests_and_bulk_acts_among_others_stay_what_they_are() throws Exception {
        var bugs = IntStream.range(0, AT_ONCE / 4)
                .mapToObj(number -> cast.reported().key())
                .toList();
        Map<String, Object> fields =
                Map.of("kind", "functional", "component", "editor", "expected", "All", "actual", "One less");
        var all = Map.of("keys", bugs, "transition", "log", "fields", fields);

        var answers = atOnce(number -> switch (number % 4) {
            case 0 ->
                api.post("/items", titled("Once more"), "Idempotency-Key", "once-more")
                        .text("key");
            case 1 -> api.post("/items", titled("Each time")).text("key");
            case 2 -> String.valueOf(api.post("/items/bulk", all).status());
            default ->
                String.valueOf(status(() -> items.move(
                        new Items.Move(bugs.get(number / 4), "log", fields, null, null, null, null), cast.sam)));
        });

        assertThat(every(answers, 0)).hasSize(1);
        assertThat(every(answers, 1)).hasSize(AT_ONCE / 4);
        assertThat(every(answers, 2)).isSubsetOf("200", "409", "412");
        assertThat(every(answers, 3)).isSubsetOf("200", "409");
        assertThat(database.sql("select count(*) from work.item where title = 'Once more'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        for (var bug : bugs) {
            assertThat(items.findVisible(bug, cast.ana).state()).isEqualTo("logged");
            assertThat(versions(events(bug))).isEqualTo(upTo(2));
        }
    }

    private Map<String, Object> titled(String title) {
        return Map.of("type", "bug", "product", cast.product, "title", title, "fields", Map.of("severity", "low"));
    }

    private static Set<String> every(List<String> answers, int fourth) {
        return IntStream.range(0, AT_ONCE)
                .filter(number -> number % 4 == fourth)
                .mapToObj(answers::get)
                .collect(Collectors.toSet());
    }

    @Test
    void who_writes_to_one_item_holds_up_nobody_at_another() throws Exception {
        var held = cast.reported();
        var free = cast.reported();
        var letGo = new CountDownLatch(1);
        var holding = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(3)) {
            var first = threads.submit(() -> transaction.executeWithoutResult(status -> {
                items.comment(held.key(), "Slowly", null, cast.sam);
                holding.countDown();
                await(letGo);
            }));
            await(holding);
            var same = threads.submit(() -> items.comment(held.key(), "After you", null, cast.sam));

            var other = threads.submit(() -> items.comment(free.key(), "At once", null, cast.sam));

            assertThat(other.get(20, TimeUnit.SECONDS).version()).isEqualTo(2);
            assertThat(same.isDone()).isFalse();
            letGo.countDown();
            first.get(20, TimeUnit.SECONDS);
            assertThat(same.get(20, TimeUnit.SECONDS).version()).isEqualTo(3);
        } finally {
            letGo.countDown();
        }
        assertThat(versions(events(held.key()))).isEqualTo(upTo(3));
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody came");
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    @Test
    void after_a_storm_every_history_is_gapless_the_tables_follow_and_the_ledger_holds() throws Exception {
        var bugs = List.of(cast.reported(), cast.logged(), cast.inFix(), cast.reported());

        atOnce(number -> {
            for (var round = 0; round < 10; round++) {
                var bug = bugs.get((number + round) % bugs.size()).key();
                var other = bugs.get((number + round + 1) % bugs.size()).key();
                switch ((number + round) % 5) {
                    case 0 -> status(() -> items.comment(bug, "Seen by " + number, null, cast.sam));
                    case 1 ->
                        status(() -> items.edit(
                                new Items.Edit(
                                        bug, "By " + number, null, Map.of("severity", "medium"), null, null, null),
                                cast.sam));
                    case 2 -> status(() -> items.link(bug, "blocks", other, null, cast.sam));
                    case 3 ->
                        status(() -> items.move(
                                new Items.Move(bug, "reject", Map.of("reason", "rejected"), null, null, null, null),
                                cast.paula));
                    default ->
                        status(() -> items.move(
                                new Items.Move(bug, "reopen", Map.of(), null, null, null, null), cast.paula));
                }
            }
            return number;
        });

        for (var bug : bugs) {
            var item = items.findVisible(bug.key(), cast.ana);
            assertThat(versions(events(bug.key()))).isEqualTo(upTo(item.version()));
        }
        assertThat(projections.check()).isEmpty();
        assertThat(verified()).isZero();
    }

    private int verified() throws Exception {
        Awaitility.await("everything is sealed")
                .atMost(Duration.ofSeconds(30))
                .until(() -> database.sql("select not exists (select from ledger.pending)")
                        .query(Boolean.class)
                        .single());
        var arguments = new ArrayList<>(List.of(
                "--data",
                environment.getRequiredProperty("conduct.data"),
                "--url",
                environment.getRequiredProperty("conduct.db.url")));
        var user = environment.getProperty("conduct.db.user");
        if (user != null) {
            arguments.addAll(List.of("--user", user));
        }
        var password = environment.getProperty("conduct.db.password");
        var file = Files.createTempFile("password", "");
        if (password != null) {
            Files.writeString(file, password);
            arguments.addAll(List.of("--password-file", file.toString()));
        }
        var says = new ByteArrayOutputStream();
        try (var words = new PrintStream(says, true, StandardCharsets.UTF_8)) {
            var status = Verify.run(arguments, words, words);
            assertThat(says.toString(StandardCharsets.UTF_8)).contains("\"codes_checked\":true");
            return status;
        } finally {
            Files.delete(file);
        }
    }
}
