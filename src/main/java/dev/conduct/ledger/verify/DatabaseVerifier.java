package dev.conduct.ledger.verify;

import dev.conduct.ledger.verify.BundleVerifier.Value;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Checks a whole ledger in its database against everything that was ever signed, in one pass and in one snapshot, so
/// that it may run beside a serving server. Keeps nothing but the tree's edge and two numbers per object in memory.
public final class DatabaseVerifier {

    private static final int AT_ONCE = 4_000;

    private final Connection connection;
    private final VerifierKey key;
    private final byte @Nullable [] mac;
    private final SignedTrees signed = new SignedTrees();
    private final Order order = new Order();
    private final TileCheck tiles;
    private long erased;

    private DatabaseVerifier(Connection connection, VerifierKey key, byte @Nullable [] mac) {
        this.connection = connection;
        this.key = key;
        this.mac = mac;
        this.tiles = new TileCheck(connection);
    }

    /// @param mac the key of the events' codes, null when it is not at hand
    /// @param file what the file beside the database remembers, read before the connection was opened
    public static Verdict verify(Connection connection, VerifierKey key, byte @Nullable [] mac, CheckpointFile file)
            throws SQLException, Broken {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return within(connection, key, mac, file);
        } finally {
            connection.rollback();
        }
    }

    /// The same, within the transaction that is open.
    static Verdict within(Connection connection, VerifierKey key, byte @Nullable [] mac, CheckpointFile file)
            throws SQLException, Broken {
        try (var statement = connection.createStatement()) {
            // In the order of the index, one look-up an event: a join by hash would spill the ledger to the disk.
            statement.execute("set local statement_timeout = 0; set local enable_hashjoin = off;"
                    + " set local enable_mergejoin = off; set local enable_sort = off; set local jit = off");
        }
        return new DatabaseVerifier(connection, key, mac).verify(file);
    }

    private Verdict verify(CheckpointFile file) throws SQLException, Broken {
        collectSigned(file);
        var entries = readSealed();
        signed.end();
        tiles.end();
        checkSize(entries);
        checkBeside();
        return new Verdict(
                entries,
                signed.lastSigned(),
                signed.root(),
                signed.count(),
                entries - signed.lastSigned(),
                erased,
                mac != null);
    }

    private void collectSigned(CheckpointFile file) throws SQLException, Broken {
        for (var promise : file.promises()) {
            signed.add(promise.size(), promise.root(), "the checkpoint over " + promise.size() + " in the file");
        }
        for (var note : file.notes()) {
            signed.add(opened(note, "the checkpoint file"), "a checkpoint in the file");
        }
        try (var statement = prepared("select size, root, note from ledger.checkpoint order by size");
                var row = statement.executeQuery()) {
            while (row.next()) {
                var where = "the checkpoint over " + row.getLong(1) + " in the database";
                var checkpoint = opened(row.getString(3), where);
                if (checkpoint.size() != row.getLong(1) || !Arrays.equals(checkpoint.root(), row.getBytes(2))) {
                    throw new Broken(null, where + " says something else than its signed note.");
                }
                signed.add(checkpoint, where);
            }
        }
    }

    private Checkpoint opened(String note, String where) throws Broken {
        try {
            return Checkpoint.opened(note, key);
        } catch (IllegalArgumentException e) {
            throw new Broken(null, "In " + where + ", a note " + e.getMessage() + ".");
        }
    }

    /// One sealed event as it is stored.
    private record Stored(
            long index,
            long row,
            byte[] leaf,
            byte @Nullable [] entry,
            byte @Nullable [] mac,
            Map<String, @Nullable Object> columns,
            List<Value> content) {}

    /// What checking one event by itself gave.
    private record Checked(
            Stored stored,
            @Nullable Map<String, Object> entry,
            @Nullable String says) {}

    private long readSealed() throws SQLException, Broken {
        var pool = Executors.newFixedThreadPool(
                Math.max(1, Runtime.getRuntime().availableProcessors()),
                Thread.ofPlatform().daemon().factory());
        try (var statement = prepared("""
                select leaf.index, leaf.row, leaf.hash, event.entry, event.mac, event.id, event.occurred_at,
                       event.recorded_at, event.actor, event.via, event.action, event.object, event.object_version,
                       event.outcome, event.clause, event.procedure
                  from ledger.leaf
                  left join ledger.event on event.row = leaf.row
                 order by leaf.index
                """)) {
            statement.setFetchSize(AT_ONCE);
            var waiting = new ArrayDeque<Future<List<Checked>>>();
            var count = 0L;
            try (var row = statement.executeQuery()) {
                var more = true;
                while (more || !waiting.isEmpty()) {
                    if (more) {
                        var chunk = new ArrayList<Stored>(AT_ONCE);
                        while (chunk.size() < AT_ONCE && (more = row.next())) {
                            chunk.add(stored(row));
                        }
                        waiting.add(check(withContent(chunk), pool));
                    }
                    if (!more || waiting.size() > 3) {
                        count = accept(waiting.remove().get(), count);
                    }
                }
            }
            return count;
        } catch (ExecutionException e) {
            throw new IllegalStateException("checking an entry failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Stored stored(ResultSet row) throws SQLException {
        var entry = row.getBytes(4);
        var columns = new HashMap<String, @Nullable Object>();
        if (entry != null) {
            columns.put("id", row.getString(6));
            columns.put("occurred_at", time(row, 7));
            columns.put("recorded_at", time(row, 8));
            columns.put("actor", row.getString(9));
            columns.put("via", row.getString(10));
            columns.put("action", row.getString(11));
            columns.put("object", row.getString(12));
            columns.put("object_version", row.getLong(13));
            columns.put("outcome", row.getString(14));
            columns.put("clause", row.getString(15));
            columns.put("procedure", row.getString(16));
        }
        return new Stored(
                row.getLong(1), row.getLong(2), row.getBytes(3), entry, row.getBytes(5), columns, new ArrayList<>());
    }

    private static String time(ResultSet row, int column) throws SQLException {
        return CanonicalJson.time(Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant());
    }

    private List<Stored> withContent(List<Stored> chunk) throws SQLException {
        if (chunk.isEmpty()) {
            return chunk;
        }
        var byRow = new HashMap<Long, Stored>();
        chunk.forEach(stored -> byRow.put(stored.row(), stored));
        try (var statement =
                prepared("select event, field, salt, value from ledger.content where event = any (?::bigint[])")) {
            statement.setArray(
                    1, connection.createArrayOf("bigint", byRow.keySet().toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    Objects.requireNonNull(byRow.get(row.getLong(1)))
                            .content()
                            .add(new Value(row.getString(2), row.getBytes(3), row.getString(4)));
                }
            }
        }
        return chunk;
    }

    private Future<List<Checked>> check(List<Stored> chunk, ExecutorService pool) {
        return pool.submit(() -> chunk.stream().map(this::check).toList());
    }

    private Checked check(Stored stored) {
        if (stored.entry() == null) {
            return new Checked(stored, null, "was removed: its event (row " + stored.row() + ") is not there");
        }
        try {
            if (!Arrays.equals(Merkle.leaf(stored.entry()), stored.leaf())) {
                return new Checked(stored, null, whyNotTheLeaf(stored));
            }
            var entry = EntryCheck.read(stored.entry());
            for (var column : stored.columns().entrySet()) {
                if (!Objects.equals(column.getValue(), entry.get(column.getKey()))) {
                    throw new IllegalArgumentException("says " + column.getKey() + " "
                            + shown(entry.get(column.getKey())) + ", but the column beside it says "
                            + shown(column.getValue()));
                }
            }
            if (mac != null && !hasItsCode(stored)) {
                throw new IllegalArgumentException("was forged: its code was not made by this installation");
            }
            for (var value : stored.content()) {
                value.mustFit(EntryCheck.commitments(entry));
            }
            return new Checked(stored, entry, null);
        } catch (IllegalArgumentException e) {
            return new Checked(stored, null, String.valueOf(e.getMessage()));
        }
    }

    private String whyNotTheLeaf(Stored stored) {
        if (mac == null) {
            return "is not what was sealed at its place: it was changed, or another was put in its place";
        }
        return hasItsCode(stored)
                ? "is genuine, but not the one that was sealed at this place: entries were moved"
                : "was changed after it was recorded: neither its code nor its leaf fits";
    }

    private boolean hasItsCode(Stored stored) {
        return MessageDigest.isEqual(
                Secrets.code(Objects.requireNonNull(mac), Objects.requireNonNull(stored.entry())), stored.mac());
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "nothing" : "'" + value + "'";
    }

    private long accept(List<Checked> chunk, long count) throws SQLException, Broken {
        var next = count;
        for (var checked : chunk) {
            var stored = checked.stored();
            if (stored.index() != next) {
                throw Broken.at(
                        next,
                        "Entry " + next + " was removed: after index " + (next - 1) + " comes index " + stored.index()
                                + ".");
            }
            if (checked.says() != null) {
                throw Broken.at(next, "Entry " + next + " " + checked.says() + ".");
            }
            tiles.append(stored.leaf());
            var entry = Objects.requireNonNull(checked.entry());
            if (!order.fits(EntryCheck.text(entry, "object"), (Long) entry.getOrDefault("object_version", 0L))) {
                throw Broken.at(
                        next,
                        "Entry " + next + " comes after later events of " + entry.get("object")
                                + ": events were moved before they were sealed.");
            }
            checkErased(next, stored, entry);
            signed.append(stored.leaf());
            next++;
        }
        return next;
    }

    private void checkErased(long index, Stored stored, Map<String, Object> entry) throws SQLException, Broken {
        var commitments = EntryCheck.commitments(entry);
        if (commitments.size() == stored.content().size()) {
            return;
        }
        var there = stored.content().stream().map(Value::field).toList();
        for (var field : commitments.keySet()) {
            if (there.contains(field)) {
                continue;
            }
            try (var statement = prepared("select 1 from ledger.erasure where event = ? and field = ?")) {
                statement.setLong(1, stored.row());
                statement.setString(2, field);
                if (!statement.executeQuery().next()) {
                    throw Broken.at(
                            index,
                            "The content '" + field + "' of entry " + index
                                    + " was removed, and no erasure was recorded.");
                }
            }
            erased++;
        }
    }

    private void checkSize(long entries) throws SQLException, Broken {
        var size = one("select size from ledger.tree");
        if (size != entries) {
            throw Broken.at(
                    Math.min(size, entries),
                    "The ledger counts " + size + " sealed entries, but " + entries + " are there.");
        }
    }

    /// Events that are neither sealed nor waiting to be, and those that wait.
    private void checkBeside() throws SQLException, Broken {
        try (var statement = connection.createStatement()) {
            statement.execute("set local enable_hashjoin = on; set local enable_sort = on");
        }
        try (var statement = prepared("select row, says from ledger.quarantine order by row limit 1");
                var row = statement.executeQuery()) {
            if (row.next()) {
                throw new Broken(null, "The event in row " + row.getLong(1) + " was not sealed. " + row.getString(2));
            }
        }
        try (var statement = prepared("""
                        select event.row, event.id from ledger.event
                         where not exists (select from ledger.leaf where leaf.row = event.row)
                           and not exists (select from ledger.pending where pending.row = event.row)
                         order by event.row limit 1
                        """);
                var row = statement.executeQuery()) {
            if (row.next()) {
                throw new Broken(
                        null,
                        "The event in row " + row.getLong(1) + " (" + row.getString(2)
                                + ") is neither sealed nor waiting to be: it was put in beside the ledger, or taken out of it.");
            }
        }
        checkWaiting();
    }

    private void checkWaiting() throws SQLException, Broken {
        try (var statement = prepared("""
                        select pending.row, event.entry, event.mac from ledger.pending
                          left join ledger.event on event.row = pending.row
                         order by pending.row
                        """)) {
            statement.setFetchSize(AT_ONCE);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var entry = row.getBytes(2);
                    var fits = entry != null
                            && (mac == null || MessageDigest.isEqual(Secrets.code(mac, entry), row.getBytes(3)));
                    if (!fits) {
                        throw new Broken(
                                null,
                                "The event in row " + row.getLong(1)
                                        + ", which waits to be sealed, was changed, forged or removed.");
                    }
                }
            }
        }
    }

    private long one(String sql) throws SQLException {
        try (var statement = prepared(sql);
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        return connection.prepareStatement(sql);
    }

    /// Compares the stored tiles with the hashes they must hold, as these come.
    private static final class TileCheck {

        private static final int WIDTH = 256;

        private final Connection connection;
        private final List<List<byte[]>> open = new ArrayList<>();
        private final List<Long> full = new ArrayList<>();
        private final List<byte @Nullable []> stored = new ArrayList<>();

        TileCheck(Connection connection) {
            this.connection = connection;
        }

        void append(byte[] leaf) throws SQLException, Broken {
            append(0, leaf);
        }

        private void append(int level, byte[] hash) throws SQLException, Broken {
            if (open.size() == level) {
                open.add(new ArrayList<>());
                full.add(0L);
                stored.add(null);
            }
            var hashes = open.get(level);
            var index = full.get(level);
            if (hashes.isEmpty()) {
                stored.set(level, load(level, index));
            }
            compare(level, index, hashes.size(), hash);
            hashes.add(hash);
            if (hashes.size() < WIDTH) {
                return;
            }
            if (stored.get(level) == null) {
                var entry = index * WIDTH << 8 * level;
                throw Broken.at(
                        entry,
                        "Tile " + level + "/" + index + " of the tree, over entry " + entry
                                + " and those that follow, is not there.");
            }
            full.set(level, index + 1);
            var subtree = new Frontier();
            hashes.forEach(subtree::append);
            hashes.clear();
            append(level + 1, subtree.root());
        }

        private byte @Nullable [] load(int level, long index) throws SQLException {
            try (var statement =
                    connection.prepareStatement("select hashes from ledger.tile where level = ? and index = ?")) {
                statement.setInt(1, level);
                statement.setLong(2, index);
                try (var row = statement.executeQuery()) {
                    return row.next() ? row.getBytes(1) : null;
                }
            }
        }

        private void compare(int level, long index, int place, byte[] hash) throws Broken {
            var tile = stored.get(level);
            var from = place * Merkle.LENGTH;
            if (tile != null && !Arrays.equals(tile, from, from + Merkle.LENGTH, hash, 0, Merkle.LENGTH)) {
                var entry = index * WIDTH + place << 8 * level;
                throw Broken.at(
                        entry,
                        "Entry " + entry + " is not the one that was sealed: tile " + level + "/" + index
                                + " of the tree holds another hash in its place (" + hex(tile, from) + ").");
            }
        }

        private static String hex(byte[] stored, int from) {
            return HexFormat.of().formatHex(stored, from, from + Merkle.LENGTH);
        }

        /// No tile beyond those that are full.
        void end() throws SQLException, Broken {
            try (var statement = connection.prepareStatement("select level, count(*) from ledger.tile group by level");
                    var row = statement.executeQuery()) {
                while (row.next()) {
                    var level = row.getInt(1);
                    var expected = level < full.size() ? full.get(level) : 0L;
                    if (row.getLong(2) != expected) {
                        throw Broken.at(
                                expected * WIDTH << 8 * level,
                                "The tree has " + row.getLong(2) + " tiles of level " + level + ", but " + expected
                                        + " full ones by its entries: the end was cut off.");
                    }
                }
            }
        }
    }
}
