package dev.conduct.demo;

import dev.conduct.identity.Actor;
import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What the sample company shipped, and what it is about to: lines beside that of its bugs, as their script tells them.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoReleases implements DemoChapter {

    private static final Duration APART = Duration.ofMinutes(9);

    private final Items items;

    DemoReleases(Items items) {
        this.items = items;
    }

    @Override
    public void plan(Scene scene) {
        Map<DemoScript, String> begun = new HashMap<>();
        for (var release : DemoScript.read("releases.yaml").parts("releases")) {
            scene.at(before(scene, release, 0), () -> begun.put(release, begin(scene, release)));
            var number = 1;
            for (var act : release.parts("acts")) {
                scene.at(
                        before(scene, act, number++),
                        () -> act(Objects.requireNonNull(begun.get(release)), act, scene.person(act.text("by"))));
            }
        }
    }

    private static Instant before(Scene scene, DemoScript told, int number) {
        return scene.end().minus(Duration.ofDays(told.number("days"))).plus(APART.multipliedBy(number));
    }

    private String begin(Scene scene, DemoScript release) {
        var by = scene.person(release.text("by"));
        var item = items.report(
                new Items.Report(
                        release.text("type"),
                        release.text("product"),
                        release.text("title"),
                        release.text("description"),
                        Map.of(),
                        null,
                        null),
                by);
        for (var component : release.texts("fixes")) {
            var mended = scene.record(component);
            if (mended != null) {
                var _ = items.link(item.key(), "fixes", mended, null, by);
            }
        }
        return item.key();
    }

    private void act(String key, DemoScript act, Actor by) {
        if (!act.text("proof").isEmpty()) {
            var _ = items.attest(
                    new Items.Attestation(
                            key,
                            act.text("proof"),
                            act.text("verdict"),
                            act.text("commit"),
                            act.text("build"),
                            null,
                            said(act, "note"),
                            null),
                    by);
        } else if (!act.text("say").isEmpty()) {
            var _ = items.comment(key, act.text("say"), null, by);
        } else {
            move(key, act, by);
        }
    }

    private void move(String key, DemoScript act, Actor by) {
        var wanted = new Items.Move(
                key, act.text("move"), act.part("fields").told(), null, said(act, "comment"), null, null);
        if (!act.yes("held")) {
            var _ = items.move(wanted, by);
            return;
        }
        try {
            var _ = items.move(wanted, by);
        } catch (Problem refused) {
            // the refusal is recorded in the ledger: it belongs to the story
            return;
        }
        throw new IllegalStateException(act.text("move") + " of " + key + " was not held as the story has it");
    }

    private static @Nullable String said(DemoScript act, String name) {
        return act.text(name).isEmpty() ? null : act.text(name);
    }
}
