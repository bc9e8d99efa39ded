package dev.conduct.ledger.verify;

import dev.conduct.ledger.verify.BundleVerifier.Value;
import dev.conduct.ledger.verify.StoredEntry.Checked;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Reads the sealed events of a database in their order and has each checked by itself, some thousands at once on all
/// processors; hands them on one by one.
record SealedEntries(
        Connection connection,
        byte @Nullable [] key,
        @Nullable ContentOpener opener) {

    static final int AT_ONCE = 4_000;

    private static final int CHUNKS_AHEAD = 3;
    private static final String CHANGED = "\0";

    interface Receiver {
        void accept(Checked checked) throws SQLException, Broken;
    }

    /// @param first index of the first to read
    /// @param end index after the last
    void read(long first, long end, Receiver receiver) throws SQLException, Broken {
        var pool = Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().factory());
        try (var statement = connection.prepareStatement("select " + StoredEntry.COLUMNS + """
                  from ledger.leaf
                  left join ledger.event on event.row = leaf.row
                 where leaf.index >= ? and leaf.index < ?
                 order by leaf.index
                """)) {
            statement.setFetchSize(AT_ONCE);
            statement.setLong(1, first);
            statement.setLong(2, end);
            try (var row = statement.executeQuery()) {
                handOn(row, pool, receiver);
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void handOn(ResultSet row, ExecutorService pool, Receiver receiver) throws SQLException, Broken {
        var waiting = new ArrayDeque<Future<List<Checked>>>();
        for (var chunk = next(row); !chunk.isEmpty(); chunk = next(row)) {
            var whole = withContent(chunk);
            waiting.add(pool.submit(
                    () -> whole.stream().map(stored -> stored.checked(key)).toList()));
            if (waiting.size() > CHUNKS_AHEAD) {
                handOn(waiting.remove(), receiver);
            }
        }
        while (!waiting.isEmpty()) {
            handOn(waiting.remove(), receiver);
        }
    }

    private static void handOn(Future<List<Checked>> chunk, Receiver receiver) throws SQLException, Broken {
        try {
            for (var checked : chunk.get()) {
                receiver.accept(checked);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("checking an entry failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static List<StoredEntry> next(ResultSet row) throws SQLException {
        var chunk = new ArrayList<StoredEntry>(AT_ONCE);
        while (chunk.size() < AT_ONCE && row.next()) {
            chunk.add(StoredEntry.of(row));
        }
        return chunk;
    }

    private List<StoredEntry> withContent(List<StoredEntry> chunk) throws SQLException {
        var byRow = new HashMap<Long, StoredEntry>();
        chunk.forEach(stored -> byRow.put(stored.row(), stored));
        try (var statement = connection.prepareStatement(
                "select event, field, salt, value, key, sealed from ledger.content where event = any (?::bigint[])")) {
            statement.setArray(
                    1, connection.createArrayOf("bigint", byRow.keySet().toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var stored = Objects.requireNonNull(byRow.get(row.getLong(1)));
                    stored.content().add(new Value(row.getString(2), row.getBytes(3), value(row, stored)));
                }
            }
        }
        return chunk;
    }

    private @Nullable String value(ResultSet row, StoredEntry stored) throws SQLException {
        var sealed = row.getBytes(6);
        var event = stored.columns().get("id");
        if (sealed == null) {
            return row.getString(4);
        }
        if (opener == null || event == null) {
            return null;
        }
        try {
            return opener.open(row.getLong(5), sealed, UUID.fromString(event.toString()), row.getString(2));
        } catch (IllegalStateException changed) {
            // Something else than was recorded: no value fits the commitment.
            return CHANGED;
        }
    }
}
