package dev.conduct.ledger.verify;

import dev.conduct.ledger.verify.BundleVerifier.Value;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One sealed event as it lies in the database, to be checked by itself: its bytes against its leaf, its code, the
/// columns and the content beside it.
///
/// @param columns what the columns beside the bytes say, in the words of the entry
/// @param content filled in after the row was read
record StoredEntry(
        long index,
        long row,
        byte[] leaf,
        byte @Nullable [] entry,
        byte @Nullable [] mac,
        Map<String, @Nullable Object> columns,
        List<Value> content) {

    static final String COLUMNS = """
            leaf.index, leaf.row, leaf.hash, event.entry, event.mac, event.id, event.occurred_at, event.recorded_at,
            event.actor, event.via, event.action, event.object, event.object_version, event.outcome, event.clause,
            event.procedure
            """;

    /// What checking it gave: its fields, or in words why it does not hold.
    record Checked(
            StoredEntry stored,
            @Nullable Map<String, Object> entry,
            @Nullable String says) {}

    static StoredEntry of(ResultSet row) throws SQLException {
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
        return new StoredEntry(
                row.getLong(1), row.getLong(2), row.getBytes(3), entry, row.getBytes(5), columns, new ArrayList<>());
    }

    private static String time(ResultSet row, int column) throws SQLException {
        return CanonicalJson.time(Objects.requireNonNull(row.getObject(column, OffsetDateTime.class))
                .toInstant());
    }

    /// The same with another hash as its leaf.
    StoredEntry at(byte[] other) {
        return new StoredEntry(index, row, other, entry, mac, columns, content);
    }

    /// @param key of the events' codes, null when it is not at hand
    Checked checked(byte @Nullable [] key) {
        if (entry == null) {
            return new Checked(this, null, "was removed: its event (row " + row + ") is not there");
        }
        if (!Arrays.equals(Merkle.leaf(entry), leaf)) {
            return new Checked(this, null, whyNotTheLeaf(entry, key));
        }
        try {
            var fields = EntryCheck.read(entry);
            mustFitColumns(fields);
            if (key != null && !hasItsCode(entry, key)) {
                throw new IllegalArgumentException("was forged: its code was not made by this installation");
            }
            for (var value : content) {
                value.mustFit(EntryCheck.commitments(fields));
            }
            return new Checked(this, fields, null);
        } catch (IllegalArgumentException e) {
            return new Checked(this, null, String.valueOf(e.getMessage()));
        }
    }

    private void mustFitColumns(Map<String, Object> fields) {
        for (var column : columns.entrySet()) {
            var said = fields.get(column.getKey());
            if (!Objects.equals(column.getValue(), said)) {
                throw new IllegalArgumentException("says " + column.getKey() + " " + shown(said)
                        + ", but the column beside it says " + shown(column.getValue()));
            }
        }
    }

    private String whyNotTheLeaf(byte[] bytes, byte @Nullable [] key) {
        if (key == null) {
            return "is not what was sealed at its place: it was changed, or another was put in its place";
        }
        return hasItsCode(bytes, key)
                ? "is genuine, but not the one that was sealed at this place: entries were moved"
                : "was changed after it was recorded: neither its code nor its leaf fits";
    }

    private boolean hasItsCode(byte[] bytes, byte[] key) {
        return MessageDigest.isEqual(Secrets.code(key, bytes), mac);
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "nothing" : "'" + value + "'";
    }
}
