package dev.conduct.demo;

import dev.conduct.identity.Actor;
import dev.conduct.work.GateOverride;
import dev.conduct.work.Overrides;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// The way round a signal: somebody asks with a reason, a second person decides or lets it lapse, and what was skipped
/// is made good, mostly.
final class Shortcut {

    private static final String GATE = "regression_passed";

    private final Stage stage;
    private final BugReport report;
    private final String key;

    Shortcut(Stage stage, BugReport report, String key) {
        this.stage = stage;
        this.report = report;
        this.key = key;
    }

    /// What the story does next.
    ///
    /// @param passes goes on without the regression run
    /// @param waits gets the run after all
    /// @param run records the run that was skipped
    record Ways(Agenda.Step passes, Agenda.Step waits, Runnable run) {}

    GateOverride ask(Actor tester) {
        var reason = report.filled(stage.oneOf(stage.company().tales().reasons()));
        return stage.overrides().ask(new Overrides.Ask(key, "pass_test", GATE, reason), tester);
    }

    void take(Instant now, Actor tester, Ways ways) {
        var asked = ask(tester);
        var fate = stage.random().nextInt(100);
        if (fate < 66) {
            stage.then(now, Duration.ofMinutes(50), false, at -> {
                if (!waits(asked, at)) {
                    ways.waits().take(at);
                    return;
                }
                var _ = stage.overrides()
                        .approve(
                                key,
                                asked.id(),
                                stage.oneOf(stage.company().tales().approvals()),
                                second(tester));
                stage.then(at, Duration.ofMinutes(90), true, used -> {
                    ways.passes().take(used);
                    makeGood(used, asked, tester, ways.run());
                });
            });
        } else if (fate < 84) {
            stage.then(now, Duration.ofMinutes(70), false, at -> {
                if (waits(asked, at)) {
                    var _ = stage.overrides()
                            .decline(
                                    key,
                                    asked.id(),
                                    stage.oneOf(stage.company().tales().refusals()),
                                    second(tester));
                }
                stage.then(at, Duration.ofHours(2), false, ways.waits());
            });
        } else {
            stage.agenda()
                    .plan(
                            stage.hours().after(now.plus(Duration.ofHours(25)), Duration.ofHours(1), false),
                            ways.waits());
        }
    }

    void approveNow(GateOverride asked, Actor tester) {
        var _ = stage.overrides()
                .approve(key, asked.id(), stage.oneOf(stage.company().tales().approvals()), second(tester));
    }

    /// The run that was skipped, some days later; now and then nobody gets round to it.
    private void makeGood(Instant now, GateOverride used, Actor tester, Runnable run) {
        if (stage.chance(12)) {
            return;
        }
        var late = stage.chance(20) ? Duration.ofDays(5) : Duration.ofHours(20);
        stage.then(now, late, false, at -> {
            run.run();
            var _ = stage.duties()
                    .settle(used.id(), stage.oneOf(stage.company().tales().settlements()), tester);
        });
    }

    /// An approval comes too late after a day.
    private static boolean waits(GateOverride asked, Instant at) {
        return at.isBefore(asked.endsAt());
    }

    private Actor second(Actor tester) {
        return stage.team().anyBut(stage.chance(60) ? "project_manager" : "release_manager", List.of(tester.id()));
    }
}
