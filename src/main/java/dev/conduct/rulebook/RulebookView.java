package dev.conduct.rulebook;

import dev.conduct.procedure.Adoption;
import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The register of clauses, chapter by chapter, with what holds each now; the parameters; the versions.
///
/// @param approver who approved the version in force, by name; null for the one the installation began with
record RulebookView(
        Procedure procedure, @Nullable String approver, List<Coverage.Held> coverage, List<Adoption> versions)
        implements View {

    @Override
    public String template() {
        return "rulebook/procedure.jte";
    }

    @Override
    public String title() {
        return "Procedure";
    }

    Map<String, List<Coverage.Held>> chapters() {
        var chapters = new LinkedHashMap<String, List<Coverage.Held>>();
        coverage.forEach(it -> chapters.computeIfAbsent(it.clause().chapter(), unused -> new java.util.ArrayList<>())
                .add(it));
        return chapters;
    }

    long held() {
        return coverage.stream().filter(Coverage.Held::held).count();
    }

    long partly() {
        return coverage.stream().filter(RulebookView::partly).count();
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

    static String value(Procedure.Parameter parameter) {
        return switch (parameter.value()) {
            case Duration span -> dev.conduct.procedure.Spans.text(span);
            case List<?> list ->
                String.join(", ", list.stream().map(Object::toString).toList());
            default -> parameter.value().toString();
        };
    }

    static String readBy(Procedure.Parameter parameter) {
        return parameter.unused() == null ? String.join(", ", parameter.readBy()) : parameter.unused();
    }
}
