package dev.conduct.standards;

import dev.conduct.kernel.FieldProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was typed of a training and what is wrong with it.
record TrainingForm(Map<String, String> typed, List<FieldProblem> errors) {

    String value(String field) {
        return typed.getOrDefault(field, "");
    }

    @Nullable
    String error(String field) {
        return FieldProblem.of(errors, field);
    }
}
