package dev.conduct.ledger;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A recorded event, read back from the stored bytes and the content beside them.
///
/// @param row order of recording; events of one object are totally ordered by it
/// @param entry index in the Merkle tree, null until sealed (within a second)
/// @param content the values behind the commitments; an erased value is absent
public record Event(
        long row,
        @Nullable Long entry,
        UUID id,
        Instant occurredAt,
        Instant recordedAt,
        String actor,
        String via,
        String action,
        String object,
        long objectVersion,
        Outcome outcome,
        @Nullable String clause,
        @Nullable String procedure,
        Map<String, Object> data,
        Map<String, String> content) {}
