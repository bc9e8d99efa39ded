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
        Map<String, String> content) {

    /// The same event with other data and content, as whoever reads it wants them; what is recorded stays.
    public Event with(Map<String, Object> otherData, Map<String, String> otherContent) {
        return new Event(
                row,
                entry,
                id,
                occurredAt,
                recordedAt,
                actor,
                via,
                action,
                object,
                objectVersion,
                outcome,
                clause,
                procedure,
                otherData,
                otherContent);
    }
}
