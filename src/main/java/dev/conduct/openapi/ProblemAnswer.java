package dev.conduct.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.conduct.kernel.FieldProblem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal as the one error handler writes it (RFC 9457).
@Schema(name = Answer.PROBLEM)
record ProblemAnswer(
        @Schema(example = "about:blank") String type,
        @Schema(example = "Conflict") String title,
        @Schema(example = "409") int status,

        @Schema(description = "What is wrong and what to do, for people.")
        String detail,

        @Schema(example = "/api/v1/items/APP-12/transitions")
        String instance,

        @Schema(description = "Stable, for programs.", example = "gate_closed")
        String code,

        @Schema(description = "Each part of the input that is wrong.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<FieldProblem> errors,

        @Schema(
                description =
                        "With `gate_closed` and `role`: the clauses that hold it: `clause`, `kind`, `gate`, `says`, `fix`.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        List<Map<String, Object>> blocked_by,

        @Schema(description = "With 500: where the failure stands in the server's log.")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String reference) {}
