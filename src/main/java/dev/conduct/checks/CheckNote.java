package dev.conduct.checks;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known of a check beside its text.
///
/// @param name in addresses, unlike any other of the product
/// @param every how often by itself, null: only when asked
/// @param drill whether it breaks something on purpose
/// @param last the state of the last run, null before the first
record CheckNote(
        UUID id,
        String product,
        String name,
        int version,
        String title,
        String environment,
        @Nullable Duration every,
        boolean drill,
        boolean retired,
        @Nullable Instant nextAt,
        Instant changedAt,
        String changedBy,
        @Nullable String last,
        @Nullable Instant lastAt) {}
