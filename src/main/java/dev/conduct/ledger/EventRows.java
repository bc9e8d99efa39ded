package dev.conduct.ledger;

import dev.conduct.ledger.verify.Secrets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// How events are written: with their content beside them and their place in the queue to be sealed, in one statement.
final class EventRows {

    private static final String INSERT = """
            with recorded as (
                insert into ledger.event (id, occurred_at, recorded_at, actor, via, action, object, object_version,
                                          outcome, clause, procedure, entry, mac)
                select id, occurred_at, recorded_at, actor, via, action, object, object_version,
                       outcome, clause, procedure, entry, mac
                  from unnest(?::uuid[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[],
                              ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::bytea[])
                       with ordinality
                    as new (id, occurred_at, recorded_at, actor, via, action, object, object_version,
                            outcome, clause, procedure, entry, mac, place)
                 order by place
                returning row, id),
            beside as (
                insert into ledger.content (event, field, salt, value, key, sealed)
                select recorded.row, new.field, new.salt, new.value, new.key, new.sealed
                  from unnest(?::uuid[], ?::text[], ?::bytea[], ?::text[], ?::bigint[], ?::bytea[])
                    as new (event, field, salt, value, key, sealed)
                  join recorded on recorded.id = new.event),
            queued as (
                insert into ledger.pending (row) select row from recorded)
            select row, id from recorded
            """;

    /// The same for one event, as most are recorded: half the work for the database.
    private static final String INSERT_ONE = """
            with recorded as (
                insert into ledger.event (id, occurred_at, recorded_at, actor, via, action, object, object_version,
                                          outcome, clause, procedure, entry, mac)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                returning row),
            beside as (
                insert into ledger.content (event, field, salt, value, key, sealed)
                select recorded.row, new.field, new.salt, new.value, new.key, new.sealed
                  from recorded, unnest(?::text[], ?::bytea[], ?::text[], ?::bigint[], ?::bytea[])
                    as new (field, salt, value, key, sealed)),
            queued as (
                insert into ledger.pending (row) select row from recorded)
            select row from recorded
            """;

    private EventRows() {}

    static long insert(Connection connection, Entry entry, byte[] mac) throws SQLException {
        var event = entry.event();
        var beside = new Columns(connection, List.of(entry));
        try (var statement = connection.prepareStatement(INSERT_ONE)) {
            statement.setObject(1, entry.id());
            statement.setObject(2, entry.occurredAt().atOffset(ZoneOffset.UTC));
            statement.setObject(3, entry.recordedAt().atOffset(ZoneOffset.UTC));
            statement.setString(4, event.actor());
            statement.setString(5, event.via());
            statement.setString(6, event.action());
            statement.setString(7, event.object());
            statement.setLong(8, event.objectVersion());
            statement.setString(9, event.outcome().word());
            statement.setString(10, event.clause());
            statement.setString(11, event.procedure());
            statement.setBytes(12, entry.bytes());
            statement.setBytes(13, Secrets.code(mac, entry.bytes()));
            statement.setArray(14, beside.of("text", entry.content(), Entry.Content::field));
            statement.setArray(15, beside.bytes(entry.content(), Entry.Content::salt));
            statement.setArray(16, beside.of("text", entry.content(), Entry.Content::plain));
            statement.setArray(17, beside.of("bigint", entry.content(), EventRows::key));
            statement.setArray(18, beside.bytes(entry.content(), EventRows::sealed));
            try (var result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new IllegalStateException("the database did not record the event");
                }
                return result.getLong(1);
            }
        }
    }

    static HashMap<UUID, Long> insert(Connection connection, List<Entry> entries, byte[] mac) throws SQLException {
        var columns = new Columns(connection, entries);
        var salted = entries.stream()
                .flatMap(entry -> entry.content().stream().map(content -> new Salted(entry.id(), content)))
                .toList();
        try (var statement = connection.prepareStatement(INSERT)) {
            statement.setArray(1, columns.of("uuid", Entry::id));
            statement.setArray(2, columns.of("text", entry -> entry.occurredAt().toString()));
            statement.setArray(3, columns.of("text", entry -> entry.recordedAt().toString()));
            statement.setArray(4, columns.of("text", entry -> entry.event().actor()));
            statement.setArray(5, columns.of("text", entry -> entry.event().via()));
            statement.setArray(6, columns.of("text", entry -> entry.event().action()));
            statement.setArray(7, columns.of("text", entry -> entry.event().object()));
            statement.setArray(8, columns.of("bigint", entry -> entry.event().objectVersion()));
            statement.setArray(
                    9, columns.of("text", entry -> entry.event().outcome().word()));
            statement.setArray(10, columns.of("text", entry -> entry.event().clause()));
            statement.setArray(11, columns.of("text", entry -> entry.event().procedure()));
            statement.setArray(12, columns.bytes(entries, Entry::bytes));
            statement.setArray(13, columns.bytes(entries, entry -> Secrets.code(mac, entry.bytes())));
            var beside = new Columns(connection, entries);
            statement.setArray(14, beside.of("uuid", salted, Salted::event));
            statement.setArray(
                    15, beside.of("text", salted, one -> one.content().field()));
            statement.setArray(16, beside.bytes(salted, one -> one.content().salt()));
            statement.setArray(
                    17, beside.of("text", salted, one -> one.content().plain()));
            statement.setArray(18, beside.of("bigint", salted, one -> key(one.content())));
            statement.setArray(19, beside.bytes(salted, one -> sealed(one.content())));
            var rows = new HashMap<UUID, Long>();
            try (var result = statement.executeQuery()) {
                while (result.next()) {
                    rows.put(result.getObject(2, UUID.class), result.getLong(1));
                }
            }
            return rows;
        }
    }

    private static @Nullable Long key(Entry.Content content) {
        return content.closed() == null ? null : content.closed().key();
    }

    private static byte @Nullable [] sealed(Entry.Content content) {
        return content.closed() == null ? null : content.closed().sealed();
    }

    private record Salted(UUID event, Entry.Content content) {}

    /// The events turned into one array per column, so that one statement records any number of them.
    private record Columns(Connection connection, List<Entry> entries) {

        Array of(String type, Function<Entry, @Nullable Object> value) throws SQLException {
            return of(type, entries, value);
        }

        <T> Array of(String type, List<T> rows, Function<T, @Nullable Object> value) throws SQLException {
            return connection.createArrayOf(type, rows.stream().map(value).toArray());
        }

        <T> Array bytes(List<T> rows, Function<T, byte @Nullable []> value) throws SQLException {
            return connection.createArrayOf("bytea", rows.stream().map(value).toArray(byte[][]::new));
        }
    }
}
