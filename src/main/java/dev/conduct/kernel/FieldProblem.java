package dev.conduct.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing wrong with one part of an input.
///
/// @param field the name or path of the part, as the sender wrote it (`fields.severity`, `line 12`)
/// @param code stable and machine-readable, snake_case
/// @param says a sentence for people: what is wrong and what to write instead
public record FieldProblem(String field, String code, String says) {

    /// What is wrong with this part, to be said beside it; null when nothing is.
    public static @Nullable String of(List<FieldProblem> problems, String field) {
        return problems.stream()
                .filter(problem -> problem.field().equals(field))
                .map(FieldProblem::says)
                .findFirst()
                .orElse(null);
    }
}
