package dev.conduct.work;

import dev.conduct.ledger.Event;

/// An event was recorded for an item. Published in the same transaction, so that a listener's own tables
/// (clocks) change together with the item or not at all.
public record ItemChanged(Item item, Event event) {

    /// Whether the item stands in no table any more: what an import brought has been taken back.
    public boolean withdrawn() {
        return event.action().equals(Withdrawals.ACTION);
    }
}
