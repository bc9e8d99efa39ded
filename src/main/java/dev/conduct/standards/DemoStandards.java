package dev.conduct.standards;

import dev.conduct.identity.DemoChapter;
import dev.conduct.identity.DemoScript;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/// What the sample company's people have to know, who read it, and what waits for a second person.
@Component
@ConditionalOnProperty(name = "conduct.demo", havingValue = "true")
class DemoStandards implements DemoChapter {

    private static final Duration A_DAY = Duration.ofDays(1);

    private final Standards standards;
    private final StandardLists lists;

    DemoStandards(Standards standards, StandardLists lists) {
        this.standards = standards;
        this.lists = lists;
    }

    @Override
    public void plan(Scene scene) {
        DemoScript.read("standards.yaml").parts("standards").forEach(told -> plan(scene, told));
    }

    private void plan(Scene scene, DemoScript told) {
        var written = new AtomicReference<UUID>();
        var begins = before(scene, told.number("days"));
        scene.at(
                begins,
                () -> written.set(standards
                        .propose(told.text("product"), wanted(told, told.text("body")), scene.person(told.text("by")))
                        .id()));
        approve(scene, told, begins, written);
        var again = told.part("again");
        if (again.number("days") > 0) {
            var anew = before(scene, again.number("days"));
            scene.at(anew, () -> {
                var _ = standards.propose(
                        known(written), wanted(told, again.text("body")), scene.person(told.text("by")));
            });
            approve(scene, told, anew, written);
        }
        for (var read : told.parts("reads")) {
            scene.at(
                    before(scene, read.number("days")),
                    () -> read.texts("by")
                            .forEach(who ->
                                    standards.acknowledge(known(written), read.number("version"), scene.person(who))));
        }
        for (var training : told.parts("trainings")) {
            var at = before(scene, training.number("days"));
            scene.at(at, () -> train(scene, told, training, at, known(written)));
        }
    }

    private void approve(Scene scene, DemoScript told, Instant proposed, AtomicReference<UUID> written) {
        if (!told.text("approver").isEmpty()) {
            scene.at(proposed.plus(A_DAY), () -> {
                var by = scene.person(told.text("approver"));
                var waits = lists.visible(known(written), by);
                var _ = standards.approve(waits.id(), waits.proposedDigest(), by);
            });
        }
    }

    private void train(Scene scene, DemoScript told, DemoScript training, Instant at, UUID standard) {
        var day = LocalDate.ofInstant(at, ZoneOffset.UTC).toString();
        for (var who : training.texts("people")) {
            var wanted = new Standards.NewTraining(who, day, "", training.text("trainer"));
            var _ = standards.train(standard, wanted, scene.person(told.text("by")));
        }
    }

    private static Standards.Wanted wanted(DemoScript told, String body) {
        return new Standards.Wanted(
                told.text("title"), body, told.texts("roles"), told.number("within"), told.number("training"));
    }

    private static UUID known(AtomicReference<UUID> written) {
        return Objects.requireNonNull(written.get());
    }

    private static Instant before(Scene scene, int days) {
        return scene.end().minus(Duration.ofDays(days));
    }
}
