package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.quality.reading.Readings;
import dev.conduct.quality.reading.ReportKind;
import dev.conduct.work.Products;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Takes reports in: reads one, keeps what it says and records it, in one transaction. The same bytes of the same
/// commit, build and environment are taken once.
@Component
class Intake {

    private static final int AT_ONCE = 4;

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ReportRows rows;
    private final RunRows runs;
    private final UnitedCoverage united;
    private final Ratchets ratchets;
    private final ComponentPaths paths;
    private final TellLinkedItems links;
    private final Products products;
    private final List<MockedNames> mocks;
    private final Ledger ledger;
    private final DataSource source;
    private final TransactionTemplate transaction;
    private final InstantSource time;

    Intake(
            ReportRows rows,
            RunRows runs,
            UnitedCoverage united,
            Ratchets ratchets,
            ComponentPaths paths,
            TellLinkedItems links,
            Products products,
            List<MockedNames> mocks,
            Ledger ledger,
            DataSource source,
            PlatformTransactionManager transactions,
            InstantSource time) {
        this.rows = rows;
        this.runs = runs;
        this.united = united;
        this.ratchets = ratchets;
        this.paths = paths;
        this.links = links;
        this.products = products;
        this.mocks = mocks;
        this.ledger = ledger;
        this.source = source;
        this.transaction = new TransactionTemplate(transactions);
        this.time = time;
    }

    /// @param fresh false when it was there already
    record Taken(Report report, boolean fresh) {}

    Taken take(Binding binding, InputStream body, Actor actor) {
        return take(binding, body, actor, "");
    }

    /// @param from for whom the actor hands it in, as the ledger names objects; empty for itself
    /// @throws Problem 400 when it is no report that is read, 404 without the product, 413 when it is too long, 503
    ///     when too many come at once
    Taken take(Binding binding, InputStream body, Actor actor, String from) {
        if (products.find(binding.product()).isEmpty()) {
            throw Problem.notFound("The product "
                    + binding.product()
                            .substring(0, Math.min(40, binding.product().length())));
        }
        if (!room.tryAcquire()) {
            throw Problem.unavailable("busy", AT_ONCE + " reports are being taken in. Send it again in a moment.");
        }
        try (var spool = Spool.of(body)) {
            var known = rows.find(binding, spool.digest());
            if (known.isPresent()) {
                return new Taken(known.get(), false);
            }
            var taken = Objects.requireNonNull(transaction.execute(_ -> read(binding, spool, actor, from)));
            if (taken.fresh()) {
                links.tell(taken.report());
            }
            return taken;
        } finally {
            room.release();
        }
    }

    private Taken read(Binding binding, Spool spool, Actor actor, String from) {
        rows.takeTime();
        products.holdNames(binding.product());
        var now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        var id = Ids.next(now);
        var connection = DataSourceUtils.getConnection(source);
        var known = new AtomicReference<Optional<Report>>(Optional.empty());
        try (var bytes = spool.open()) {
            var keeping = new Keeping(connection.unwrap(PGConnection.class), id, paths.rules(binding.product()));
            try {
                var kind = Readings.read(bytes, found -> {
                    var report = report(id, binding, found, spool, actor, now);
                    if (!rows.add(report)) {
                        known.set(rows.find(binding, spool.digest()));
                        return _ -> {};
                    }
                    return keeping;
                });
                if (known.get().isPresent()) {
                    return new Taken(known.get().get(), false);
                }
                keeping.end();
                var report = rows.total(report(id, binding, kind, spool, actor, now), keeping.totals(kind.family()));
                var run = runs.add(report, keeping.micros());
                if (kind.family() == ReportKind.Family.COVERAGE) {
                    united.add(report.id(), run);
                } else if (kind.family() == ReportKind.Family.FINDINGS) {
                    ratchets.judge(report, keeping.tools());
                }
                ledger.append(event(report, actor, from));
                return new Taken(report, true);
            } catch (RuntimeException refused) {
                keeping.cancel();
                throw refused;
            }
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        } catch (SQLException failed) {
            throw new IllegalStateException("the report cannot be written", failed);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    private List<String> mocked(Binding binding) {
        var said = binding.mocked();
        for (var known : mocks) {
            said = known.named(binding.product(), said);
        }
        return said;
    }

    private Report report(UUID id, Binding binding, ReportKind kind, Spool spool, Actor actor, Instant now) {
        return new Report(
                id,
                kind.word(),
                kind.family().name().toLowerCase(Locale.ROOT),
                binding.product(),
                binding.commit(),
                binding.branch(),
                binding.build(),
                binding.environment(),
                mocked(binding),
                spool.digest(),
                spool.bytes(),
                Map.of(),
                actor.id(),
                now);
    }

    private static NewEvent event(Report report, Actor actor, String from) {
        var data = new LinkedHashMap<String, Object>();
        data.put("product", report.product());
        data.put("commit", report.commit());
        data.put("build", report.build());
        data.put("environment", report.environment());
        if (!report.mocked().isEmpty()) {
            data.put("mocked", report.mocked());
        }
        if (!from.isEmpty()) {
            data.put("from", from);
        }
        data.put("kind", report.kind());
        data.put("digest", report.digest());
        data.put("bytes", report.bytes());
        data.put("totals", report.totals());
        return new NewEvent(
                report.receivedAt(),
                actor.id(),
                actor.via(),
                "report.receive",
                "report:" + report.id(),
                1,
                Outcome.SUCCESS,
                null,
                null,
                data,
                Map.of("branch", report.branch()));
    }
}
