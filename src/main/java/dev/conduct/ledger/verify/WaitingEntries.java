package dev.conduct.ledger.verify;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Checks what lies beside the sealed tree: events that were refused, that wait to be sealed, or that should not be
/// there.
record WaitingEntries(Connection connection, byte @Nullable [] key) {

    void check() throws SQLException, Broken {
        try (var statement = connection.createStatement()) {
            statement.execute("set local enable_hashjoin = on; set local enable_sort = on");
        }
        checkRefused();
        checkStrangers();
        checkWaiting();
    }

    private void checkRefused() throws SQLException, Broken {
        try (var statement =
                        connection.prepareStatement("select row, says from ledger.quarantine order by row limit 1");
                var row = statement.executeQuery()) {
            if (row.next()) {
                throw new Broken(null, "The event in row " + row.getLong(1) + " was not sealed. " + row.getString(2));
            }
        }
    }

    private void checkStrangers() throws SQLException, Broken {
        try (var statement = connection.prepareStatement("""
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
                                + ") is neither sealed nor waiting to be: it was put in beside the ledger, or taken"
                                + " out of it.");
            }
        }
    }

    private void checkWaiting() throws SQLException, Broken {
        try (var statement = connection.prepareStatement("""
                        select pending.row, event.entry, event.mac from ledger.pending
                          left join ledger.event on event.row = pending.row
                         order by pending.row
                        """)) {
            statement.setFetchSize(SealedEntries.AT_ONCE);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    if (!fits(row.getBytes(2), row.getBytes(3))) {
                        throw new Broken(
                                null,
                                "The event in row " + row.getLong(1)
                                        + ", which waits to be sealed, was changed, forged or removed.");
                    }
                }
            }
        }
    }

    private boolean fits(byte @Nullable [] entry, byte @Nullable [] mac) {
        return entry != null && (key == null || MessageDigest.isEqual(Secrets.code(key, entry), mac));
    }
}
