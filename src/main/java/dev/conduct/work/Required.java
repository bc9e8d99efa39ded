package dev.conduct.work;

import dev.conduct.kernel.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Members of a body that must be there.
final class Required {

    private Required() {}

    static String text(String name, @Nullable String value) {
        if (value == null) {
            throw Problem.badInput(name, "missing", "is required.");
        }
        return value;
    }

    static String string(String name, JsonNode value) {
        if (!value.isString()) {
            throw Problem.badInput(name, "not_a_text", "must be a text or null.");
        }
        return value.stringValue();
    }
}
