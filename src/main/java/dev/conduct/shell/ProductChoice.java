package dev.conduct.shell;

import dev.conduct.identity.Actor;
import org.jspecify.annotations.Nullable;

/// Which product somebody has pages narrowed to. Found by injection; chosen on `/products`.
public interface ProductChoice {

    Chosen of(Actor actor);

    /// @param key as the numbers of its records begin
    record Product(String key, String name) {}

    /// @param product null for all
    /// @param several whether there is another one to choose
    record Chosen(@Nullable Product product, boolean several) {}
}
