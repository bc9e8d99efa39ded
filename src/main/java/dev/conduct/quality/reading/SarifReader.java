package dev.conduct.quality.reading;

import dev.conduct.quality.reading.Measurement.Finding;
import dev.conduct.quality.reading.Measurement.Receiver;
import dev.conduct.quality.reading.Measurement.Scanned;
import dev.conduct.quality.reading.Measurement.Severity;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/// SARIF 2.1. A result's own level goes before its rule's default, that before "warning". Results of a kind that is no
/// complaint (pass, open, notApplicable, informational, review) are informative.
final class SarifReader implements KindReader {

    private static final int MOST_RULES = 20_000;

    private static final class Result {
        private String rule = "";
        private int index = -1;
        private String level = "";
        private String kind = "fail";
        private String says = "";
        private String where = "";
        private int line;
        private String print = "";
        private boolean suppressed;
        private int locations;
    }

    private static final class Run {
        private String tool = "";
        private final Map<String, String> levels = new HashMap<>();
        private final Map<Integer, String> ids = new HashMap<>();
    }

    @Override
    public void read(InputStream bytes, Receiver receiver) {
        var json = Json.of(bytes);
        json.nextDocument();
        json.members(name -> {
            if (name.equals("runs")) {
                json.elements(() -> run(json, receiver));
            }
        });
        json.finish();
    }

    private static void run(Json json, Receiver receiver) {
        var run = new Run();
        json.members(name -> {
            switch (name) {
                case "tool" ->
                    json.members(part -> {
                        if (part.equals("driver")) {
                            driver(json, run);
                        }
                    });
                case "results" -> json.elements(() -> receiver.take(finding(run, result(json))));
                default -> {}
            }
        });
        receiver.take(new Scanned(run.tool));
    }

    private static void driver(Json json, Run run) {
        json.members(name -> {
            switch (name) {
                case "name" -> run.tool = json.text(Text.NAME);
                case "rules" -> json.elements(() -> rule(json, run));
                default -> {}
            }
        });
    }

    private static void rule(Json json, Run run) {
        var id = new String[] {""};
        var level = new String[] {""};
        json.members(name -> {
            switch (name) {
                case "id" -> id[0] = json.text(Text.NAME);
                case "defaultConfiguration" ->
                    json.members(part -> {
                        if (part.equals("level")) {
                            level[0] = json.text(40);
                        }
                    });
                default -> {}
            }
        });
        if (run.ids.size() < MOST_RULES) {
            run.ids.put(run.ids.size(), id[0]);
            run.levels.put(id[0], level[0]);
        }
    }

    private static Result result(Json json) {
        var result = new Result();
        json.members(name -> {
            switch (name) {
                case "ruleId" -> result.rule = json.text(Text.NAME);
                case "ruleIndex" -> result.index = (int) Math.clamp(json.whole(), -1, Integer.MAX_VALUE);
                case "rule" ->
                    json.members(part -> {
                        if (part.equals("id") && result.rule.isEmpty()) {
                            result.rule = json.text(Text.NAME);
                        } else if (part.equals("index")) {
                            result.index = (int) Math.clamp(json.whole(), -1, Integer.MAX_VALUE);
                        }
                    });
                case "level" -> result.level = json.text(40);
                case "kind" -> result.kind = json.text(40);
                case "message" ->
                    json.members(part -> {
                        if (part.equals("text") || part.equals("markdown") && result.says.isEmpty()) {
                            result.says = json.text(Text.SAYING);
                        }
                    });
                case "locations" -> json.elements(() -> location(json, result));
                case "fingerprints", "partialFingerprints" ->
                    json.members(_ -> result.print = result.print.isEmpty() ? json.text(200) : result.print);
                case "suppressions" -> json.elements(() -> result.suppressed |= accepted(json));
                default -> {}
            }
        });
        return result;
    }

    /// A suppression still under review, or rejected, suppresses nothing.
    private static boolean accepted(Json json) {
        var accepted = new boolean[] {true};
        json.members(name -> {
            if (name.equals("status")) {
                var status = json.text(40);
                accepted[0] = status.isEmpty() || status.equals("accepted");
            }
        });
        return accepted[0];
    }

    private static void location(Json json, Result result) {
        var first = result.locations++ == 0;
        json.members(name -> {
            if (first && name.equals("physicalLocation")) {
                json.members(part -> {
                    if (part.equals("artifactLocation")) {
                        json.members(uri -> {
                            if (uri.equals("uri")) {
                                result.where = json.text(Text.NAME);
                            }
                        });
                    } else if (part.equals("region")) {
                        json.members(place -> {
                            if (place.equals("startLine")) {
                                result.line = (int) Math.clamp(json.whole(), 0, Integer.MAX_VALUE);
                            }
                        });
                    }
                });
            }
        });
    }

    private static Finding finding(Run run, Result result) {
        var rule = result.rule.isEmpty() ? run.ids.getOrDefault(result.index, "") : result.rule;
        var level = result.level.isEmpty() ? run.levels.getOrDefault(rule, "") : result.level;
        var print = result.print.isEmpty() ? rule + "|" + result.where + "|" + result.says : result.print;
        return new Finding(
                run.tool,
                rule,
                result.kind.equals("fail") ? severity(level) : Severity.INFO,
                result.says,
                result.where,
                result.line,
                Prints.of(run.tool, rule, result.where, print),
                result.suppressed,
                Math.max(1, result.locations));
    }

    private static Severity severity(String level) {
        return switch (level) {
            case "error" -> Severity.HIGH;
            case "note" -> Severity.LOW;
            case "none" -> Severity.INFO;
            default -> Severity.MEDIUM;
        };
    }
}
