package dev.conduct.proof;

import dev.conduct.ledger.Event;
import java.time.Duration;
import java.util.Optional;

/// Something that is done again and again without anybody asking, and recorded each time.
interface Chore {

    /// As requests and the log of the server name it.
    String name();

    Duration every();

    /// False where the settings ask for none.
    default boolean wanted() {
        return true;
    }

    /// The last time, whatever came of it.
    Optional<Event> last();

    /// Does it now and records what came of it. Other work goes on meanwhile.
    void act();
}
