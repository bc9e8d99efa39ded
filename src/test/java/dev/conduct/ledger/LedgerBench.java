package dev.conduct.ledger;

import dev.conduct.ledger.verify.DatabaseVerifier;
import dev.conduct.ledger.verify.Verify;
import dev.conduct.support.ConductTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/// The ledger's figures on this machine, on a durable database: `mvn surefire:test -Dtest=LedgerBench -Dbench=8` gives
/// every cell 8 seconds; `-Dbench.entries=1000000` fills the log that is verified.
@ConductTest(properties = "test.alone=LedgerBench")
@EnabledIfSystemProperty(named = "bench", matches = "\\d+")
class LedgerBench {

    private static final int BATCH = 1_000;

    private final Ledger ledger;
    private final LedgerStatuses statuses;
    private final Bundles bundles;
    private final TransactionTemplate transaction;
    private final JdbcTemplate jdbc;
    private final LedgerFixture fixture;
    private final Duration cell = Duration.ofSeconds(Long.getLong("bench", 8));
    private final AtomicLong number = new AtomicLong();

    LedgerBench(
            Ledger ledger,
            LedgerStatuses statuses,
            Bundles bundles,
            TransactionTemplate transaction,
            JdbcTemplate jdbc,
            Environment environment) {
        this.ledger = ledger;
        this.statuses = statuses;
        this.bundles = bundles;
        this.transaction = transaction;
        this.jdbc = jdbc;
        this.fixture = new LedgerFixture(environment);
    }

    @Test
    void figures() throws Exception {
        asOwner("alter system set fsync = on", "alter system set synchronous_commit = on");
        asOwner("alter system set full_page_writes = on", "select pg_reload_conf()");
        try {
            asOwner("create table public.raw (id bigint generated always as identity primary key, entry bytea)");
            asOwner("grant insert on public.raw to public");
            for (var writers : new int[] {1, 1, 8, 32, 64}) {
                compare(writers);
            }
            fill(Long.getLong("bench.entries", 0));
            verify();
        } finally {
            asOwner("alter system reset all", "select pg_reload_conf()");
        }
    }

    private void compare(int writers) throws Exception {
        var bytes = new byte[700];
        var raw = load(writers, () -> jdbc.update("insert into public.raw (entry) values (?)", bytes));
        var before = statuses.read().size();
        var began = System.nanoTime();
        var sampled = new ArrayList<Long>();
        List<Long> append;
        try (var sampler = Executors.newSingleThreadExecutor()) {
            var sampling = sampler.submit(() -> {
                var end = System.nanoTime() + cell.toNanos();
                while (System.nanoTime() < end) {
                    sampled.add(untilSealed());
                }
            });
            append = load(writers, this::appendOne);
            sampling.get();
        }
        LedgerFixture.until(() -> statuses.read().unsealed() == 0);
        var sealed = statuses.read().size() - before;
        System.out.printf(
                "%2d writers: raw insert %6.0f/s p50 %s p99 %s | event in its transaction %6.0f/s p50 %s p99 %s"
                        + " | sealed %6.0f/s, sealed after p50 %s p99 %s (%d samples)%n",
                writers,
                raw.size() / (double) cell.toSeconds(),
                share(raw, 50),
                share(raw, 99),
                append.size() / (double) cell.toSeconds(),
                share(append, 50),
                share(append, 99),
                sealed / ((System.nanoTime() - began) / 1e9),
                share(sampled, 50),
                share(sampled, 99),
                sampled.size());
    }

    private int appendOne() {
        var n = number.incrementAndGet();
        transaction.executeWithoutResult(t -> ledger.append(LedgerFixture.event("item:BENCH-" + n % 1000, n / 1000)));
        return 1;
    }

    private long untilSealed() {
        var began = System.nanoTime();
        var object = "item:SAMPLE-" + number.incrementAndGet();
        ledger.appendAlone(LedgerFixture.event(object, 1));
        LedgerFixture.until(() -> ledger.eventsOf(object).getFirst().entry() != null);
        return System.nanoTime() - began;
    }

    private List<Long> load(int writers, Callable<Integer> act) throws Exception {
        var all = new ArrayList<Long>();
        try (var pool = Executors.newFixedThreadPool(writers)) {
            var end = System.nanoTime() + cell.toNanos();
            var each = IntStream.range(0, writers)
                    .mapToObj(writer -> pool.submit(() -> {
                        var took = new ArrayList<Long>();
                        for (var began = System.nanoTime(); began < end; began = System.nanoTime()) {
                            act.call();
                            took.add(System.nanoTime() - began);
                        }
                        return took;
                    }))
                    .toList();
            for (Future<ArrayList<Long>> one : each) {
                all.addAll(one.get());
            }
        }
        Collections.sort(all);
        return all;
    }

    private void fill(long entries) {
        var began = System.nanoTime();
        var start = statuses.read().size();
        for (var filled = start; filled < entries; filled += BATCH) {
            var events = IntStream.range(0, BATCH)
                    .mapToLong(i -> number.incrementAndGet())
                    .mapToObj(n -> LedgerFixture.event("item:FILL-" + n % 100_000, n / 100_000))
                    .toList();
            transaction.executeWithoutResult(t -> ledger.appendAll(events));
        }
        var appended = System.nanoTime();
        while (statuses.read().unsealed() > 0
                || statuses.read().checkpointSize() < statuses.read().size()) {
            java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
        }
        var sealed = System.nanoTime();
        System.out.printf(
                "bulk: %d events appended at %.0f/s by one writer, all sealed and signed %.1f s later (%.0f/s)%n",
                entries - start,
                (entries - start) / ((appended - began) / 1e9),
                (sealed - appended) / 1e9,
                (entries - start) / ((sealed - began) / 1e9));
    }

    private void verify() throws Exception {
        asOwner("vacuum analyze ledger.event", "vacuum analyze ledger.leaf", "vacuum analyze ledger.content");
        try (var connection = fixture.asOwner()) {
            var began = System.nanoTime();
            var verdict = DatabaseVerifier.verify(
                    connection, fixture.verifierKey(), fixture.macKey(), fixture.checkpointFile());
            print("verify, database", verdict.entries(), began);
        }
        var file = Path.of("target", "bench-bundle.zip");
        var wrote = System.nanoTime();
        try (var out = Files.newOutputStream(file)) {
            bundles.whole(false, out);
        }
        print("write bundle", statuses.read().checkpointSize(), wrote);
        var began = System.nanoTime();
        var exit = Verify.run(List.of(file.toString()), System.out, System.err);
        if (exit != 0) {
            throw new AssertionError("the bundle does not hold");
        }
        print(
                "verify, bundle of " + Files.size(file) / 1_000_000 + " MB",
                statuses.read().checkpointSize(),
                began);
        Files.delete(file);
    }

    private static void print(String what, long entries, long began) {
        var seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("%s: %d entries in %.1f s (%.0f/s)%n", what, entries, seconds, entries / seconds);
    }

    private static String share(List<Long> sorted, int percent) {
        var copy = new ArrayList<>(sorted);
        Collections.sort(copy);
        return String.format("%.1f ms", copy.get(Math.min(copy.size() - 1, copy.size() * percent / 100)) / 1e6);
    }

    private void asOwner(String... statements) throws SQLException {
        try (var connection = fixture.asOwner();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
