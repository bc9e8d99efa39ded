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
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Once a day all of the ledger is hashed again and the tables that screens read are compared with it, without anybody
/// asking; what came of it is an event itself. Of several servers on one database one does it.
@Component("ledgerCheckHealthIndicator")
class NightlyCheck implements SmartLifecycle, HealthIndicator {

    static final String OBJECT = "system:ledger";

    private static final Logger log = LoggerFactory.getLogger(NightlyCheck.class);
    private static final Duration EVERY = Duration.ofHours(24);
    private static final Duration LOOKS = Duration.ofMinutes(5);
    private static final long LOCK = 0x6c65646765726bL;

    private final LedgerCheck ledgerCheck;
    private final Projections projections;
    private final Ledger ledger;
    private final InstantSource time;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final boolean scheduled;
    private final Semaphore ending = new Semaphore(0);
    private volatile boolean running;

    NightlyCheck(
            LedgerCheck ledgerCheck,
            Projections projections,
            Ledger ledger,
            InstantSource time,
            JdbcClient db,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean scheduled) {
        this.ledgerCheck = ledgerCheck;
        this.projections = projections;
        this.ledger = ledger;
        this.time = time;
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.scheduled = scheduled;
    }

    @Override
    public void start() {
        running = true;
        if (scheduled) {
            ending.drainPermits();
            Thread.ofPlatform().name("ledger-check").daemon().start(this::run);
        }
    }

    @Override
    public void stop() {
        running = false;
        ending.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        var began = time.instant();
        try {
            while (!ending.tryAcquire(LOOKS.toSeconds(), TimeUnit.SECONDS)) {
                checkWhenDue(began);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A new server waits a day too: who starts it has other things to do than to be slowed down.
    private void checkWhenDue(Instant began) {
        try {
            transaction.executeWithoutResult(status -> {
                db.sql("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0")
                        .update();
                var elected = db.sql("select pg_try_advisory_xact_lock(:lock)")
                        .param("lock", LOCK)
                        .query(Boolean.class)
                        .single();
                var last = last().map(Event::recordedAt).orElse(began);
                if (elected && !time.instant().isBefore(last.plus(EVERY))) {
                    check();
                }
            });
        } catch (DataAccessException e) {
            log.warn("The check of the ledger could not be made and is tried again: {}", e.getMessage());
        }
    }

    Optional<Event> last() {
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
                "ledger.check",
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
