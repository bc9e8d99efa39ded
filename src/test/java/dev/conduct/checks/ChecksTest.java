package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.testing.Programs;
import dev.conduct.work.FactSource;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/// Checks against servers that really run: what they find and what that proves.
@ConductTest(properties = {"test.alone=ChecksTest", "conduct.outbound.allow=localhost", "conduct.scheduling=false"})
class ChecksTest {

    private static final Actor SUPPORT =
            new Actor("person:00000000-0000-7000-8000-0000000000c2", "Sam", Set.of("support"), "page");

    private final Programs programs;
    private final int port;
    private final Checking at;

    ChecksTest(ApplicationContext context, Clients clients, @LocalServerPort int port) {
        this.at = new Checking(context);
        this.programs = new Programs(clients, port);
        this.port = port;
    }

    @AfterEach
    void stop() {
        at.close();
    }

    @Test
    void a_flow_is_followed_with_its_secret_and_is_evidence_for_what_runs_there() {
        at.secrets.write(at.product, "PROBE", "localhost", Shop.PASSWORD, Checking.QA);
        at.checks.write(at.product, "orders", at.orders(), null, Checking.QA);

        var run = at.done("orders");

        assertThat(run.steps()).extracting(Outcome::says).contains("Answered 200.", "Answered 401.");
        assertThat(run.state()).as("" + run.steps()).isEqualTo("passed");
        assertThat(run.commit()).isEqualTo(Checking.COMMIT);
        assertThat(run.build()).isEqualTo("17");
        assertThat(run.mocked()).containsExactly("payments");
        assertThat(at.shop.heard()).contains(Shop.PASSWORD);
        assertThat(at.kept()).as("what is stored and told").doesNotContain(Shop.PASSWORD);
        assertThat(at.fact(Checking.COMMIT)).singleElement().satisfies(fact -> {
            assertThat(fact.passed()).isTrue();
            assertThat(fact.commit()).isEqualTo(Checking.COMMIT);
            assertThat(fact.build()).isEqualTo("17");
        });
        assertThat(at.fact("fff0000"))
                .as("of another build")
                .singleElement()
                .satisfies(fact -> assertThat(fact.commit()).isEqualTo(Checking.COMMIT));
    }

