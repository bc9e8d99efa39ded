package dev.conduct.work;

import dev.conduct.identity.Actor;
import gg.jte.Content;

/// A part of an item's page that a higher module supplies, for example its clocks. Found by injection.
public interface ItemPanel {

    /// Panels stand in ascending order.
    int order();

    /// The rendered panel, or null when it has nothing to say about this item.
    ///
    /// @param past the item and its history, so that no panel reads them again
    @org.jspecify.annotations.Nullable
    Content of(ItemPast past, Actor actor);
}
