package dev.conduct.quality;

import dev.conduct.work.Branches;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Which runs speak for an item: those of CI on the main branch of its product, and on branches of its own work. What
/// fails on a branch of somebody else's work says nothing about it.
@Component
class Speaking {

    /// Where no source says what the main branch is called; a report that names no branch counts as of it then.
    private static final Set<String> USUAL = Set.of("main", "master", "trunk", "");

    private final ObjectProvider<Branches> sources;

    Speaking(ObjectProvider<Branches> sources) {
        this.sources = sources;
    }

    /// What the main branch of a product is called.
    Set<String> main(String product) {
        var known = new HashSet<String>();
        sources.forEach(source -> known.addAll(source.main(product)));
        return known.isEmpty() ? USUAL : known;
    }

    String[] mainNames(String product) {
        return main(product).toArray(String[]::new);
    }

    /// The branches that speak for an item.
    ///
    /// @param own those whose work names the item
    /// @param named what a branch is called that carries the item's key, as a regular expression of PostgreSQL
    record Voices(Set<String> main, Set<String> own, String named) {

        String[] branches() {
            var all = new HashSet<>(main);
            all.addAll(own);
            return all.toArray(String[]::new);
        }

        boolean hear(String branch) {
            return main.contains(branch)
                    || own.contains(branch)
                    || com.google.re2j.Pattern.compile("(?i)" + named)
                            .matcher(branch)
                            .find();
        }
    }

    Voices of(String product, String item) {
        return Objects.requireNonNull(of(product, List.of(item)).get(item));
    }

    /// One for each of these items of the product.
    Map<String, Voices> of(String product, Collection<String> items) {
        var main = main(product);
        var own = new HashMap<String, Set<String>>();
        sources.forEach(source -> source.tied(product, items)
                .forEach((item, branches) ->
                        own.computeIfAbsent(item, unused -> new HashSet<>()).addAll(branches)));
        var voices = new HashMap<String, Voices>();
        items.forEach(item -> voices.put(
                item, new Voices(main, own.getOrDefault(item, Set.of()), "(^|[^A-Za-z0-9])" + item + "($|[^0-9])")));
        return voices;
    }
}
