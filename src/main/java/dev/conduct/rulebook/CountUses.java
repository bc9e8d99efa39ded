package dev.conduct.rulebook;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts how rules are used, a few seconds behind what is sealed: writers never wait for it, and what was counted is
/// known to the entry, so that it can stop and go on anywhere.
@Component
class CountUses implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(CountUses.class);
    private static final int LOOKS_EVERY_SECONDS = 5;
    private static final int AT_ONCE = 2_000;

    private final Ledger ledger;
    private final Procedures procedures;
    private final UseRows rows;
    private final TransactionTemplate transaction;
    private final boolean scheduled;
    private final Semaphore ending = new Semaphore(0);
    private volatile boolean running;

    CountUses(
            Ledger ledger,
            Procedures procedures,
            UseRows rows,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean scheduled) {
        this.ledger = ledger;
        this.procedures = procedures;
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
        this.scheduled = scheduled;
    }

    /// Counts all that is sealed now; what another node is counting meanwhile, it leaves to it.
    void catchUp() {
        while (step()) {
            // the next two thousand, in a transaction of their own
        }
    }

    private boolean step() {
        return Boolean.TRUE.equals(transaction.execute(status -> rows.elected() && counted()));
    }

    /// @return true when there may be more
    private boolean counted() {
        var from = rows.counted();
        if (from > ledger.status().size()) {
            // the log began anew
            rows.forget();
            return true;
        }
        var events = ledger.sealed(from, AT_ONCE);
        if (events.isEmpty()) {
            return false;
        }
        var fold = new UseFold(versions(), rows.standings(UseFold.items(events).toList()));
        events.forEach(fold::add);
        rows.add(fold);
        rows.counted(from + events.size());
        return events.size() == AT_ONCE;
    }

    private java.util.function.Function<String, @Nullable Procedure> versions() {
        Map<String, Optional<Procedure>> known = new HashMap<>();
        return version -> known.computeIfAbsent(version, this::version).orElse(null);
    }

    private Optional<Procedure> version(String version) {
        try {
            return Optional.of(procedures.version(version));
        } catch (Problem unknown) {
            return Optional.empty();
        }
    }

    @Override
    public boolean isAutoStartup() {
        return scheduled;
    }

    @Override
    public void start() {
        running = true;
        ending.drainPermits();
        Thread.ofPlatform().name("rule-uses").daemon().start(this::run);
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
        try {
            while (!ending.tryAcquire(LOOKS_EVERY_SECONDS, TimeUnit.SECONDS)) {
                try {
                    catchUp();
                } catch (DataAccessException e) {
                    log.warn("How rules are used could not be counted and is tried again: {}", e.getMessage());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
