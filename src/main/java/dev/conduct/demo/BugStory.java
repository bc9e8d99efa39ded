package dev.conduct.demo;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The life of one bug: each step is an act through the door, and plans the next one. What the procedure refuses is
/// left as it was refused; some people try all the same, and the refusals are part of the story.
final class BugStory {

    private final Stage stage;
    private final Team team;
    private final BugReport report;
    private final Chatter chatter;

    private String key = "";
    private @Nullable String earlier;
    private String priority;
    private String commit = "";
    private Actor fixer;
    private int rounds;
    private boolean awaitsTest;
    private boolean taught;

    BugStory(Stage stage, BugReport report) {
        this.stage = stage;
        this.team = stage.team();
        this.report = report;
        this.chatter = new Chatter(stage, report);
        this.priority = report.severity();
        this.fixer = team.any("developer");
    }

    void begin(Instant at) {
        stage.agenda().plan(at, this::report);
    }

    private void report(Instant now) {
        var reporter = chance(35) ? team.any("customer") : chance(50) ? team.any("support") : team.anybody();
        var item = stage.items().report(report.asReport(), reporter);
        key = item.key();
        earlier = stage.lastOfItsKind().put(report.tale().title(), key);
        stage.then(now, Duration.ofMinutes(25), urgent(), this::log);
    }

    private void log(Instant now) {
        var support = team.any("support");
        move("log", report.atLogging(), null, support);
        chatter.atLogging(key, support, now);
        then(now, Duration.ofMinutes(70), this::assessAsManager);
    }

    private void assessAsManager(Instant now) {
        move("assess", Map.of("impact", report.impact()), null, team.any("project_manager"));
        then(now, Duration.ofMinutes(50), this::assessAsTester);
    }

    private void assessAsTester(Instant now) {
        var tester = team.any("qa");
        move("assess", Map.of(), null, tester);
        if (chance(7)) {
            comment("Tried it on two builds and three browsers, it does not happen.", tester);
            then(now, Duration.ofHours(20), this::rejectAsUnseen);
        } else if (chance(6) && earlier != null) {
            then(now, Duration.ofHours(2), this::rejectAsDuplicate);
        } else {
            then(now, Duration.ofMinutes(40), this::triage);
        }
    }

    private void rejectAsUnseen(Instant now) {
        move(
                "reject",
                Map.of("reason", "cannot_reproduce"),
                "Nobody can reproduce it. Reopen it with a recording.",
                team.any("qa"));
    }

    private void rejectAsDuplicate(Instant now) {
        var manager = team.any("project_manager");
        if (chance(30)) {
            tryAndBeHeld("reject", Map.of("reason", "duplicate"), null, manager);
        }
        stage.items().link(key, "duplicates", String.valueOf(earlier), null, manager);
        move("reject", Map.of("reason", "duplicate"), null, manager);
    }

    private void triage(Instant now) {
        if (chance(18)) {
            priority = List.of("critical", "high", "medium", "low")
                    .get(stage.random().nextInt(4));
        }
        var manager = team.any("project_manager");
        move("triage", Map.of("priority", priority), null, manager);
        chatter.atTriage(key, manager);
        then(now, Duration.ofMinutes(45), this::assign);
    }

    private void assign(Instant now) {
        fixer = chance(70)
                ? team.byEmail(report.owners()
                        .get(stage.random().nextInt(report.owners().size())))
                : fixer;
        stage.items()
                .move(
                        new Items.Move(key, "assign", Map.of(), fixer.id(), null, null, null),
                        team.any("project_manager"));
        then(now, toStart(), this::startFix);
    }

    private void startFix(Instant now) {
        move("start_fix", Map.of(), null, fixer);
        chatter.atStart(key, fixer);
        if (chance(8)) {
            stage.items()
                    .edit(
                            new Items.Edit(key, null, null, Map.of("priority", "high"), null, null, null),
                            team.any("project_manager"));
            priority = "high";
        }
        then(now, toFix(), this::submitFix);
    }

    private void submitFix(Instant now) {
        commit = HexFormat.of().toHexDigits(stage.random().nextLong()).substring(0, 12);
        Map<String, Object> fix = Map.of("fix_commit", commit, "root_cause", report.cause());
        if (chance(9)) {
            tryAndBeHeld("submit_fix", fix, null, fixer);
        }
        attest("local_test", "passed", fixer, null);
        move("submit_fix", fix, null, fixer);
        then(now, Duration.ofHours(2), this::review);
    }

    private void review(Instant now) {
        if (chance(5)) {
            tryAndBeHeld("approve_review", Map.of(), "It is two lines.", fixer);
        }
        var reviewer = team.anyBut("developer", List.of(fixer.id()));
        if (chance(14) && rounds++ < 2) {
            attest("review", "changes_requested", reviewer, "The test does not fail without the fix.");
            move("send_back", Map.of(), "A test first, then the fix.", reviewer);
            then(now, toFix().dividedBy(2), this::submitFix);
            return;
        }
        attest("review", "approved", reviewer, null);
        move("approve_review", Map.of(), null, reviewer);
        awaitsTest = true;
        then(now, Duration.ofHours(3), this::test);
    }

