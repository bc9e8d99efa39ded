package dev.conduct.proof;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerCheck;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.work.Projections;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Once a day all of the ledger is hashed again and the tables that screens read are compared with it, without anybody
/// asking; what came of it is an event itself.
@Component("ledgerCheckHealthIndicator")
class NightlyCheck implements Chore, HealthIndicator {

    static final String OBJECT = "system:ledger";

    static final String NAME = "ledger-check";
    static final String ACTION = "ledger.check";

    private static final Logger log = LoggerFactory.getLogger(NightlyCheck.class);

    private final LedgerCheck ledgerCheck;
    private final Projections projections;
    private final Ledger ledger;
    private final InstantSource time;

    NightlyCheck(LedgerCheck ledgerCheck, Projections projections, Ledger ledger, InstantSource time) {
        this.ledgerCheck = ledgerCheck;
        this.projections = projections;
        this.ledger = ledger;
        this.time = time;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public void act() {
        check();
    }

    @Override
    public Optional<Event> last() {
        var events = ledger.eventsOf(OBJECT);
        return events.isEmpty() ? Optional.empty() : Optional.of(events.getLast());
    }

    /// Checks now, and records what came of it.
    Event check() {
        var began = System.nanoTime();
        var data = new LinkedHashMap<String, Object>();
        var says = new StringBuilder();
        try {
            var result = ledgerCheck.check();
            data.put("entries", result.entries());
            if (result.broken() != null) {
                says.append(result.broken());
            } else {
                projections
                        .check()
                        .ifPresent(row -> says.append("The row ")
                                .append(row.table())
                                .append(' ')
                                .append(row.key())
                                .append(" is not what the ledger says: ")
                                .append(String.join("; ", row.says())));
            }
        } catch (IOException | SQLException e) {
            says.append("The check could not be made: ").append(e.getMessage());
        }
        data.put("milliseconds", (System.nanoTime() - began) / 1_000_000);
        if (!says.isEmpty()) {
            log.error("LEDGER_CHECK {}", says);
        }
        return ledger.appendAlone(new NewEvent(
                time.instant(),
                "system:checks",
                "scheduler",
                ACTION,
                OBJECT,
                last().map(Event::objectVersion).orElse(0L) + 1,
                says.isEmpty() ? Outcome.SUCCESS : Outcome.ERROR,
                null,
                null,
                data,
                says.isEmpty() ? Map.of() : Map.of("says", says.toString())));
    }

    /// Down after a check that did not hold, until one holds again.
    @Override
    public Health health() {
        var last = last();
        var broken = last.filter(event -> event.outcome() != Outcome.SUCCESS).isPresent();
        var health = broken ? Health.down() : Health.up();
        last.ifPresent(
                event -> health.withDetail("checked_at", event.recordedAt().toString()));
        return health.build();
    }
}
