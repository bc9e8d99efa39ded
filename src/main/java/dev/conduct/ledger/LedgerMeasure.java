package dev.conduct.ledger;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The ledger's own figures on this machine: how many events a second are recorded and sealed by so many writers, how
/// long one waits for its seal, how long it takes to check them all. For an installation that nobody uses: what it
/// writes stays for ever.
@Component
public class LedgerMeasure {

    private static final String ACTOR = "system:bench";
    private static final int BATCH = 1_000;
    private static final int[] WRITERS = {1, 8, 32, 64};
    private static final int[] WRITERS_ON_A_SLOWER_DISK = {1, 64};
    private static final int SLOWER_BY_MICROSECONDS = 2_000;

    private final Ledger ledger;
    private final LedgerStatuses statuses;
    private final LedgerCheck check;
    private final Sealing sealing;
    private final JdbcTemplate jdbc;
    private final JdbcTemplate owner;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final AtomicLong number = new AtomicLong();

    LedgerMeasure(
            Ledger ledger,
            LedgerStatuses statuses,
            LedgerCheck check,
            Sealing sealing,
            JdbcTemplate jdbc,
            @Qualifier("ownerDataSource") DataSource owner,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.ledger = ledger;
        this.statuses = statuses;
        this.check = check;
        this.sealing = sealing;
        this.jdbc = jdbc;
        this.owner = new JdbcTemplate(owner);
        this.time = time;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// @param cell how long each number of writers writes
    /// @param entries how many there are when all are checked
    /// @param tell takes one figure after the other, `what=value`
    /// @throws IllegalStateException when somebody works here
    public void run(Duration cell, long entries, Consumer<String> tell) throws Exception {
        var used = jdbc.queryForObject(
                "select exists (select from ledger.event where actor not like 'system:%')", Boolean.class);
        if (Boolean.TRUE.equals(used)) {
            throw new IllegalStateException("people or programs have worked here; measure in an empty folder");
        }
        if (!sealing.isRunning()) {
            sealing.start();
        }
        compare(1, "", cell.dividedBy(2), line -> {});
        for (var writers : WRITERS) {
            compare(writers, "", cell, tell);
        }
        onASlowerDisk(cell, tell);
        fill(entries, tell);
        checkAll(tell);
    }

    /// As on a disk that takes two milliseconds more for each flush: PostgreSQL itself waits so long before it.
    private void onASlowerDisk(Duration cell, Consumer<String> tell) throws Exception {
        set("set commit_delay = " + SLOWER_BY_MICROSECONDS, "set commit_siblings = 0");
        try {
            for (var writers : WRITERS_ON_A_SLOWER_DISK) {
                compare(writers, ", each flush 2 ms later", cell, tell);
            }
        } finally {
            set("reset commit_delay", "reset commit_siblings");
        }
    }

    private void set(String... changes) {
        for (var change : changes) {
            owner.execute("alter system " + change);
        }
        owner.queryForObject("select pg_reload_conf()", Boolean.class);
    }

    private void compare(int writers, String where, Duration cell, Consumer<String> tell) throws Exception {
        var before = statuses.read().size();
        var since = time.instant();
        var began = System.nanoTime();
        var waits = new ArrayList<Long>();
        List<Long> writes;
        try (var sampler = Executors.newSingleThreadExecutor()) {
            var sampling = sampler.submit(() -> {
                for (var end = began + cell.toNanos(); System.nanoTime() < end; ) {
                    waits.add(untilSealed());
                }
            });
            writes = load(writers, began + cell.toNanos());
            sampling.get();
        }
        while (statuses.read().unsealed() > 0) {
            LockSupport.parkNanos(1_000_000);
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        tell.accept(String.format(
                Locale.ROOT,
                "ledger, %d writer%s%s=%,.0f sealed a second; recorded p50 %s, p99 %s; sealed after p50 %s, p99 %s;"
                        + " checkpoints at most %.1f s apart",
                writers,
                writers == 1 ? "" : "s",
                where,
                (statuses.read().size() - before) / seconds,
                share(writes, 50),
                share(writes, 99),
                share(waits, 50),
                share(waits, 99),
                betweenCheckpoints(since)));
    }

    /// The longest, in seconds.
    private double betweenCheckpoints(Instant since) {
        return Objects.requireNonNull(
                jdbc.queryForObject("""
                select coalesce(extract(epoch from max(apart)), 0)
                  from (select published_at - lag(published_at) over (order by size) as apart
                          from ledger.checkpoint where published_at >= ?) checkpoint
                """, Double.class, OffsetDateTime.ofInstant(since, ZoneOffset.UTC)));
    }

    private List<Long> load(int writers, long end) throws Exception {
        var all = new ArrayList<Long>();
        try (var pool = Executors.newFixedThreadPool(writers)) {
            var each = IntStream.range(0, writers)
                    .mapToObj(writer -> pool.submit(() -> {
                        var took = new ArrayList<Long>();
                        for (var began = System.nanoTime(); began < end; began = System.nanoTime()) {
                            transaction.executeWithoutResult(open -> ledger.append(event()));
                            took.add(System.nanoTime() - began);
                        }
                        return took;
                    }))
                    .toList();
            for (Future<ArrayList<Long>> one : each) {
                all.addAll(one.get());
            }
        }
        return all;
    }

    private long untilSealed() {
        var began = System.nanoTime();
        var row = ledger.appendAlone(event()).row();
        while (Boolean.TRUE.equals(
                jdbc.queryForObject("select exists (select from ledger.pending where row = ?)", Boolean.class, row))) {
            LockSupport.parkNanos(1_000_000);
        }
        return System.nanoTime() - began;
    }

    private void fill(long entries, Consumer<String> tell) {
        var began = System.nanoTime();
        var start = statuses.read().size();
        for (var filled = start; filled < entries; filled += BATCH) {
            var events = IntStream.range(0, BATCH).mapToObj(i -> event()).toList();
            transaction.executeWithoutResult(open -> ledger.appendAll(events));
        }
        while (statuses.read().unsealed() > 0
                || statuses.read().checkpointSize() < statuses.read().size()) {
            LockSupport.parkNanos(50_000_000);
        }
        if (statuses.read().size() > start) {
            tell.accept(String.format(
                    Locale.ROOT,
                    "ledger, one writer in bulk=%,.0f recorded, sealed and signed a second",
                    (statuses.read().size() - start) / ((System.nanoTime() - began) / 1e9)));
        }
    }

    private void checkAll(Consumer<String> tell) throws Exception {
        var began = System.nanoTime();
        var result = check.check();
        if (result.broken() != null) {
            throw new IllegalStateException(result.broken());
        }
        var seconds = (System.nanoTime() - began) / 1e9;
        tell.accept(String.format(
                Locale.ROOT,
                "ledger, all entries checked=%,d in %.1f s: %,.0f a second",
                result.entries(),
                seconds,
                result.entries() / seconds));
    }

    private NewEvent event() {
        var n = number.incrementAndGet();
        return new NewEvent(
                time.instant(),
                ACTOR,
                "cli",
                "bench.write",
                "bench:" + n % 100_000,
                n / 100_000 + 1,
                Outcome.SUCCESS,
                "BUG-1",
                "2026.11",
                Map.of("from", "logged", "to", "triaged"),
                Map.of("title", "A title of version " + n));
    }

    private static String share(List<Long> unsorted, int percent) {
        var sorted = new ArrayList<>(unsorted);
        Collections.sort(sorted);
        return sorted.isEmpty()
                ? "–"
                : String.format(
                        Locale.ROOT,
                        "%.1f ms",
                        sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100)) / 1e6);
    }
}
