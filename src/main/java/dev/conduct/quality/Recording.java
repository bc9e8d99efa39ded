package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.stereotype.Component;

/// Writes what people say about tests into the ledger.
@Component
class Recording {

    private final Ledger ledger;
    private final InstantSource time;

    Recording(Ledger ledger, InstantSource time) {
        this.ledger = ledger;
        this.time = time;
    }

    /// As the ledger keeps times.
    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// @param content what may be erased one day: words of people
    void tell(
            String action, String object, Instant at, Map<String, Object> data, Map<String, String> content, Actor by) {
        ledger.append(
                new NewEvent(at, by.id(), by.via(), action, object, 1, Outcome.SUCCESS, null, null, data, content));
    }
}
