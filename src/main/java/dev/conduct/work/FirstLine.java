package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedure;
import org.jspecify.annotations.Nullable;

/// The line that stands first in the procedure: where pages lead that belong to none.
///
/// @param report what its button says: `Report a bug`
/// @param begins whether the reader may begin a record of it
record FirstLine(String href, String report, boolean begins) {

    /// @param actor null where whoever reads is not asked
    static @Nullable FirstLine of(Procedure procedure, @Nullable Actor actor) {
        return procedure.types().values().stream()
                .findFirst()
                .map(type -> new FirstLine(
                        "/lines/" + type.name(),
                        type.begin(),
                        actor == null || Rights.mayBegin(procedure, type, actor)))
                .orElse(null);
    }
}
