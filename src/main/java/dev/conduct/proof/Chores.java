package dev.conduct.proof;

import dev.conduct.kernel.Background;
import dev.conduct.ledger.Event;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Does the chores when they are due, one after the other. Of several servers on one database one does each.
@Component
class Chores extends Background {

    private static final Logger log = LoggerFactory.getLogger(Chores.class);
    private static final long LOCK = 0x63686f7265L;

    private final List<Chore> chores;
    private final InstantSource time;
    private final JdbcClient db;
    private final TransactionTemplate transaction;
    private final boolean scheduled;
    private final Duration looks;
    private final Set<String> requested = ConcurrentHashMap.newKeySet();
    private final Instant began;
    private volatile @Nullable String doing;

    Chores(
            List<Chore> chores,
            InstantSource time,
            JdbcClient db,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean scheduled,
            @Value("${conduct.chores.look:1m}") Duration looks) {
        super("chores", "do the chores", true);
        this.chores = chores;
        this.time = time;
        this.began = time.instant();
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
        this.scheduled = scheduled;
        this.looks = looks;
    }

    /// Who starts a server has other things to do than to be slowed down.
    @Override
    protected Duration beforeFirst() {
        return looks;
    }

    @Override
    protected Duration round() {
        chores.forEach(this::actWhenDue);
        return looks;
    }

    /// Soon, whenever the last time was.
    ///
    /// @return false when the settings ask for none
    boolean request(String name) {
        var wanted = chores.stream().anyMatch(chore -> chore.name().equals(name) && chore.wanted());
        if (wanted) {
            requested.add(name);
            wake();
        }
        return wanted;
    }

    boolean waitsOrRuns(String name) {
        return requested.contains(name) || name.equals(doing);
    }

    /// A new server waits as long as between two times.
    private void actWhenDue(Chore chore) {
        try {
            if (!due(chore)) {
                return;
            }
            transaction.executeWithoutResult(status -> {
                db.sql("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0")
                        .update();
                var elected = db.sql("select pg_try_advisory_xact_lock(:lock)")
                        .param("lock", LOCK + chore.name().hashCode())
                        .query(Boolean.class)
                        .single();
                if (elected && due(chore)) {
                    doing = chore.name();
                    requested.remove(chore.name());
                    chore.act();
                }
            });
        } catch (RuntimeException e) {
            log.warn("{} could not be done and is tried again", chore.name(), e);
        } finally {
            doing = null;
        }
    }

    private boolean due(Chore chore) {
        if (requested.contains(chore.name())) {
            return true;
        }
        if (!scheduled || !chore.wanted()) {
            return false;
        }
        var last = chore.last().map(Event::recordedAt).orElse(began);
        return !time.instant().isBefore(last.plus(chore.every()));
    }
}
