package dev.conduct.shell;

import dev.conduct.identity.Actor;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody owes beside their records, such as a standard that is to be read: a module's door to *My work*.
/// Found by injection.
public interface PersonalDuties {

    /// @param does what to do, with the address where it is done
    /// @param says one sentence more
    /// @param clause how the clause that asks for it is called, empty for none
    /// @param due null where no clock runs
    record Owed(
            String does,
            String href,
            String says,
            String clause,
            @Nullable Instant due) {

        public boolean over(Instant now) {
            return due != null && due.isBefore(now);
        }
    }

    /// In any order.
    List<Owed> of(Actor actor);
}
