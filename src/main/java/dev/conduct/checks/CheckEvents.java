package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Records what happened to a check, in the transaction of its caller.
@Component
class CheckEvents {

    private final JdbcClient database;
    private final Ledger ledger;
    private final InstantSource time;

    CheckEvents(JdbcClient database, Ledger ledger, InstantSource time) {
        this.database = database;
        this.ledger = ledger;
        this.time = time;
    }

    /// @param words what people wrote, which may be erased one day
    void tell(
            UUID check, String action, Actor by, Outcome outcome, Map<String, Object> data, Map<String, String> words) {
        var count = database.sql("update checks.definition set events = events + 1 where id = :id returning events - 1")
                .param("id", check)
                .query(Long.class)
                .single();
        ledger.append(new NewEvent(
                time.instant().truncatedTo(ChronoUnit.MILLIS),
                by.id(),
                by.via(),
                action,
                "check:" + check,
                count,
                outcome,
                null,
                null,
                data,
                words));
    }
}
