package dev.conduct.keys;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Which keys there are, and how much lies under each. Says nothing that could open anything.
@Component
public class KeyStatus {

    private final JdbcClient db;
    private final Keysets keysets;
    private final Rotations rotations;
    private final List<SealedStore> stores;
    private final TransactionTemplate reading;

    KeyStatus(
            JdbcClient db,
            Keysets keysets,
            Rotations rotations,
            List<SealedStore> stores,
            TransactionTemplate reading) {
        this.db = db;
        this.keysets = keysets;
        this.rotations = rotations;
        this.stores = stores;
        this.reading = reading;
    }

    /// @param where the root key lies, in words
    /// @param erased subjects whose key was destroyed
    public record Overview(
            String provider,
            String root,
            String where,
            List<Keys> purposes,
            long subjects,
            long erased,
            List<Rotations.Rotation> rotations) {}

    /// @param plain values that are not encrypted yet
    public record Keys(Purpose purpose, List<Key> keys, List<Store> stores, long plain) {

        /// When the key was made under which everything is written now.
        public Instant since() {
            return keys.stream()
                    .filter(key -> key.state().equals("writes"))
                    .map(Key::madeAt)
                    .findFirst()
                    .orElseThrow();
        }

        public long rows() {
            return keys.stream().mapToLong(Key::rows).sum();
        }
    }

    /// @param id as it stands before every ciphertext, in hex
    /// @param state `writes`, `opens` (an old one that is still needed) or `destroyed`
    public record Key(
            String id,
            String state,
            Instant madeAt,
            @Nullable Instant destroyedAt,
            long rows) {}

    public record Store(String says, long rows) {}

    private record Made(
            String purpose, long id, Instant at, @Nullable Instant destroyedAt) {}

    public Overview now() {
        return Objects.requireNonNull(reading.execute(open -> {
            db.sql("set local statement_timeout = '60s'").update();
            return read();
        }));
    }

    /// When the keys were made under which everything is written now: the newest of each purpose.
    public Map<Purpose, Instant> writingSince() {
        var since = new EnumMap<Purpose, Instant>(Purpose.class);
        db.sql("select purpose, max(made_at) as made_at from keys.key group by purpose")
                .query(row -> {
                    since.put(
                            Purpose.of(row.getString("purpose")),
                            row.getObject("made_at", OffsetDateTime.class).toInstant());
                });
        return since;
    }

    private Overview read() {
        keysets.refresh();
        var made = db.sql("select purpose, id, made_at, destroyed_at from keys.key order by made_at desc, id")
                .query(KeyStatus::made)
                .list();
        var purposes = java.util.Arrays.stream(Purpose.values())
                .map(purpose -> keys(purpose, made))
                .toList();
        var subjects = db.sql("select count(*) as all, count(erased_at) as erased from keys.subject")
                .query((row, number) -> new long[] {row.getLong("all"), row.getLong("erased")})
                .single();
        var root = keysets.root();
        return new Overview(
                root.provider(), root.id(), root.where(), purposes, subjects[0], subjects[1], rotations.all(20));
    }

    private Keys keys(Purpose purpose, List<Made> made) {
        var held = keysets.of(purpose);
        var ours = stores.stream().filter(store -> store.purpose() == purpose).toList();
        var counts = ours.stream().map(SealedStore::perKey).toList();
        var listed = made.stream()
                .filter(key -> key.purpose().equals(purpose.word()))
                .map(key -> new Key(
                        Rotations.hex(key.id()),
                        key.destroyedAt() != null ? "destroyed" : key.id() == held.primary() ? "writes" : "opens",
                        key.at(),
                        key.destroyedAt(),
                        sum(counts, key.id())))
                .toList();
        var kept = new java.util.ArrayList<Store>();
        for (var i = 0; i < ours.size(); i++) {
            kept.add(new Store(
                    ours.get(i).says(),
                    counts.get(i).values().stream().mapToLong(Long::longValue).sum()));
        }
        return new Keys(purpose, listed, List.copyOf(kept), sum(counts, SealedStore.PLAIN));
    }

    private static long sum(List<Map<Long, Long>> counts, long key) {
        return counts.stream().mapToLong(rows -> rows.getOrDefault(key, 0L)).sum();
    }

    private static Made made(ResultSet row, int number) throws SQLException {
        var destroyed = row.getObject("destroyed_at", OffsetDateTime.class);
        return new Made(
                row.getString("purpose"),
                row.getLong("id"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                destroyed == null ? null : destroyed.toInstant());
    }
}
