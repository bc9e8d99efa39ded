package dev.conduct.proof;

import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.ledger.Wanted;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/// What chores leave behind in the ledger.
@Component
class ChoreRecord {

    private static final Logger log = LoggerFactory.getLogger(ChoreRecord.class);

    private final Ledger ledger;
    private final Activity activity;
    private final InstantSource time;

    ChoreRecord(Ledger ledger, Activity activity, InstantSource time) {
        this.ledger = ledger;
        this.activity = activity;
        this.time = time;
    }

    Optional<Event> last(String action) {
        return activity.newest(new Wanted(null, action, null, null, null, null), 1, null).items().stream()
                .findFirst();
    }

    Event done(String action, String object, Map<String, Object> data) {
        return append(action, object, Outcome.SUCCESS, data, Map.of());
    }

    /// @param says why, for the page and, marked, for the log of the server, where an alarm may hang on it
    Event failed(String action, String object, String says) {
        log.error("{} {}", action.toUpperCase(java.util.Locale.ROOT).replace('.', '_'), says);
        return append(action, object, Outcome.ERROR, Map.of(), Map.of("says", says));
    }

    private Event append(
            String action, String object, Outcome outcome, Map<String, Object> data, Map<String, String> content) {
        var version = last(action).map(Event::objectVersion).orElse(0L) + 1;
        return ledger.appendAlone(new NewEvent(
                time.instant(),
                "system:checks",
                "scheduler",
                action,
                object,
                version,
                outcome,
                null,
                null,
                data,
                content));
    }
}
