package dev.conduct.work;

import dev.conduct.ledger.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Says until when items are due. Asked in the transaction of a change, before the item's row is written, so that the
/// row is written once; whoever answers writes its own tables there and then.
public interface DueDates {

    /// An item that is being changed.
    ///
    /// @param before null when it begins
    /// @param events what was recorded now, in that order
    /// @param earlier what had been recorded before, read when it is asked for
    record Change(@Nullable Item before, Item after, List<Event> events, Supplier<List<Event>> earlier) {}

    /// @return by key the most urgent deadline, absent where there is none
    Map<String, Instant> after(List<Change> changes);
}
