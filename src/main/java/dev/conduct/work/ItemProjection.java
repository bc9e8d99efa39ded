package dev.conduct.work;

import dev.conduct.ledger.Event;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Tables of another module that are computed from the events of items, so that they are rebuilt together with the
/// items. Every table named here is compared row by row.
public interface ItemProjection {

    /// An item as its events make it, and all of them in the order of their recording.
    record Whole(Item item, List<Event> events) {}

    /// With their schema: `clock.clock`. Each has a primary key; a column `item` names the item of a row.
    List<String> tables();

    /// Makes the rows of these items anew.
    ///
    /// @param rebuilt here the tables of this module, by their usual names, are the rebuilt ones, empty at first
    /// @param due takes the most urgent deadline of an item, as `DueDates` gives it
    void write(List<Whole> items, JdbcClient rebuilt, BiConsumer<String, @Nullable Instant> due);

    /// Takes what no event decides (until when the passing of time has been looked at) from the live tables into
    /// the rebuilt ones, before they are compared. In the open transaction the rebuilt tables are called
    /// `pg_temp.NAME`.
    default void settle() {}
}
