package dev.conduct.keys;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import java.security.GeneralSecurityException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Brings everything of a purpose under a new key while the server works: some rows at a time, each batch its own
/// transaction, past rows that are in use. What is done is done after a crash too; the rest goes on at the next start.
/// Old keys are destroyed when nothing lies under them any more.
@Component
public class Rotations {

    static final int BATCH = 200;
    /// Until then every node writes under the new key.
    static final Duration KNOWN_EVERYWHERE = Duration.ofSeconds(60);

    private static final String SYSTEM = "system:keys";

    private final JdbcClient db;
    private final Keysets keysets;
    private final List<SealedStore> stores;
    private final InstantSource time;
    private final TransactionTemplate transaction;
    private final ApplicationEventPublisher events;
    private volatile boolean looked;

    Rotations(
            JdbcClient db,
            Keysets keysets,
            List<SealedStore> stores,
            InstantSource time,
            TransactionTemplate transaction,
            ApplicationEventPublisher events) {
        this.db = db;
        this.keysets = keysets;
        this.stores = stores;
        this.time = time;
        this.transaction = transaction;
        this.events = events;
    }

    /// @param total values that were to be brought under the key when it began
    /// @param finishedAt null while it is under way
    public record Rotation(
            UUID id,
            Purpose purpose,
            long key,
            String startedBy,
            Instant startedAt,
            long total,
            long done,
            @Nullable Instant finishedAt) {

        /// Of a hundred.
        public int percent() {
            return finishedAt != null ? 100 : total == 0 ? 0 : (int) Math.min(99, 100 * done / total);
        }
    }

    /// Makes a new key and begins to bring everything under it.
    ///
    /// @throws Problem 409 while another rotation of the purpose is under way
    public Rotation begin(Purpose purpose, String by, String via) {
        return Objects.requireNonNull(transaction.execute(open -> {
            one(purpose);
            if (running(purpose).isPresent()) {
                throw Problem.conflict(
                        "rotation_running", "A rotation of these keys is under way. Wait until it has finished.");
            }
            try {
                var key = keysets.add(purpose).primary();
                events.publishEvent(new KeyChange("begin", purpose.word(), hex(key), by, via));
                return noted(purpose, key, by);
            } catch (GeneralSecurityException failure) {
                throw new IllegalStateException("no key could be made", failure);
            }
        }));
    }

    /// Does the next batch of every rotation and says when to be asked again.
    public @Nullable Instant step(Instant now) {
        keysets.refresh();
        if (!looked) {
            looked = true;
            encryptWhatIsPlain();
        }
        Instant next = null;
        for (var rotation : unfinished()) {
            var again = step(rotation, now);
            next = next == null || again != null && again.isBefore(next) ? again : next;
        }
        return next;
    }

    /// To its end, by this thread; other nodes may help.
    public void finish(Rotation rotation, java.util.function.Consumer<Rotation> progress) {
        for (var now = find(rotation.id());
                now.finishedAt() == null && now.done() < now.total();
                now = find(rotation.id())) {
            progress.accept(now);
            if (renewed(now) == 0) {
                return;
            }
        }
        step(find(rotation.id()), time.instant());
    }

    /// Newest first.
    public List<Rotation> all(int most) {
        return db.sql("select * from keys.rotation order by started_at desc, id desc limit :most")
                .param("most", most)
                .query(Rotations::rotation)
                .list();
    }

    public Rotation find(UUID id) {
        return db.sql("select * from keys.rotation where id = :id")
                .param("id", id)
                .query(Rotations::rotation)
                .single();
    }

    private @Nullable Instant step(Rotation rotation, Instant now) {
        if (rotation.finishedAt() != null) {
            return null;
        }
        if (renewed(rotation) > 0) {
            return now;
        }
        var known = rotation.startedAt().plus(KNOWN_EVERYWHERE);
        if (now.isBefore(known)) {
            return known;
        }
        if (left(rotation) > 0) {
            return now.plusSeconds(5);
        }
        transaction.executeWithoutResult(open -> finished(rotation));
        return null;
    }

