package dev.conduct.shell;

import dev.conduct.identity.Actor;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One entry of the side bar. Each module declares its own as a bean; what does not work has none.
public interface NavigationEntry {

    /// @param section heading it stands under: "" (top), `Lines`, `Evidence`, `Rule book`, `Administration`
    /// @param icon name of a symbol in the sprite, without `i-`
    /// @param count shown at the right, null for none
    /// @param key small letter that leads there after `g`, null for none
    record Entry(
            String section,
            int order,
            String label,
            String href,
            String icon,
            @Nullable Long count,
            @Nullable String key) {

        public Entry(String section, int order, String label, String href, String icon, @Nullable Long count) {
            this(section, order, label, href, icon, count, null);
        }
    }

    /// Null when this actor does not get the entry.
    default @Nullable Entry forActor(Actor actor) {
        return null;
    }

    /// A page without an entry of its own, for the command palette.
    record Beneath(String label, String href, String icon) {}

    /// Pages that stand beneath its entry, those of some products among them.
    ///
    /// @param products keys of those that are meant
    default List<Beneath> beneath(Actor actor, Set<String> products) {
        return List.of();
    }

    /// For a bean with several, or with as many as the procedure names.
    default List<Entry> entries(Actor actor) {
        var entry = forActor(actor);
        return entry == null ? List.of() : List.of(entry);
    }
}
