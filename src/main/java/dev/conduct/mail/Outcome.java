package dev.conduct.mail;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How one attempt at a letter ended.
///
/// @param state `sent`, `deferred` or `bounced`
/// @param carrier `smtp` or `folder`
/// @param next when it is tried again, null when it is not
record Outcome(
        String state, String carrier, String says, @Nullable Instant next) {}
