package dev.conduct.ledger;

import dev.conduct.ledger.verify.Merkle;
import dev.conduct.ledger.verify.Secrets;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Seals what was committed: gives each event the next index of the tree. It has a turn (epoch); the size of the tree
/// moves only from what it knows and only within its turn, so one that was paused and overtaken can seal nothing more.
final class Sequencer {

    static final int MOST_AT_ONCE = 2_000;

    private static final Logger log = LoggerFactory.getLogger(Sequencer.class);

    private final Connection connection;
    private final JdbcTemplate jdbc;
    private final LedgerKeys keys;
    private final InstantSource time;
    private final long epoch;
    private long size;
    private final List<List<byte[]>> openTiles = new ArrayList<>();

    record Pending(long row, byte @Nullable [] entry, byte @Nullable [] mac) {}

    private record FullTile(int level, long index, byte[] hashes) {}

    /// Takes the next turn.
    Sequencer(Connection connection, LedgerKeys keys, InstantSource time) {
        this.connection = connection;
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        this.keys = keys;
        this.time = time;
        this.epoch = one("update ledger.tree set epoch = epoch + 1 returning epoch");
        this.size = one("select size from ledger.tree");
        var tiles = new Tiles(jdbc);
        for (var level = 0; size >> (Tiles.LEVELS_PER_TILE * level) > 0; level++) {
            var hashes = size >> (Tiles.LEVELS_PER_TILE * level);
            var open = (int) (hashes % Tiles.WIDTH);
            openTiles.add(open == 0 ? new ArrayList<>() : new ArrayList<>(tiles.tile(level, hashes / Tiles.WIDTH)));
        }
    }

    private long one(String sql) {
        return Optional.ofNullable(jdbc.queryForObject(sql, Long.class)).orElseThrow();
    }

    long size() {
        return size;
    }

    /// Seals up to 2,000 of the events that wait, in the order of their rows, in one transaction.
    ///
    /// @return how many were taken from the queue
    /// @throws Overtaken when another sequencer has its turn
    int seal() throws SQLException {
        connection.setAutoCommit(false);
        try {
            var taken = sealWaiting();
            connection.commit();
            return taken;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private int sealWaiting() throws SQLException {
        var waiting = jdbc.query(
                """
                select pending.row, event.entry, event.mac
                  from ledger.pending
                  left join ledger.event on event.row = pending.row
                 order by pending.row
                 limit ?
                """, (row, number) -> new Pending(row.getLong(1), row.getBytes(2), row.getBytes(3)), MOST_AT_ONCE);
        if (waiting.isEmpty()) {
            return 0;
        }
        var genuine = new ArrayList<Pending>(waiting.size());
        for (var pending : waiting) {
            if (isGenuine(pending)) {
                genuine.add(pending);
            } else {
                quarantine(pending);
            }
        }
        append(genuine);
        jdbc.update(
                "delete from ledger.pending where row = any (?)",
                new Object[] {waiting.stream().map(Pending::row).toArray(Long[]::new)});
        return waiting.size();
    }

    private boolean isGenuine(Pending pending) {
        return pending.entry() != null
                && pending.mac() != null
                && MessageDigest.isEqual(Secrets.code(keys.mac(), pending.entry()), pending.mac());
    }

    private void quarantine(Pending pending) {
        var says = pending.entry() == null
                ? "The event was removed before it was sealed."
                : "The event's code does not fit: it was forged, or changed before it was sealed.";
        log.error("LEDGER_QUARANTINE row {}: {}", pending.row(), says);
        jdbc.update(
                "insert into ledger.quarantine (row, says, quarantined_at) values (?, ?, ?::timestamptz)"
                        + " on conflict do nothing",
                pending.row(),
                says,
                time.instant().toString());
    }

    /// In the transaction that is open.
    void append(List<Pending> genuine) throws SQLException {
        if (genuine.isEmpty()) {
            return;
        }
        var moved =
                jdbc.query("""
                with moved as (update ledger.tree set size = ? where epoch = ? and size = ? returning size)
                select pg_notify('%s', size::text) from moved
                """.formatted(Ledger.SEALED), (row, number) -> number, size + genuine.size(), epoch, size);
        if (moved.isEmpty()) {
            throw new Overtaken();
        }
        var hashes = genuine.stream()
                .map(pending -> Merkle.leaf(java.util.Objects.requireNonNull(pending.entry())))
                .toArray(byte[][]::new);
        jdbc.update(
                """
                insert into ledger.leaf (index, row, hash)
                select ? + place - 1, row, hash
                  from unnest(?::bigint[], ?::bytea[]) with ordinality as new (row, hash, place)
                 order by place
                """,
                size,
                genuine.stream().map(Pending::row).toArray(Long[]::new),
                connection.createArrayOf("bytea", hashes));
        var full = new ArrayList<FullTile>();
        for (var i = 0; i < hashes.length; i++) {
            grow(0, hashes[i], size + i, full);
        }
        for (var tile : full) {
            jdbc.update(
                    "insert into ledger.tile (level, index, hashes) values (?, ?, ?)",
                    tile.level(),
                    tile.index(),
                    tile.hashes());
        }
        size += hashes.length;
    }

    private void grow(int level, byte[] hash, long index, List<FullTile> full) {
        if (openTiles.size() == level) {
            openTiles.add(new ArrayList<>());
        }
        var open = openTiles.get(level);
        open.add(hash);
        if (open.size() == Tiles.WIDTH) {
            var joined = new ByteArrayOutputStream(Tiles.WIDTH * Merkle.LENGTH);
            open.forEach(joined::writeBytes);
            full.add(new FullTile(level, index / Tiles.WIDTH, joined.toByteArray()));
            grow(level + 1, Tiles.root(open), index / Tiles.WIDTH, full);
            open.clear();
        }
    }

    /// Another sequencer took over; what this one was about to seal stays in the queue.
    static final class Overtaken extends RuntimeException {

        Overtaken() {
            super("another sequencer has its turn");
        }
    }
}
