package dev.conduct.quality;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// A report that was taken in.
@JsonNaming(SnakeCaseStrategy.class)
record Report(
        UUID id,

        @Schema(description = "What wrote it, as its content says.", example = "junit")
        String kind,

        @Schema(description = "tests, coverage, load or findings.", example = "tests")
        String family,

        String product,
        String commit,
        String branch,
        String build,
        String environment,

        @Schema(description = "What a stand-in answered for while it was made; a mock with its version.")
        List<String> mocked,

        @Schema(description = "SHA-256 of the bytes as they were sent.")
        String digest,

        long bytes,

        @Schema(description = "What it adds up to, by name; the names go with the family.")
        Map<String, Long> totals,

        String receivedBy,
        Instant receivedAt) {}
