package dev.conduct.ledger;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/// The one way to record and to read what happened.
@Component
public class Ledger {

    /// Records an event in the caller's transaction; it is sealed after the commit.
    ///
    /// @throws IllegalStateException when no transaction is open
    public Event append(NewEvent event) {
        return appendAll(List.of(event)).getFirst();
    }

    /// Records many events in one round trip, in the order given, in the caller's transaction.
    public List<Event> appendAll(List<NewEvent> events) {
        throw new UnsupportedOperationException("being built");
    }

    /// Records an event in a short transaction of its own, committed when this returns: refusals, sign-ins, sensitive
    /// reads, which must stand before the answer goes out whatever becomes of the caller's transaction.
    ///
    /// @throws dev.conduct.kernel.Problem 503 when it could not be written: then the act must not happen
    public Event appendAlone(NewEvent event) {
        throw new UnsupportedOperationException("being built");
    }

    /// All events of one object, in the order of recording.
    public List<Event> eventsOf(String object) {
        throw new UnsupportedOperationException("being built");
    }

    /// Every event whose object starts with a prefix (`item:`), in order of recording, streamed: for rebuilding
    /// projections and for reports.
    public void replay(String objectPrefix, Consumer<Event> reader) {
        throw new UnsupportedOperationException("being built");
    }
}
