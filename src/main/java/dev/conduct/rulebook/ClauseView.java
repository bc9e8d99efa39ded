package dev.conduct.rulebook;

import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// One clause: what it asks, how it is held, how it was kept.
///
/// @param gatesAndClocks its controls in the procedure; the platform's stand in `held`
/// @param weeks the last twelve, oldest first
/// @param deviations where it was not kept in the last 30 days, newest first, as far as the reader may see the record
/// @param titles of those records by key
record ClauseView(
        Procedure procedure,
        Coverage.Held held,
        List<RuleControl> gatesAndClocks,
        Uses uses,
        List<Week> weeks,
        List<UseFold.Deviation> deviations,
        Map<String, String> titles)
        implements View {

    /// @param use nothing counted when no step was taken under it that week
    record Week(LocalDate monday, RuleUse use) {}

    Procedure.Clause clause() {
        return held.clause();
    }

    @Override
    public String template() {
        return "rulebook/clause.jte";
    }

    @Override
    public String title() {
        return clause().ref() + " " + clause().title();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Procedure " + procedure.version(), "/procedure", false),
                new Crumb(
                        clause().chapter(),
                        "/procedure?chapter="
                                + java.net.URLEncoder.encode(
                                        clause().chapter(), java.nio.charset.StandardCharsets.UTF_8),
                        false),
                new Crumb(clause().id(), null, true));
    }

    List<Coverage.Control> platform() {
        return held.controls().stream()
                .filter(it -> !it.kind().equals("gate") && !it.kind().equals("clock"))
                .toList();
    }

    List<Procedure.Parameter> parameters() {
        var readers = gatesAndClocks.stream().map(RuleControl::asReader).toList();
        return procedure.parameters().values().stream()
                .filter(parameter -> parameter.readBy().stream().anyMatch(readers::contains))
                .toList();
    }

    RuleUse use() {
        return uses.clause(clause().id());
    }

    boolean everUsed() {
        return weeks.stream().anyMatch(week -> week.use().percent() >= 0);
    }

    /// The share kept, week by week, in a drawing of 100 by 100; weeks without a step are passed over.
    String points() {
        var points = new StringBuilder();
        for (var at = 0; at < weeks.size(); at++) {
            var percent = weeks.get(at).use().percent();
            if (percent >= 0) {
                points.append(points.isEmpty() ? "" : " ")
                        .append(at * 100 / Math.max(1, weeks.size() - 1))
                        .append(',')
                        .append(100 - percent);
            }
        }
        return points.toString();
    }

    static String how(UseFold.Deviation deviation) {
        return switch (deviation.how()) {
            case "overridden" -> "By exception";
            case "overrun" -> "Overrun";
            case "warn" -> "Warned only";
            default -> "Observed only";
        };
    }

    static String tone(UseFold.Deviation deviation) {
        return switch (deviation.how()) {
            case "overridden" -> "waived";
            case "overrun" -> "stop";
            default -> "caution";
        };
    }

    /// What the control of a deviation is called now; its name in the data when it is no longer there.
    String control(UseFold.Deviation deviation) {
        return gatesAndClocks.stream()
                .filter(it -> it.name().equals(deviation.control()))
                .map(it -> it.title() + (it.kind().equals("clock") ? " clock" : ""))
                .findFirst()
                .orElse(deviation.control());
    }
}
