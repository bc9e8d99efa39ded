package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/// Drills: what is broken on purpose is mended, whatever happens to the server meanwhile.
@ConductTest(properties = {"test.alone=ChecksTest", "conduct.outbound.allow=localhost", "conduct.scheduling=false"})
class DrillsTest {

    private final Runner runner;
    private final RunQueue queue;
    private final Checking at;

    DrillsTest(ApplicationContext context) {
        this.at = new Checking(context);
        this.runner = context.getBean(Runner.class);
        this.queue = context.getBean(RunQueue.class);
    }

    @AfterEach
    void stop() {
        at.close();
    }

    private static final String FAULT = """
              - drill:
                  break: [{http: 'POST ${shop}/faults', keep: {fault: /id}}]
                  survives: [{http: 'GET ${shop}/orders/health'}]
                  mend: [{http: 'DELETE ${shop}/faults/${fault}'}]
            """;

    @Test
    void what_a_killed_server_left_broken_is_mended_by_what_its_steps_had_kept_and_until_it_is() {
        at.checks.write(at.product, "drill", at.flow(FAULT), null, Checking.QA);
        var run = at.runs.ask(at.product, "drill", Checking.QA);
        var taken = queue.next(at.clock.instant()).orElseThrow();
        assertThat(taken.id()).isEqualTo(run.id());
        queue.breaking(
                run.id(),
                Map.of("fault", new Values.Kept("f-17", null), "shop", new Values.Kept(at.shop.address(), null)));
        assertThat(at.kept()).as("sealed").doesNotContain("f-17");
        at.shop.breaks();
        at.shop.stubborn(true);

        at.clock.advance(Duration.ofMinutes(4));
        at.work.workOff();
        assertThat(whole(run).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.failed()).isTrue());
        assertThat(at.shop.pays()).isFalse();

        at.shop.stubborn(false);
        at.clock.advance(Duration.ofMinutes(2));
        at.work.workOff();

        assertThat(at.shop.pays()).isTrue();
        assertThat(whole(run).state()).isEqualTo("broken_off");
        assertThat(whole(run).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.failed()).isFalse());
    }

    private CheckRun whole(CheckRun run) {
        return at.runs.whole(at.checks.find(at.product, "drill", Checking.QA), run.id());
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
                return !at.shop.pays();
            }

            @Override
            public void breaking(Map<String, Values.Kept> now) {
                known.putAll(now);
            }
        };

        var result = runner.run(DefinitionReader.read(at.flow(FAULT)), Map.of(), ending);

        assertThat(result.cut()).isTrue();
        assertThat(result.outcomes())
                .extracting(Outcome::how)
                .containsExactly(Outcome.How.PASSED, Outcome.How.SKIPPED, Outcome.How.PASSED);
        assertThat(at.shop.pays()).isTrue();
        assertThat(known).containsEntry("fault", new Values.Kept("f-17", null));
    }

    @Test
    void a_drill_breaks_mends_and_waits_for_recovery() {
        at.checks.write(at.product, "drill", at.flow("""
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
                """), null, Checking.QA);

        var run = at.done("drill");

        assertThat(run.state()).as("" + run.steps()).isEqualTo("passed");
        assertThat(run.steps())
                .extracting(Outcome::part)
                .containsExactly("broken", "survives", "survives", "mend", "recovers");
    }

    @Test
    void what_a_drill_broke_is_mended_though_nothing_survived() {
        at.checks.write(at.product, "drill", at.flow("""
                  - drill:
                      break: [{http: 'POST ${shop}/faults/payments'}]
                      survives: [{http: 'GET ${shop}/pay'}]
                      mend: [{http: 'DELETE ${shop}/faults/payments'}]
                  - name: After
                    http: GET ${shop}/pay
                """), null, Checking.QA);

        var run = at.done("drill");

        assertThat(run.state()).isEqualTo("failed");
        assertThat(run.steps())
                .extracting(Outcome::how)
                .containsExactly(Outcome.How.PASSED, Outcome.How.FAILED, Outcome.How.PASSED, Outcome.How.SKIPPED);
    }

    @Test
    void a_drill_whose_server_ended_is_mended_by_the_next() {
        at.checks.write(at.product, "drill", at.flow("""
                  - drill:
                      break: [{http: 'POST ${shop}/faults/payments'}]
                      survives: [{http: 'GET ${shop}/orders/health'}]
                      mend: [{http: 'DELETE ${shop}/faults/payments'}]
                """), null, Checking.QA);
        var run = at.runs.ask(at.product, "drill", Checking.QA);
        at.database
                .sql("update checks.run set state = 'running', began_at = asked_at where id = :id")
                .param("id", run.id())
                .update();

        at.clock.advance(Duration.ofMinutes(31));
        at.work.workOff();

        var after = at.runs.whole(at.checks.find(at.product, "drill", Checking.QA), run.id());
        assertThat(after.state()).isEqualTo("broken_off");
        assertThat(after.steps()).singleElement().satisfies(step -> {
            assertThat(step.part()).isEqualTo("mend");
            assertThat(step.how()).isEqualTo(Outcome.How.PASSED);
        });
    }
}
