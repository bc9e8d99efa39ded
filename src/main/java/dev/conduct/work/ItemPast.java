package dev.conduct.work;

import dev.conduct.ledger.Event;
import java.util.List;

/// An item with what its page needs to know of its history, read once for all parts of the page.
///
/// @param standing the item as it stands now
/// @param newest its last events, in the order of recording
/// @param whole whether these are all it has
/// @param deciding at least the events that rules and clocks look at, all of them, and those that
///     changed a comment, in the order of recording
public record ItemPast(Standing standing, List<Event> newest, boolean whole, List<Event> deciding) {

    /// By the words of the version that judges it now.
    public Item item() {
        return standing.item();
    }

    /// False when no such event was ever recorded of it; true when that cannot be told from what was read.
    public boolean maybe(String actions) {
        return !whole || newest.stream().anyMatch(event -> event.action().startsWith(actions));
    }
}
