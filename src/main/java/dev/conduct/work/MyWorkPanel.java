package dev.conduct.work;

import dev.conduct.identity.Actor;
import gg.jte.Content;
import org.jspecify.annotations.Nullable;

/// A part of My work that a higher module supplies. Found by injection.
public interface MyWorkPanel {

    /// The rendered panel, or null when it has nothing to say to this actor.
    @Nullable
    Content of(Actor actor);
}
