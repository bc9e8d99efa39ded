package dev.conduct.standards;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.procedure.Procedure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is asked to propose a version, with what was typed and what is wrong with it.
///
/// @param product as it was chosen, empty for the company
record StandardForm(
        String product,
        String title,
        String body,
        List<String> chosen,
        String days,
        String trainingDays,
        List<Procedure.Role> roles,
        List<FieldProblem> errors) {

    static StandardForm of(Standards.Wanted wanted, List<Procedure.Role> roles) {
        return new StandardForm(
                "",
                wanted.title(),
                wanted.body(),
                wanted.roles(),
                String.valueOf(wanted.days()),
                String.valueOf(wanted.trainingDays()),
                roles,
                List.of());
    }

    static StandardForm entered(
            Map<String, String> form,
            @Nullable List<String> chosen,
            List<Procedure.Role> roles,
            List<FieldProblem> errors) {
        return new StandardForm(
                form.getOrDefault("product", ""),
                form.getOrDefault("title", ""),
                form.getOrDefault("body", ""),
                chosen == null ? List.of() : chosen,
                form.getOrDefault("days", ""),
                form.getOrDefault("training_days", ""),
                roles,
                errors);
    }

    StandardForm refused(List<FieldProblem> found) {
        var all = new ArrayList<>(errors);
        all.addAll(found);
        return new StandardForm(product, title, body, chosen, days, trainingDays, roles, all);
    }

    /// What is no number is out of every range, and refused by name with all else.
    Standards.Wanted wanted() {
        return new Standards.Wanted(title, body, chosen, number(days), number(trainingDays));
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException notOne) {
            return -1;
        }
    }

    @Nullable
    String error(String field) {
        return FieldProblem.of(errors, field);
    }
}
