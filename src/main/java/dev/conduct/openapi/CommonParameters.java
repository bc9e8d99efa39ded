package dev.conduct.openapi;

import dev.conduct.kernel.Page;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;

/// Parameters that mean the same wherever they stand. Each gets a schema of its own: the library hands out one and the
/// same for every text.
final class CommonParameters {

    static final String REPEATABLE = "Idempotency-Key";

    private CommonParameters() {}

    static void describe(String path, Parameter parameter) {
        switch (parameter.getName()) {
            case "key" -> key(path, parameter);
            case "id" -> say(parameter, "Its id.");
            case "limit" -> {
                say(parameter, "How many at most; a larger number is taken as the largest.");
                parameter.setSchema(
                        Answer.oneType("integer").minimum(BigDecimal.ONE).maximum(BigDecimal.valueOf(Page.MOST)));
            }
            case "cursor" -> say(parameter, "`next` of the page before.");
            case REPEATABLE -> {
                say(
                        parameter,
                        "Makes the request safe to repeat: for a day the same key with the same request gives the same"
                                + " answer and acts once.");
                parameter.setSchema(Answer.oneType("string").minLength(1).maxLength(200));
            }
            case "If-Match" -> {
                say(parameter, "The `ETag` that the change is based on; without it, or with `*`, any version.");
                parameter.setSchema(Answer.oneType("string").example("\"3\""));
            }
            default -> {
                // its own handler describes it
            }
        }
    }

    private static void key(String path, Parameter parameter) {
        if (path.startsWith("/api/v1/products/")) {
            say(parameter, "The product's key.");
            parameter.setSchema(
                    Answer.oneType("string").pattern("^[A-Z][A-Z0-9]{1,9}$").example("APP"));
        } else {
            say(parameter, "The item's key.");
            parameter.setSchema(Answer.oneType("string")
                    .pattern("^[A-Z][A-Z0-9]{1,9}-[0-9]+$")
                    .example("APP-12"));
        }
    }

    private static void say(Parameter parameter, String description) {
        if (parameter.getDescription() == null) {
            parameter.setDescription(description);
        }
    }
}
