package dev.conduct.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Case;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.TestClock;
import dev.conduct.work.FactSource;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What cases cover with its holes, and what the gates learn of it.
@ConductTest
class CaseCoverageTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "api");
    private static final String COMMIT = "1".repeat(40);
    private static final String OTHER = "2".repeat(40);

    private final Items items;
    private final Products products;
    private final Catalogue catalogue;
    private final Plans plans;
    private final Cases cases;
    private final TestRuns runs;
    private final CaseCoverage coverage;
    private final PlanFacts source;
    private final TestClock clock;
    private String product = "";
    private UUID plan = UUID.randomUUID();

    CaseCoverageTest(
            Items items,
            Products products,
            Catalogue catalogue,
            Plans plans,
            Cases cases,
            TestRuns runs,
            CaseCoverage coverage,
            PlanFacts source,
            TestClock clock) {
        this.items = items;
        this.products = products;
        this.catalogue = catalogue;
        this.plans = plans;
        this.cases = cases;
        this.runs = runs;
        this.coverage = coverage;
        this.source = source;
        this.clock = clock;
    }

    @BeforeEach
    void a_product_with_a_regression_plan() {
        product = "CC" + COUNT.incrementAndGet();
        products.create(product, "Covered", ANA);
        plan = plans.create(product, new Plans.NewPlan("Regression", "", "", true, false), ANA)
                .id();
    }

    private Catalogue.Point point(String owner) {
        var from = node("from" + COUNT.incrementAndGet());
        var to = node("to" + COUNT.incrementAndGet());
        return catalogue.write(
                product, null, new Catalogue.NewPoint(from, to, "asks", "call", "", "high", owner, false), ANA);
    }

    private UUID node(String name) {
        return catalogue
                .write(product, null, new Catalogue.NewNode(name, "service", "", "", false), ANA)
                .id();
    }

    private void write(String title, String edge, String requirement, @Nullable UUID point) {
        cases.create(plan, new CaseText(title, "", List.of(), List.of(), edge, "", requirement, "", point, ""), ANA);
    }

    private TestRun run(String commit, String... verdicts) {
        clock.advance(Duration.ofMinutes(1));
        var run = runs.start(plan, new TestRuns.NewRun("", commit, "", "", ""), ANA);
        for (var i = 0; i < verdicts.length; i++) {
            runs.judge(run.id(), i + 1, new TestRuns.Judgement(0, verdicts[i], "", 0, 1), ANA);
        }
        return runs.end(run.id(), ANA);
    }

    private Optional<Case.Fact> fact(String kind) {
        return source
                .facts(new FactSource.Question(product + "-1", product, "", COMMIT, clock.instant(), Evidence.TOLD))
                .stream()
                .filter(fact -> fact.kind().equals(kind))
                .reduce((one, other) -> other);
    }

    @Test
    void points_records_and_edge_classes_without_a_case_are_holes_and_results_are_counted_by_commit() {
        var tried = point("");
        var untried = point("");
        var proved = report("Proved");
        var unproved = report("Unproved");
        write("One", "timeout", proved, tried.id());
        run(COMMIT, "passed");
        run(OTHER, "failed");

        var all = coverage.of(product, "", ANA);
        var here = coverage.of(product, COMMIT, ANA);

        assertThat(all.points().stream().filter(CaseCoverage.Covered::hole).map(CaseCoverage.Covered::what))
                .containsExactly(untried.id().toString());
        assertThat(all.records().stream().filter(CaseCoverage.Covered::hole).map(CaseCoverage.Covered::what))
                .containsExactly(unproved);
        assertThat(all.edges().stream().filter(CaseCoverage.Covered::hole).map(CaseCoverage.Covered::what))
                .contains("network_failure", "invalid_input")
                .doesNotContain("timeout");
        assertThat(of(all, tried).failed()).isEqualTo(1);
        assertThat(of(here, tried).failed()).isZero();
        assertThat(of(here, tried).passed()).isEqualTo(1);
        assertThat(coverage.builds(product, 5))
                .extracting(CaseCoverage.Build::commit, CaseCoverage.Build::passed, CaseCoverage.Build::failed)
                .containsExactly(tuple(OTHER, 0L, 1L), tuple(COMMIT, 1L, 0L));
    }

    private static CaseCoverage.Covered of(CaseCoverage.Coverage coverage, Catalogue.Point point) {
        return coverage.points().stream()
                .filter(covered -> covered.what().equals(point.id().toString()))
                .findFirst()
                .orElseThrow();
    }

    private String report(String title) {
        return items.report(new Items.Report("bug", product, title, "", Map.of("severity", "low"), null, null), ANA)
                .key();
    }

    @Test
    void a_run_of_the_regression_plan_on_this_commit_is_a_fact_and_one_of_another_is_of_another_build() {
        write("One", "", "", null);
        write("Two", "", "", null);
        assertThat(fact("plan_run")).isEmpty();

        run(OTHER, "passed", "passed");
        assertThat(fact("plan_run"))
                .hasValueSatisfying(fact -> assertThat(fact.commit()).isEqualTo(OTHER));
        run(COMMIT, "passed");
        assertThat(fact("plan_run")).hasValueSatisfying(fact -> {
            assertThat(fact.commit()).isEqualTo(COMMIT);
            assertThat(fact.passed()).as("one case is left open").isFalse();
            assertThat(fact.source()).contains("1 to be run");
        });
        run(COMMIT, "failed", "passed");
        assertThat(fact("plan_run"))
                .hasValueSatisfying(fact -> assertThat(fact.source()).contains(product + "-C1 failed"));
        run(COMMIT, "passed", "skipped");
        assertThat(fact("plan_run"))
                .hasValueSatisfying(fact -> assertThat(fact.passed()).isTrue());

        var _ = plans.create(product, new Plans.NewPlan("Second", "", "", true, false), ANA);
        assertThat(fact("plan_run")).hasValueSatisfying(fact -> {
            assertThat(fact.passed()).isFalse();
            assertThat(fact.source()).contains("No run of Second");
        });
    }

    @Test
    void a_hole_in_the_catalogue_is_told_to_the_gate_of_a_record_which_only_observes() {
        var point = point("");
        assertThat(fact("points_covered")).hasValueSatisfying(fact -> {
            assertThat(fact.passed()).isFalse();
            assertThat(fact.source()).contains("1 of 1 integration points lack an owner or a case");
        });
        write("One", "", "", point.id());

        assertThat(fact("points_covered"))
                .hasValueSatisfying(fact -> assertThat(fact.passed())
                        .as("it has a case and still no owner")
                        .isFalse());
    }
}
