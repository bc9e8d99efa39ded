package dev.conduct.work;

import dev.conduct.procedure.Procedure;
import org.jspecify.annotations.Nullable;

/// The line that stands first in the procedure: where pages lead that belong to none.
///
/// @param report what its button says: `Report a bug`
record FirstLine(String href, String report) {

    static @Nullable FirstLine of(Procedure procedure) {
        return procedure.types().values().stream()
                .findFirst()
                .map(type -> new FirstLine("/lines/" + type.name(), type.begin()))
                .orElse(null);
    }
}
