package dev.conduct.work;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The exceptions of a record: each names two people and an end.
record ExceptionsView(String key, List<Row> rows, List<Owed> owed) {

    /// @param tone of its signal: `wait`, `waived`, `clear` or `stop`
    /// @param who who asked, who decided, and until when, in one sentence
    record Row(
            UUID id,
            String tone,
            String word,
            String title,
            String clause,
            @Nullable String reason,
            @Nullable String note,
            String who,
            boolean mayApprove,
            boolean mayDecline) {}

    /// @param asks the evidence it wants, null for none
    record Owed(
            UUID id,
            String title,
            String clause,
            String by,
            Instant dueAt,
            @Nullable String asks,
            @Nullable String settled,
            @Nullable String note,
            boolean maySettle) {}
}
