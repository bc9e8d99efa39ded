package dev.conduct.ledger;

import dev.conduct.database.DataFolder;
import dev.conduct.database.KeyFile;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Ids;
import dev.conduct.ledger.verify.Beginning;
import dev.conduct.ledger.verify.CheckpointFile;
import dev.conduct.ledger.verify.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;

/// The way out of a rollback that nobody can undo: a log with a new key and a new origin, over the events that are
/// still there, whose first entry says which log was before it. While no server serves; as the owner of the tables.
///
/// The database is changed in one transaction. Then the old key and the old checkpoint file are put aside and the new
/// key into place, in an order in which a server refuses to start until all of it is done; whatever interrupts it, the
/// next call goes on where it ended.
@Component
@DependsOnDatabaseInitialization
public class BeginAnew {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final DataFolder folder;
    private final Sealing sealing;
    private final DataSource pool;
    private final DataSource owner;
    private final InstantSource time;
    private final String configured;

    BeginAnew(
            DataFolder folder,
            Sealing sealing,
            DataSource pool,
            @Qualifier("ownerDataSource") DataSource owner,
            InstantSource time,
            @Value("${conduct.ledger.origin:}") String configured) {
        this.folder = folder;
        this.sealing = sealing;
        this.pool = pool;
        this.owner = owner;
        this.time = time;
        this.configured = configured;
    }

    /// @param key verifier key of the new log
    /// @param entries how many it holds
    /// @param aside the files of the log before, under their new names
    public record Begun(String key, long entries, List<Path> aside) {}

    /// @param reason why, in words
    /// @param operator who does it, as the operating system knows them
    /// @param evenIfItContinues also when the database does continue what was signed here
    /// @throws StartRefused when a server serves, or there is no need, or nothing to begin from; nothing was
    ///     changed
    public Begun begin(String reason, String operator, boolean evenIfItContinues) throws IOException, SQLException {
        sealing.stop();
        closePool();
        try (var connection = owner.getConnection()) {
            requireAlone(connection);
            var next = folder.keys().resolve(LedgerKeys.NEXT_FILE);
            var interrupted = Files.exists(next)
                    && isOf(connection, LedgerKeys.signing(next).verifier());
            if (!interrupted) {
                var former = FormerLog.read(folder, new JdbcTemplate(of(connection)));
                if (!evenIfItContinues) {
                    requireBroken(connection, former);
                }
                if (!Files.exists(next)) {
                    LedgerKeys.writeNew(next, name());
                }
                var keys = new LedgerKeys(LedgerKeys.mac(folder.keys()), LedgerKeys.signing(next));
                new Resealing(connection, keys, former, time).reseal(reason, operator);
            }
            return swapAndSign(connection, next);
        }
    }

    private Begun swapAndSign(Connection connection, Path next) throws IOException {
        var keys = new LedgerKeys(LedgerKeys.mac(folder.keys()), LedgerKeys.signing(next));
        var aside = putAside(time.instant());
        Files.writeString(
                folder.keys().resolve(LedgerKeys.PUBLIC_FILE), keys.log().verifier() + "\n");
        KeyFile.move(next, folder.keys().resolve(LedgerKeys.LOG_FILE));
        var size = new JdbcTemplate(of(connection)).queryForObject("select size from ledger.tree", Long.class);
        var entries = Optional.ofNullable(size).orElseThrow();
        new Publisher(connection, keys, new CheckpointStore(folder.checkpoints()), time).publish(entries);
        return new Begun(keys.log().verifier().toString(), entries, aside);
    }

    /// The key first: without it no server starts.
    private List<Path> putAside(Instant now) throws IOException {
        var aside = new ArrayList<Path>();
        for (var file : List.of(
                folder.keys().resolve(LedgerKeys.LOG_FILE),
                folder.checkpoints().resolve(CheckpointFile.NAME),
                folder.keys().resolve(LedgerKeys.PUBLIC_FILE))) {
            if (Files.exists(file)) {
                var to = file.resolveSibling(file.getFileName() + "." + STAMP.format(now));
                KeyFile.move(file, to);
                aside.add(to);
            }
        }
        return aside;
    }

    private String name() {
        return configured.isBlank()
                ? "conduct/" + Ids.next(time.instant())
                : configured + "/" + STAMP.format(time.instant());
    }

    /// True when the tree in the database is already that of this key.
    private static boolean isOf(Connection connection, VerifierKey key) {
        return Boolean.TRUE.equals(new JdbcTemplate(of(connection))
                .queryForObject("""
                        select exists (select from ledger.leaf join ledger.event on event.row = leaf.row
                                        where leaf.index = 0 and event.action = ? and event.object = ?)
                        """, Boolean.class, Beginning.ACTION, Resealing.object(key)));
    }

    private static void requireBroken(Connection connection, FormerLog former) {
        try {
            Publisher.requireContinued(new JdbcTemplate(of(connection)), former.last());
        } catch (Publisher.Broken e) {
            return;
        }
        throw new StartRefused("The database continues what was signed here: there is no need to begin anew. Nothing"
                + " was changed. Where a witness knows of more, say so with --even-if-it-continues.");
    }

    /// Of the servers on an external database each has a folder of its own: the lock of this one says nothing of them.
    private static void requireAlone(Connection connection) {
        var jdbc = new JdbcTemplate(of(connection));
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            var others = jdbc.queryForObject("""
                    select count(*) from pg_stat_activity
                     where datname = current_database() and application_name = 'conduct' and pid <> pg_backend_pid()
                    """, Long.class);
            if (others != null
                    && others == 0
                    && Boolean.TRUE.equals(
                            jdbc.queryForObject("select pg_try_advisory_lock(?)", Boolean.class, Sealing.LOCK))) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new StartRefused("A server is connected to this database. Stop every one that serves it first."
                        + " Nothing was changed.");
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    /// Its connections would look like those of a server.
    private void closePool() {
        if (pool instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                throw new IllegalStateException("a pool always closes", e);
            }
        }
    }

    private static DataSource of(Connection connection) {
        return new SingleConnectionDataSource(connection, true);
    }
}