    private void test(Instant now) {
        awaitsTest = false;
        var tester = team.any("qa");
        if (chance(10) && rounds++ < 2) {
            attest("staging_test", "failed", tester, "Still there with the second currency.");
            move("send_back", Map.of(), "Not fixed in staging.", tester);
            then(now, toFix().dividedBy(2), this::submitFix);
            return;
        }
        attest("staging_test", "passed", tester, null);
        chatter.atTest(key, tester);
        if (chance(urgent() ? 30 : 6)) {
            new Shortcut(stage, report, key)
                    .take(
                            now,
                            tester,
                            new Shortcut.Ways(
                                    at -> passTest(at, tester),
                                    at -> runAndPass(at, tester),
                                    () -> attest("regression", "passed", tester, null)));
            return;
        }
        if (chance(12)) {
            tryAndBeHeld("pass_test", Map.of(), null, tester);
        }
        runAndPass(now, tester);
    }

    private void runAndPass(Instant now, Actor tester) {
        attest("regression", "passed", tester, null);
        passTest(now, tester);
    }

    private void passTest(Instant now, Actor tester) {
        move("pass_test", Map.of(), null, tester);
        then(now, urgent() ? Duration.ofMinutes(30) : Duration.ofHours(7), this::deploy);
    }

    /// Today, when nothing that is planned has come yet: an exception that waits for a second person.
    ///
    /// @param granted by a second person at once
    /// @return false when this bug stands somewhere else
    boolean asksToday(boolean granted) {
        if (!awaitsTest) {
            return false;
        }
        awaitsTest = false;
        var tester = team.any("qa");
        attest("staging_test", "passed", tester, null);
        var shortcut = new Shortcut(stage, report, key);
        var asked = shortcut.ask(tester);
        if (granted) {
            shortcut.approveNow(asked, tester);
        }
        return true;
    }

    private void deploy(Instant now) {
        var manager = team.any("release_manager");
        attest("deployment", "succeeded", manager, null);
        move("deploy", Map.of(), null, manager);
        then(now, urgent() ? Duration.ofMinutes(50) : Duration.ofHours(18), this::confirm);
    }

    private void confirm(Instant now) {
        var watcher = team.any("on_call");
        if (chance(4) && rounds++ < 2) {
            attest("watch", "failed", watcher, "The error is back in the log.");
            move("send_back", Map.of(), "Rolled back.", team.any("release_manager"));
            then(now, toFix().dividedBy(2), this::submitFix);
            return;
        }
        attest("watch", "clean", watcher, null);
        move("confirm", Map.of(), null, watcher);
        then(now, Duration.ofHours(26), this::close);
    }

    private void close(Instant now) {
        var manager = team.any("project_manager");
        if (!taught && chance(15)) {
            tryAndBeHeld("close", Map.of(), null, manager);
        }
        move("close", Map.of("lessons", report.lesson()), null, manager);
        taught = true;
        if (chance(3) && rounds++ < 1) {
            then(now, Duration.ofDays(6), this::reopen);
        }
    }

    private void reopen(Instant now) {
        move("reopen", Map.of(), "It is back since the last release.", team.any("support"));
        then(now, Duration.ofHours(2), this::assessAsManager);
    }

    private Duration toStart() {
        return switch (priority) {
            case "critical" -> Duration.ofMinutes(8);
            case "high" -> Duration.ofHours(2);
            case "medium" -> Duration.ofHours(14);
            default -> Duration.ofDays(4);
        };
    }

    private Duration toFix() {
        return switch (priority) {
            case "critical" -> Duration.ofMinutes(55);
            case "high" -> Duration.ofHours(7);
            case "medium" -> Duration.ofHours(22);
            default -> Duration.ofDays(3);
        };
    }

    private boolean urgent() {
        return priority.equals("critical");
    }

    private boolean chance(int percent) {
        return stage.chance(percent);
    }

    private void then(Instant now, Duration typical, Agenda.Step step) {
        stage.then(now, typical, urgent(), step);
        chatter.whileItWaits(key);
    }

    private void move(String transition, Map<String, Object> fields, @Nullable String comment, Actor actor) {
        stage.items().move(new Items.Move(key, transition, fields, null, comment, null, null), actor);
    }

    private void tryAndBeHeld(String transition, Map<String, Object> fields, @Nullable String comment, Actor actor) {
        try {
            move(transition, fields, comment, actor);
            throw new IllegalStateException(transition + " of " + key + " was not held as the story has it");
        } catch (Problem refused) {
            // the refusal is recorded in the ledger: it belongs to the story
        }
    }

    private void attest(String kind, String verdict, Actor actor, @Nullable String note) {
        stage.items().attest(new Items.Attestation(key, kind, verdict, commit, null, null, note, null), actor);
    }

    private void comment(String text, Actor actor) {
        chatter.say(key, text, actor);
    }
}
