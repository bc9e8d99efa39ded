package dev.conduct.identity;

import dev.conduct.keys.KeyChange;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Whatever is done to keys stands in the ledger, by the id of the key, in the transaction that does it.
@Component
class RecordKeyChanges {

    private final Ledger ledger;
    private final InstantSource time;

    RecordKeyChanges(Ledger ledger, InstantSource time) {
        this.ledger = ledger;
        this.time = time;
    }

    @EventListener
    void record(KeyChange change) {
        ledger.append(new NewEvent(
                time.instant(),
                change.by(),
                change.via(),
                "keys." + change.action(),
                "keys:" + change.purpose(),
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("key", change.key()),
                Map.of()));
    }
}
