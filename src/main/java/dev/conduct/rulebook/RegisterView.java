package dev.conduct.rulebook;

import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The register of clauses, chapter by chapter: what holds each now, and how it was kept in the last 30 days.
///
/// @param approver who approved the version in force, by name; null for the one the installation began with
/// @param coverage every clause; `shown` the ones that were asked for
/// @param chapter the chapter chosen, null for all
/// @param words looked for, empty for all
record RegisterView(
        Procedure procedure,
        @Nullable String approver,
        List<Coverage.Held> coverage,
        List<Coverage.Held> shown,
        Uses uses,
        @Nullable String chapter,
        String words,
        Tabs tabs)
        implements View {

    @Override
    public String template() {
        return "rulebook/register.jte";
    }

    @Override
    public String title() {
        return "Procedure";
    }

    /// @param number as the SOP counts it
    /// @param title without the number; `name` as the register calls it
    /// @param kinds how many of its clauses are held, held in part, not held yet
    record Chapter(String number, String title, String name, int clauses, List<Integer> kinds) {}

    List<Chapter> chapters() {
        return byChapter(coverage).entrySet().stream()
                .map(it -> new Chapter(
                        number(it.getValue().getFirst()),
                        bare(it.getKey(), number(it.getValue().getFirst())),
                        it.getKey(),
                        it.getValue().size(),
                        kinds(it.getValue())))
                .toList();
    }

    Map<String, List<Coverage.Held>> groups() {
        return byChapter(shown);
    }

    private static Map<String, List<Coverage.Held>> byChapter(List<Coverage.Held> clauses) {
        var chapters = new LinkedHashMap<String, List<Coverage.Held>>();
        clauses.forEach(it -> chapters.computeIfAbsent(it.clause().chapter(), unused -> new java.util.ArrayList<>())
                .add(it));
        return chapters;
    }

    private static String bare(String title, String number) {
        return title.startsWith(number + " ") ? title.substring(number.length() + 1) : title;
    }

    static String number(Coverage.Held held) {
        return held.clause().ref().split(" ", 2)[0];
    }

    private static List<Integer> kinds(List<Coverage.Held> clauses) {
        var counts = new int[3];
        clauses.forEach(it -> counts[it.held() ? 0 : partly(it) ? 1 : 2]++);
        return List.of(counts[0], counts[1], counts[2]);
    }

    long held() {
        return coverage.stream().filter(Coverage.Held::held).count();
    }

    long partly() {
        return coverage.stream().filter(RegisterView::partly).count();
    }

    static boolean partly(Coverage.Held clause) {
        return !clause.held() && !clause.controls().isEmpty();
    }

    static String verdict(Coverage.Held clause) {
        if (clause.held()) {
            return "held";
        }
        return partly(clause) ? "in part" : "not yet";
    }

    static String tone(Coverage.Held clause) {
        if (clause.held()) {
            return "clear";
        }
        return partly(clause) ? "caution" : "wait";
    }

    /// By kind of control, how many.
    static Map<String, Long> kinds(Coverage.Held clause) {
        return clause.controls().stream()
                .collect(Collectors.groupingBy(Coverage.Control::kind, TreeMap::new, Collectors.counting()));
    }

    static String icon(String kind) {
        return switch (kind) {
            case "gate" -> "route";
            case "clock" -> "timer";
            case "duty" -> "calendar-check";
            case "fact" -> "ticket-check";
            case "role" -> "users";
            case "record" -> "file-text";
            default -> "server";
        };
    }
}
