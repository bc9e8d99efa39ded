package dev.conduct.demo;

import dev.conduct.identity.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.core.io.ByteArrayResource;

/// What people say, attach, link and watch beside the steps of the procedure.
final class Chatter {

    private static final DateTimeFormatter LOGGED = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd HH:mm:ss.SSS", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Stage stage;
    private final BugReport report;

    Chatter(Stage stage, BugReport report) {
        this.stage = stage;
        this.report = report;
    }

    void atLogging(String key, Actor support, Instant now) {
        if (stage.chance(30)) {
            attach(key, report.tale().component() + ".log", log(now), support);
            say(
                    key,
                    "The log of the minute around it is attached; " + report.who() + " sent it with the report.",
                    support);
        } else if (stage.chance(12)) {
            attach(key, "affected.csv", affected(), support);
            say(key, "List of what is affected at " + report.who() + ", as far as they have counted.", support);
        }
        if (stage.chance(14)) {
            stage.items().watch(key, true, stage.team().any("product_owner"));
        }
    }

    void atTriage(String key, Actor manager) {
        if (stage.chance(18)) {
            say(key, report.filled(stage.oneOf(stage.company().tales().managers())), manager);
        }
        var related = stage.lastOfItsKind().put(report.tale().component(), key);
        if (related != null && !related.equals(key) && stage.chance(9)) {
            stage.items().link(key, stage.chance(50) ? "blocks" : "causes", related, null, manager);
        }
    }

    void atStart(String key, Actor developer) {
        if (stage.chance(32)) {
            say(key, report.filled(stage.oneOf(stage.company().tales().developers())), developer);
        }
        if (stage.chance(10)) {
            stage.items().watch(key, true, stage.team().anyBut("developer", java.util.List.of(developer.id())));
        }
    }

    void atTest(String key, Actor tester) {
        if (stage.chance(24)) {
            say(key, report.filled(stage.oneOf(stage.company().tales().testers())), tester);
        }
    }

    /// Somebody asks how far it is, and why it is not done.
    void whileItWaits(String key) {
        if (stage.chance(12)) {
            say(
                    key,
                    report.filled(stage.oneOf(stage.company().tales().waiting())),
                    stage.team().any("support"));
        }
    }

    void say(String key, String text, Actor actor) {
        stage.items().comment(key, text, null, actor);
    }

    private void attach(String key, String name, String content, Actor actor) {
        stage.attachments().attach(key, name, new ByteArrayResource(content.getBytes(StandardCharsets.UTF_8)), actor);
    }

    private String log(Instant now) {
        var part = report.tale().component();
        var at = now.minusSeconds(1_800 + stage.random().nextInt(3_000));
        return line(at, "INFO ", part, "request accepted customer=\"" + report.who() + "\" place=" + report.where())
                + line(at.plusMillis(412), "INFO ", part, "checks passed items=" + report.n())
                + line(at.plusMillis(1_873), "WARN ", part, "took longer than expected ms=1461")
                + line(
                        at.plusMillis(1_901),
                        "ERROR",
                        part,
                        report.filled(report.tale().actual()))
                + line(at.plusMillis(1_902), "INFO ", part, "answered customer=\"" + report.who() + "\"");
    }

    private static String line(Instant at, String level, String part, String says) {
        return LOGGED.format(at) + " " + level + " " + part + "  " + says + "\n";
    }

    private String affected() {
        var rows = new StringBuilder("shipment,place,customer\n");
        for (var row = 0; row < Math.min(report.n(), 12); row++) {
            rows.append(
                    "SHP-%d,%s,%s%n".formatted(70_000 + stage.random().nextInt(9_999), report.where(), report.who()));
        }
        return rows.toString();
    }
}