    private int renewed(Rotation rotation) {
        return Objects.requireNonNull(transaction.execute(open -> {
            var renewed = 0;
            for (var store : stores) {
                if (store.purpose() == rotation.purpose() && renewed < BATCH) {
                    renewed += store.renew(BATCH - renewed);
                }
            }
            db.sql("update keys.rotation set done = done + :renewed where id = :id")
                    .param("renewed", renewed)
                    .param("id", rotation.id())
                    .update();
            return renewed;
        }));
    }

    private long left(Rotation rotation) {
        return rows(rotation.purpose()).entrySet().stream()
                .filter(rows -> rows.getKey() != rotation.key())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private void finished(Rotation rotation) {
        one(rotation.purpose());
        var now = time.instant();
        var closed = db.sql("update keys.rotation set finished_at = :now where id = :id and finished_at is null")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("id", rotation.id())
                .update();
        if (closed == 0) {
            return;
        }
        events.publishEvent(
                new KeyChange("finish", rotation.purpose().word(), hex(rotation.key()), SYSTEM, "scheduler"));
        try {
            for (var id : keysets.reread(rotation.purpose()).ids()) {
                if (id != rotation.key()) {
                    keysets.remove(rotation.purpose(), id);
                    events.publishEvent(
                            new KeyChange("destroy", rotation.purpose().word(), hex(id), SYSTEM, "scheduler"));
                }
            }
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("an old key could not be taken away", failure);
        }
    }

    /// What was written before it was encrypted at all. Once a start: nothing writes so any more.
    private void encryptWhatIsPlain() {
        for (var purpose : Purpose.values()) {
            if (rows(purpose).containsKey(SealedStore.PLAIN)) {
                transaction.executeWithoutResult(open -> {
                    one(purpose);
                    if (running(purpose).isEmpty()) {
                        noted(purpose, keysets.of(purpose).primary(), SYSTEM);
                    }
                });
            }
        }
    }

    /// Of all stores of a purpose, by key.
    Map<Long, Long> rows(Purpose purpose) {
        var all = new java.util.TreeMap<Long, Long>();
        for (var store : stores) {
            if (store.purpose() == purpose) {
                store.perKey().forEach((key, rows) -> all.merge(key, rows, Long::sum));
            }
        }
        return all;
    }

    private Rotation noted(Purpose purpose, long key, String by) {
        var id = Ids.next(time.instant());
        var total = rows(purpose).entrySet().stream()
                .filter(rows -> rows.getKey() != key)
                .mapToLong(Map.Entry::getValue)
                .sum();
        db.sql("""
                insert into keys.rotation (id, purpose, key, started_by, started_at, total, done)
                values (:id, :purpose, :key, :by, :now, :total, 0)
                """)
                .param("id", id)
                .param("purpose", purpose.word())
                .param("key", key)
                .param("by", by)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .param("total", total)
                .update();
        return find(id);
    }

    private Optional<Rotation> running(Purpose purpose) {
        return unfinished().stream().filter(one -> one.purpose() == purpose).findFirst();
    }

    private List<Rotation> unfinished() {
        return db.sql("select * from keys.rotation where finished_at is null order by started_at")
                .query(Rotations::rotation)
                .list();
    }

    /// One at a time begins or ends a rotation of a purpose.
    private void one(Purpose purpose) {
        db.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", 0x636f_6e64_6b65_7900L + purpose.ordinal())
                .query((row, number) -> 0)
                .single();
    }

    /// How a key is named everywhere.
    static String hex(long key) {
        return String.format("%08x", key);
    }

    private static Rotation rotation(ResultSet row, int number) throws SQLException {
        var finished = row.getObject("finished_at", OffsetDateTime.class);
        return new Rotation(
                row.getObject("id", UUID.class),
                Purpose.of(row.getString("purpose")),
                row.getLong("key"),
                row.getString("started_by"),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                row.getLong("total"),
                row.getLong("done"),
                finished == null ? null : finished.toInstant());
    }
}
