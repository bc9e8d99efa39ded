package dev.conduct.work;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// What a connected source knows about the branches of a product's code: a module's door to whoever asks which work a
/// result belongs to. Found by injection.
public interface Branches {

    /// The main branches of a product's repositories, empty when none is known.
    Set<String> main(String product);

    /// On which branches the work for each of these items of a product lies; items without one are left out.
    Map<String, Set<String>> tied(String product, Collection<String> items);
}
