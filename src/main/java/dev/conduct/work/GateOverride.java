package dev.conduct.work;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// An exception from one gate of one item: who asked and why, who decided, and when it ends.
///
/// @param reason null when it was erased
/// @param note what the second person said
/// @param endsAt while asked, when the asking lapses; once approved, when it no longer stands in
@JsonNaming(SnakeCaseStrategy.class)
public record GateOverride(
        UUID id,
        String item,
        String transition,
        String gate,
        String clause,
        State state,
        @Nullable String reason,
        String askedBy,
        Instant askedAt,
        @Nullable String decidedBy,
        @Nullable Instant decidedAt,
        @Nullable String note,
        Instant endsAt) {

    /// `VOIDED`: rework took back what it was given for.
    public enum State {
        ASKED,
        APPROVED,
        DECLINED,
        EXPIRED,
        VOIDED;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /// Still to be decided at this moment.
    boolean waits(Instant now) {
        return state == State.ASKED && now.isBefore(endsAt);
    }
}
