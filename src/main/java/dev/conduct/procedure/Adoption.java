package dev.conduct.procedure;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// That a version was adopted: when it judges from, who put it in, who approved it.
///
/// @param approvedBy null for the version an installation began with
public record Adoption(
        String version,
        String hash,
        Instant effective,
        Instant adoptedAt,
        String adoptedBy,
        @Nullable String approvedBy) {}
