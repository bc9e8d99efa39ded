package dev.conduct.checks;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One time a check was done, or is to be.
///
/// @param state `waiting`, `running`, `passed`, `failed`, or `broken_off` when its server ended meanwhile
/// @param askedBy null: by its schedule
/// @param commit which ran there, empty when nothing told
/// @param build likewise
/// @param micros how long it took
/// @param steps empty in lists
record CheckRun(
        UUID id,
        UUID definition,
        String product,
        int version,
        String environment,
        List<String> mocked,
        String state,
        @Nullable String askedBy,
        Instant askedAt,
        @Nullable Instant endedAt,
        String commit,
        String build,
        long micros,
        List<Outcome> steps) {

    boolean open() {
        return state.equals("waiting") || state.equals("running");
    }
}
