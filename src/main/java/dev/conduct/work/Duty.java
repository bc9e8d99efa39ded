package dev.conduct.work;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What an exception that was used leaves owing.
///
/// @param id that of its override
/// @param evidence the kind its gate asks for, without which it is not settled; null for none
/// @param overdue told once, when `dueAt` passed unsettled
@JsonNaming(SnakeCaseStrategy.class)
public record Duty(
        UUID id,
        String item,
        String transition,
        String gate,
        String clause,
        @Nullable String evidence,
        String owedBy,
        Instant owedAt,
        Instant dueAt,
        boolean overdue,
        @Nullable String settledBy,
        @Nullable Instant settledAt,
        @Nullable String note) {

    boolean open() {
        return settledAt == null;
    }
}
