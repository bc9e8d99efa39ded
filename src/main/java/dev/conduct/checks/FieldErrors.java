package dev.conduct.checks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is told beside the fields of a form.
final class FieldErrors {

    private FieldErrors() {}

    static @Nullable String of(List<FieldProblem> errors, String field) {
        return errors.stream()
                .filter(error -> error.field().equals(field))
                .map(FieldProblem::says)
                .findFirst()
                .orElse(null);
    }

    /// @param field beside which a refusal stands that names none
    static List<FieldProblem> of(Problem refused, String field) {
        return refused.errors().isEmpty()
                ? List.of(new FieldProblem(field, refused.code(), refused.says()))
                : refused.errors();
    }
}
