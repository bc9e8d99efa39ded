package dev.conduct.work;

import dev.conduct.ledger.Event;

/// An event was recorded for an item. Published in the same transaction, so that a listener's own tables
/// (clocks) change together with the item or not at all.
public record ItemChanged(Item item, Event event) {}
