package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.time.Instant;
import java.util.List;

/// What somebody owes beside their records, such as a standard that is to be read: a module's door to *My work*.
/// Found by injection.
public interface PersonalDuties {

    /// @param does what to do, with the address where it is done
    /// @param says one sentence more
    /// @param clause how the clause that asks for it is called
    record Owed(String does, String href, String says, String clause, Instant due) {}

    /// The one due first at the top.
    List<Owed> of(Actor actor);
}