    @Test
    void what_is_not_as_expected_fails_with_words_and_the_rest_is_skipped() {
        at.secrets.write(at.product, "PROBE", "localhost", "another password", Checking.QA);
        at.checks.write(at.product, "orders", at.orders(), null, Checking.QA);

        var run = at.done("orders");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.steps())
                .extracting(Outcome::how)
                .containsExactly(Outcome.How.PASSED, Outcome.How.FAILED, Outcome.How.SKIPPED, Outcome.How.SKIPPED);
        assertThat(run.steps().get(1).says())
                .contains("Answered 401, expected 200.")
                .contains("/token is not there.");
        assertThat(at.fact(Checking.COMMIT))
                .singleElement()
                .satisfies(fact -> assertThat(fact.passed()).isFalse());
    }

    @Test
    void a_body_that_breaks_its_schema_or_its_values_is_told_by_its_place() {
        at.checks.write(at.product, "schema", at.flow("""
                  - http: GET ${shop}/orders/health
                    expect:
                      json: {/payments: sideways}
                      schema: {type: object, required: [orders], properties: {payments: {type: integer}}}
                """), null, Checking.QA);

        assertThat(at.done("schema").steps().getFirst().says())
                .contains("/payments is up, expected sideways.")
                .contains("Schema: /payments string found, integer expected")
                .contains("orders");
    }

    @Test
    void a_run_says_which_version_of_a_mock_stood_in() {
        var _ = programs.post(
                "qa",
                "/api/v1/products/" + at.product + "/integration-parts",
                Map.of("name", "payments", "kind", "third_party"));
        var _ = programs.post(
                "qa",
                "/api/v1/products/" + at.product + "/integration-parts",
                Map.of("name", "post", "kind", "third_party"));
        mock("payments-api", "payments", 200);
        var address = mock("post-api", "post", 200);
        at.checks.write(
                at.product,
                "mocked",
                at.flow("  - http: GET http://localhost:" + port + address + "/parcels\n")
                        .replace("steps:", "mocked: [payments, the clock]\nsteps:"),
                null,
                Checking.QA);

        var run = at.done("mocked");

        assertThat(run.steps()).extracting(Outcome::says).containsExactly("Answered 200 by a mock.");
        assertThat(run.mocked())
                .containsExactly("payments: payments-api, version 1", "the clock", "post: post-api, version 1");
        mock("post-api", "post", 204);
        assertThat(at.done("mocked").mocked()).contains("post: post-api, version 2");
        assertThat(run.mocked()).contains("post: post-api, version 1");
    }

    private String mock(String name, String external, int status) {
        return programs.put(
                        "qa",
                        "/api/v1/products/" + at.product + "/mocks/" + name,
                        Map.of("external", external, "mappings", Map.of("response", Map.of("status", status))))
                .json()
                .get("address")
                .asString();
    }

    @Test
    void what_a_check_proved_then_it_proves_though_it_is_retired_since() {
        at.secrets.write(at.product, "PROBE", "localhost", Shop.PASSWORD, Checking.QA);
        at.checks.write(at.product, "orders", at.orders(), null, Checking.QA);
        at.done("orders");
        var then = at.clock.instant();
        assertThat(at.fact(Checking.COMMIT)).hasSize(1);

        at.clock.advance(Duration.ofMinutes(5));
        at.checks.retire(at.product, "orders", Checking.QA);

        assertThat(at.fact(Checking.COMMIT)).isEmpty();
        assertThat(at.facts.facts(new FactSource.Question(
                        at.product + "-1", at.product, "", Checking.COMMIT, then, Evidence.TOLD)))
                .as("judged once more, as of then")
                .hasSize(1);
    }

    @Test
    void a_run_that_cannot_be_read_stops_no_other() {
        at.checks.write(at.product, "unreadable", at.flow("  - dns: localhost\n"), null, Checking.QA);
        at.checks.write(at.product, "names", at.flow("  - dns: localhost\n"), null, Checking.QA);
        at.runs.ask(at.product, "unreadable", Checking.QA);
        at.clock.advance(Duration.ofSeconds(1));
        at.runs.ask(at.product, "names", Checking.QA);
        at.database
                .sql("update checks.text set text = 'no check' where definition = :id")
                .param(
                        "id",
                        at.checks.find(at.product, "unreadable", Checking.QA).id())
                .update();

        at.work.workOff();

        assertThat(at.states("unreadable")).containsExactly("broken_off");
        assertThat(at.states("names")).containsExactly("passed");
    }

    @Test
    void steps_nobody_asked_for_are_forgotten_and_the_run_stays() {
        at.checks.write(
                at.product,
                "names",
                at.flow("  - dns: localhost\n").replace("steps:", "every: 1 d\nsteps:"),
                null,
                Checking.QA);
        at.work.workOff();
        var run = at.runs
                .page(at.checks.find(at.product, "names", Checking.QA), "", 1)
                .items()
                .getFirst();

        at.clock.advance(Duration.ofDays(31));
        at.work.workOff();

        assertThat(at.runs
                        .whole(at.checks.find(at.product, "names", Checking.QA), run.id())
                        .steps())
                .isEmpty();
        assertThat(at.states("names")).hasSize(2);
    }

    @Test
    void it_is_done_by_its_schedule_and_the_ledger_hears_of_it_when_there_is_news() {
        at.secrets.write(at.product, "PROBE", "localhost", Shop.PASSWORD, Checking.QA);
        at.checks.write(at.product, "orders", at.orders(), null, Checking.QA);
        for (var round = 0; round < 3; round++) {
            at.work.workOff();
            at.clock.advance(Duration.ofMinutes(16));
        }
        assertThat(at.states("orders")).containsExactly("passed", "passed", "passed");
        assertThat(at.events("orders", "check.run")).isEqualTo(1);

        at.shop.runs("fff0000def567890abc1234def567890abc12345");
        at.work.workOff();
        at.clock.advance(Duration.ofMinutes(16));
        at.secrets.write(at.product, "PROBE", "localhost", "changed since", Checking.QA);
        at.work.workOff();

        assertThat(at.events("orders", "check.run")).isEqualTo(3);
        at.checks.retire(at.product, "orders", Checking.QA);
        at.clock.advance(Duration.ofHours(1));
        at.work.workOff();
        assertThat(at.states("orders")).hasSize(5);
        assertThatThrownBy(() -> at.runs.ask(at.product, "orders", Checking.QA)).hasMessageContaining("retired");
    }

    @Test
    void who_only_reads_reports_writes_and_runs_none() {
        at.checks.write(at.product, "names", at.flow("  - dns: localhost\n"), null, Checking.QA);

        assertThat(at.checks.find(at.product, "names", SUPPORT).title()).isEqualTo("Flow");
        assertThatThrownBy(() -> at.checks.write(at.product, "names", at.flow("  - dns: localhost\n"), null, SUPPORT))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(403));
        assertThatThrownBy(() -> at.runs.ask(at.product, "names", SUPPORT))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(403));
    }

    @Test
    void a_version_written_meanwhile_is_not_written_over() {
        at.checks.write(at.product, "names", at.flow("  - dns: localhost\n"), 0, Checking.QA);
        var next = at.checks.write(
                at.product, "names", at.flow("  - dns: localhost\n    expect: {within: 5 s}\n"), 1, Checking.QA);

        assertThat(next.version()).isEqualTo(2);
        assertThatThrownBy(
                        () -> at.checks.write(at.product, "names", at.flow("  - dns: example.com\n"), 1, Checking.QA))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(412));
    }
}
