package dev.conduct.source;

import dev.conduct.database.Readers;
import dev.conduct.kernel.Background;
import dev.conduct.shell.ScheduledWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/// Works off what webhooks brought, behind the answer, on whichever server comes first; and once an hour forgets old
/// bodies and looks again for items that were made after what names them.
@Component
class DeliveryWork extends Background implements ScheduledWork {

    static final String JOB = "work-off-what-webhooks-brought";

    private static final Logger log = LoggerFactory.getLogger(DeliveryWork.class);
    private static final Duration LOOKS = Duration.ofSeconds(30);
    private static final Duration TIDIES = Duration.ofHours(1);

    private final HookDeliveries deliveries;
    private final Repositories repositories;
    private final Chronicle chronicle;
    private final Ties ties;
    private final MirrorRows mirrors;
    private final Readers readers;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private volatile @Nullable Instant last;
    private volatile @Nullable Instant tidied;
    private volatile @Nullable String trouble;

    DeliveryWork(
            HookDeliveries deliveries,
            Repositories repositories,
            Chronicle chronicle,
            Ties ties,
            MirrorRows mirrors,
            Readers readers,
            InstantSource time,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("webhooks", "work off what webhooks brought", automatic);
        this.deliveries = deliveries;
        this.repositories = repositories;
        this.chronicle = chronicle;
        this.ties = ties;
        this.mirrors = mirrors;
        this.readers = readers;
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    protected Duration round() {
        try {
            workOff();
            trouble = null;
            return LOOKS;
        } catch (RuntimeException unavailable) {
            trouble = "It failed; the log of the server says why.";
            throw unavailable;
        }
    }

    /// Works off all that waits, and tidies when it is time.
    void workOff() {
        while (next()) {
            // The next one.
        }
        var now = time.instant();
        last = now;
        var before = tidied;
        if (before == null || !now.isBefore(before.plus(TIDIES))) {
            deliveries.forget();
            transaction.executeWithoutResult(unused -> ties.settleAgain());
            tidied = now;
        }
    }

    /// One delivery is one transaction. What cannot be understood fails once and for all; the log of deliveries
    /// says so.
    private boolean next() {
        var failed = new HookDeliveries.Waiting[1];
        try {
            return Boolean.TRUE.equals(transaction.execute(unused -> {
                var waiting = deliveries.next();
                waiting.ifPresent(one -> {
                    failed[0] = one;
                    apply(one);
                });
                return waiting.isPresent();
            }));
        } catch (Json.Unreadable unreadable) {
            failed(failed[0], String.valueOf(unreadable.getMessage()));
            return true;
        } catch (DataIntegrityViolationException broken) {
            return broke(failed[0], broken);
        } catch (DataAccessException | TransactionException later) {
            // The database is away or busy: it stays first in the row.
            throw later;
        } catch (RuntimeException broken) {
            return broke(failed[0], broken);
        }
    }

    private boolean broke(HookDeliveries.@Nullable Waiting waiting, RuntimeException broken) {
        if (waiting == null) {
            throw broken;
        }
        log.error("The delivery {} could not be worked off", waiting.id(), broken);
        failed(waiting, "It could not be worked off; the log of the server says why.");
        return true;
    }

    private void apply(HookDeliveries.Waiting waiting) {
        var repository = repositories.known(waiting.repository());
        var tale = Tales.read(repository.host(), waiting.event(), deliveries.body(waiting), waiting.receivedAt());
        var outcome = chronicle.take(repository, tale, waiting.receivedAt());
        deliveries.done(waiting.id(), outcome.state(), outcome.says());
        if (tale instanceof Tale.Push && repository.host() == Host.GIT) {
            mirrors.request(repository.id(), time.instant());
        }
    }

    private void failed(HookDeliveries.@Nullable Waiting waiting, String says) {
        if (waiting != null) {
            transaction.executeWithoutResult(unused -> deliveries.done(waiting.id(), "failed", says));
        }
    }

    @Override
    public List<Work> work() {
        var before = last;
        return List.of(new Work(
                JOB, "Work off what webhooks brought", before, before == null ? null : before.plus(LOOKS), trouble));
    }

    @Override
    public boolean now(String id) {
        if (!id.equals(JOB)) {
            return false;
        }
        return readers.system(() -> {
            workOff();
            return true;
        });
    }
}
