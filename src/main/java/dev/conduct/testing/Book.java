package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The one way things of this module change: an event in the ledger, and what it makes of the tables, in the
/// transaction
/// of the caller.
@Component
class Book {

    private final Ledger ledger;
    private final JdbcClient database;
    private final InstantSource time;

    Book(Ledger ledger, JdbcClient database, InstantSource time) {
        this.ledger = ledger;
        this.database = database;
        this.time = time;
    }

    /// As the ledger keeps times.
    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// @param object `testplan:ID` and the like, see `TestingProjection`
    /// @param content what people wrote
    void enter(
            String object,
            long version,
            String action,
            Map<String, Object> data,
            Map<String, String> content,
            Actor by) {
        var event = ledger.append(new NewEvent(
                now(), by.id(), by.via(), action, object, version, Outcome.SUCCESS, null, null, data, content));
        TestingProjection.apply(event, database);
    }
}
