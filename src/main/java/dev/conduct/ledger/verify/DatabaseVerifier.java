package dev.conduct.ledger.verify;

import dev.conduct.ledger.verify.BundleVerifier.Value;
import dev.conduct.ledger.verify.StoredEntry.Checked;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks a whole ledger in its database against everything that was ever signed, in one pass and in one snapshot, so
/// that it may run beside a serving server. Keeps nothing but the tree's edge and two numbers per object in memory.
public final class DatabaseVerifier {

    private final Connection connection;
    private final VerifierKey key;
    private final byte @Nullable [] mac;
    private final @Nullable ContentOpener opener;
    private final SignedTrees signed = new SignedTrees();
    private final Order order = new Order();
    private final Beginnings beginnings = new Beginnings();
    private final TileCheck tiles;
    private long entries;
    private long erased;

    private DatabaseVerifier(
            Connection connection, VerifierKey key, byte @Nullable [] mac, @Nullable ContentOpener opener) {
        this.connection = connection;
        this.key = key;
        this.mac = mac;
        this.opener = opener;
        this.tiles = new TileCheck(connection);
    }

    /// Without the keys of the content: a check sees that it is there, and not what it is.
    public static Verdict verify(Connection connection, VerifierKey key, byte @Nullable [] mac, CheckpointFile file)
            throws SQLException, Broken {
        return verify(connection, key, mac, file, null);
    }

    /// @param mac the key of the events' codes, null when it is not at hand
    /// @param file what the file beside the database remembers, read before the connection was opened
    /// @param opener null when the keys of the content are not at hand
    public static Verdict verify(
            Connection connection,
            VerifierKey key,
            byte @Nullable [] mac,
            CheckpointFile file,
            @Nullable ContentOpener opener)
            throws SQLException, Broken {
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try {
            return within(connection, key, mac, file, opener);
        } finally {
            connection.rollback();
        }
    }

    /// The same, within the transaction that is open.
    static Verdict within(
            Connection connection,
            VerifierKey key,
            byte @Nullable [] mac,
            CheckpointFile file,
            @Nullable ContentOpener opener)
            throws SQLException, Broken {
        try (var statement = connection.createStatement()) {
            // In the order of the index, one look-up an event: a join by hash would spill the ledger to the disk.
            statement.execute("set local statement_timeout = 0; set local enable_hashjoin = off;"
                    + " set local enable_mergejoin = off; set local enable_sort = off; set local jit = off");
        }
        return new DatabaseVerifier(connection, key, mac, opener).verify(file);
    }

    private Verdict verify(CheckpointFile file) throws SQLException, Broken {
        collectSigned(file);
        new SealedEntries(connection, mac, opener).read(Long.MIN_VALUE, Long.MAX_VALUE, this::accept);
        signed.end();
        beginnings.end(entries);
        tiles.end();
        checkSize();
        new WaitingEntries(connection, mac).check();
        return new Verdict(
                entries,
                signed.lastSigned(),
                signed.root(),
                signed.count(),
                entries - signed.lastSigned(),
                erased,
                beginnings.all(),
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

    private void accept(Checked checked) throws SQLException, Broken {
        var stored = checked.stored();
        if (stored.index() != entries) {
            throw Broken.at(
                    entries,
                    "Entry " + entries + " was removed: after index " + (entries - 1) + " comes index " + stored.index()
                            + ".");
        }
        if (checked.says() != null) {
            throw Broken.at(entries, "Entry " + entries + " " + checked.says() + ".");
        }
        tiles.append(stored.leaf());
        var entry = Objects.requireNonNull(checked.entry());
        if (!order.fits(EntryCheck.text(entry, "object"), (Long) entry.getOrDefault("object_version", 0L))) {
            throw Broken.at(
                    entries,
                    "Entry " + entries + " comes after later events of " + entry.get("object")
                            + ": events were moved before they were sealed.");
        }
        checkErased(stored, entry);
        beginnings.accept(entries, entry, stored.content(), stored.leaf());
        signed.append(stored.leaf());
        entries++;
    }

    private void checkErased(StoredEntry stored, Map<String, Object> entry) throws SQLException, Broken {
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
                            stored.index(),
                            "The content '" + field + "' of entry " + stored.index()
                                    + " was removed, and no erasure was recorded.");
                }
            }
            erased++;
        }
    }

    private void checkSize() throws SQLException, Broken {
        var size = one("select size from ledger.tree");
        if (size != entries) {
            throw Broken.at(
                    Math.min(size, entries),
                    "The ledger counts " + size + " sealed entries, but " + entries + " are there.");
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
}
