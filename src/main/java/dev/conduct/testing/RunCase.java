package dev.conduct.testing;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A case in a run, in the version that is run.
///
/// @param seconds what a person took for it, added up
/// @param report run of quality from which the verdict was read, null when a person gave it
/// @param revision counts the judgements of the case as a whole
record RunCase(
        UUID run,
        UUID testCase,
        String product,
        int number,
        long version,
        String title,
        String automation,
        @Nullable UUID automated,
        String verdict,
        String note,
        long seconds,
        String judgedBy,
        @Nullable Instant judgedAt,
        @Nullable UUID report,
        long revision) {

    String key() {
        return TestCase.key(product, number);
    }

    String tone() {
        return Verdict.tone(verdict);
    }

    String word() {
        return Verdict.word(verdict);
    }

    /// Minutes and seconds.
    String took() {
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }
}
