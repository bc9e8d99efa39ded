package dev.conduct.testing;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What was typed into a form and not accepted, and why: nothing at first.
///
/// @param form which form of the page it was
record Entered(String form, Map<String, String> values, List<FieldProblem> errors, HttpStatus status) {

    static final Entered NOTHING = new Entered("", Map.of(), List.of(), HttpStatus.OK);

    /// @throws Problem what is not about input: that is for a page of its own
    static Entered refused(String form, Map<String, String> values, Problem refused) {
        if (refused.status() == 403 || refused.status() == 404) {
            throw refused;
        }
        return new Entered(
                form,
                values,
                refused.errors().isEmpty()
                        ? List.of(new FieldProblem("form", refused.code(), refused.says()))
                        : refused.errors(),
                HttpStatus.valueOf(refused.status()));
    }

    boolean of(String which) {
        return form.equals(which);
    }

    String value(String field, String usual) {
        return values.getOrDefault(field, usual);
    }

    String heading(String title) {
        return errors.isEmpty() ? title : "Error: " + title;
    }

    @Nullable
    String error(String field) {
        return FieldProblem.of(errors, field);
    }
}
