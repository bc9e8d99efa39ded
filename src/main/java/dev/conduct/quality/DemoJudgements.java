package dev.conduct.quality;

import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.time.Duration;
import java.time.Instant;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What the sample company's testers say of the failures of its newest build.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoJudgements implements DemoChapter {

    private final RunRows runs;
    private final TestRows tests;
    private final Triages triages;
    private final Quarantines quarantines;

    DemoJudgements(RunRows runs, TestRows tests, Triages triages, Quarantines quarantines) {
        this.runs = runs;
        this.tests = tests;
        this.triages = triages;
        this.quarantines = quarantines;
    }

    @Override
    public void plan(Scene scene) {
        for (var product : DemoScript.read("reports.yaml").parts("products")) {
            var key = product.text("product");
            for (var said : product.parts("triages")) {
                scene.at(before(scene, said), () -> triage(scene, key, said));
            }
            for (var said : product.parts("aside")) {
                scene.at(before(scene, said), () -> aside(scene, key, said));
            }
        }
    }

    private void triage(Scene scene, String product, DemoScript said) {
        var cause = Cause.of(tests.broken(newest(product).id())).stream()
                .filter(one ->
                        one.failures().stream().anyMatch(test -> test.name().equals(said.text("test"))))
                .findFirst()
                .orElseThrow();
        triages.say(product, cause.print(), said.text("cause"), said.text("note"), scene.person(said.text("by")));
    }

    private void aside(Scene scene, String product, DemoScript said) {
        var test = tests.page(newest(product).id(), "", said.text("test"), null, 0, 1)
                .getFirst()
                .test();
        var _ = quarantines.begin(
                product, test, said.text("reason"), said.number("for"), scene.person(said.text("by")));
    }

    private Run newest(String product) {
        return runs.tested(product, 1).getFirst();
    }

    private static Instant before(Scene scene, DemoScript said) {
        return scene.end().minus(Duration.ofDays(said.number("days")));
    }
}
