package dev.conduct.notify;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One person is told of one event, once.
///
/// @param entry of the event in the ledger's tree: what happened is read from there, so that no words are kept twice
record Notice(
        UUID id,
        String person,
        Kind kind,
        String item,
        long entry,
        Instant at,
        @Nullable Instant readAt) {}
