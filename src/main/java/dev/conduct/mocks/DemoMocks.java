package dev.conduct.mocks;

import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What stood in for the externals of the sample company, and what it was asked.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoMocks implements DemoChapter {

    private final Mocks mocks;
    private final Answering answering;

    DemoMocks(Mocks mocks, Answering answering) {
        this.mocks = mocks;
        this.answering = answering;
    }

    @Override
    public void plan(Scene scene) {
        DemoScript.read("mocks.yaml").parts("mocks").forEach(told -> plan(scene, told));
    }

    private void plan(Scene scene, DemoScript told) {
        var product = told.text("product");
        var name = told.text("name");
        scene.at(scene.end().minus(Duration.ofDays(told.number("days"))), () -> {
            var mappings =
                    Mappings.read(DemoScript.words("mocks/" + name + ".json").getBytes(StandardCharsets.UTF_8));
            var by = scene.person(told.text("by"));
            var _ = mocks.write(product, name, told.text("external"), mappings, null, by);
        });
        for (var asked : told.parts("asked")) {
            scene.at(scene.end().minus(Duration.ofDays(asked.number("days"))), () -> {
                var mock = mocks.find(product, name, scene.person(told.text("by")));
                var _ = answering.answer(
                        mock, Asked.of(asked.text("method"), asked.text("path"), "", Map.of(), asked.text("body")));
            });
        }
    }
}
