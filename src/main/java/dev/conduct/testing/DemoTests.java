package dev.conduct.testing;

import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// How the sample company tests: what its products lean on, a plan for each, and runs by people and machines.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoTests implements DemoChapter {

    private static final Duration LATER = Duration.ofDays(20);
    private static final Duration AFTER_ITS_BUILD = Duration.ofHours(2);

    private final Catalogue catalogue;
    private final Plans plans;
    private final Cases cases;
    private final TestRuns runs;
    private final TestRunLists lists;

    DemoTests(Catalogue catalogue, Plans plans, Cases cases, TestRuns runs, TestRunLists lists) {
        this.catalogue = catalogue;
        this.plans = plans;
        this.cases = cases;
        this.runs = runs;
        this.lists = lists;
    }

    @Override
    public void plan(Scene scene) {
        DemoScript.read("testing.yaml").parts("products").forEach(product -> new Planned(product, scene).plan());
    }

    /// What is written for one product.
    private final class Planned {

        private final DemoScript script;
        private final Scene scene;
        private final String product;
        private final Map<String, UUID> points = new HashMap<>();
        private final List<TestCase> written = new ArrayList<>();
        private @Nullable UUID plan;

        private Planned(DemoScript script, Scene scene) {
            this.script = script;
            this.scene = scene;
            this.product = script.text("product");
        }

        private void plan() {
            var begins = scene.end().minus(Duration.ofDays(script.number("days")));
            scene.at(begins, this::catalogue);
            scene.at(begins.plus(Duration.ofDays(1)), this::cases);
            scene.at(begins.plus(LATER), this::again);
            for (var run : script.parts("runs")) {
                scene.at(scene.end().minus(Duration.ofDays(run.number("days"))).plus(AFTER_ITS_BUILD), () -> run(run));
            }
        }

        private void catalogue() {
            var by = scene.person(script.text("by"));
            var parts = new HashMap<String, UUID>();
            for (var part : script.parts("parts")) {
                var wanted = new Catalogue.NewNode(
                        part.text("name"), part.text("kind"), part.text("owner"), part.text("mock"), false);
                parts.put(
                        part.text("name"),
                        catalogue.write(product, null, wanted, by).id());
            }
            for (var point : script.parts("points")) {
                var wanted = new Catalogue.NewPoint(
                        parts.get(point.text("from")),
                        parts.get(point.text("to")),
                        point.text("name"),
                        point.text("kind"),
                        point.text("protocol"),
                        point.text("criticality"),
                        point.text("owner"),
                        false);
                points.put(
                        point.text("name"),
                        catalogue.write(product, null, wanted, by).id());
            }
        }

        private void cases() {
            var by = scene.person(script.text("by"));
            var told = script.part("plan");
            var wanted =
                    new Plans.NewPlan(told.text("title"), told.text("purpose"), told.text("environment"), true, false);
            var made = plans.create(product, wanted, by).id();
            plan = made;
            script.parts("cases").forEach(one -> written.add(cases.create(made, text(one, one.text("steps")), by)));
        }

        /// What was learnt since is another version.
        private void again() {
            var by = scene.person(script.text("by"));
            var told = script.parts("cases");
            for (var number = 0; number < told.size(); number++) {
                var steps = told.get(number).text("again");
                if (!steps.isEmpty()) {
                    var key = written.get(number).key();
                    written.set(number, cases.change(key, text(told.get(number), steps), null, by));
                }
            }
        }

        private CaseText text(DemoScript told, String steps) {
            var proves = scene.record(told.text("proves"));
            return new CaseText(
                    told.text("title"),
                    told.text("preconditions"),
                    Step.read(steps),
                    DataSet.read(told.text("data")),
                    told.text("edge"),
                    told.text("automation"),
                    proves == null ? "" : proves,
                    told.text("component"),
                    points.get(told.text("point")),
                    "");
        }

        private void run(DemoScript told) {
            var by = scene.person(told.text("by"));
            var wanted = new TestRuns.NewRun("", told.text("commit"), told.text("build"), "", told.text("mocked"));
            var run = runs.start(Objects.requireNonNull(plan), wanted, by).id();
            for (var number = 1; number <= written.size(); number++) {
                var numbered = written.get(number - 1);
                var machine =
                        lists.runCase(run, numbered.number()).orElseThrow().report() != null;
                if (!machine && !told.texts("waits").contains(String.valueOf(number))) {
                    judge(run, number, told);
                }
            }
            if (told.yes("ends")) {
                var _ = runs.end(run, by);
            }
        }

        private void judge(UUID run, int number, DemoScript told) {
            var by = scene.person(told.text("by"));
            var judged = written.get(number - 1);
            var unlike = told.parts("unlike").stream()
                    .filter(one -> one.number("case") == number)
                    .findFirst();
            for (var step = 1; step <= judged.text().steps().size(); step++) {
                var at = step;
                var other = unlike.filter(one -> one.number("step") == at);
                var verdict = other.map(one -> one.text("verdict")).orElse(Verdict.PASSED);
                var note = other.map(one -> one.text("note")).orElse("");
                var judgement = new TestRuns.Judgement(step, verdict, note, 0, told.number("at") + 7L * step);
                var _ = runs.judge(run, judged.number(), judgement, by);
            }
            unlike.map(one -> scene.record(one.text("item")))
                    .ifPresent(item ->
                            runs.defect(run, lists.runCase(run, judged.number()).orElseThrow(), item, by));
        }
    }
}
