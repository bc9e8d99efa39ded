package dev.conduct.ledger;

import dev.conduct.ledger.verify.CanonicalJson;
import dev.conduct.ledger.verify.Secrets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Reads events back: what the sealed bytes say, and the content beside them.
@Component
class EventReader {

    private static final int FETCHED_AT_ONCE = 1_000;

    private static final String SELECT = """
            select event.row, leaf.index, event.entry, event.mac, content.fields, content.values,
                   content.keys, content.sealed
            """;
    private static final String BESIDE = """
              left join ledger.leaf on leaf.row = event.row
              left join lateral (select array_agg(content.field order by content.field) as fields,
                                        array_agg(content.value order by content.field) as values,
                                        array_agg(content.key order by content.field) as keys,
                                        array_agg(content.sealed order by content.field) as sealed
                                   from ledger.content
                                  where content.event = event.row) as content on true
            """;
    private static final String FROM = SELECT + " from ledger.event " + BESIDE;

    private final JdbcTemplate jdbc;
    private final LedgerKeys keys;
    private final ContentKeys contentKeys;
    private final TransactionTemplate reading;

    EventReader(JdbcTemplate jdbc, LedgerKeys keys, ContentKeys contentKeys, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.keys = keys;
        this.contentKeys = contentKeys;
        this.reading = new TransactionTemplate(transactions);
        this.reading.setReadOnly(true);
    }

    List<Event> eventsOf(String object) {
        return genuine(FROM + " where event.object = ? order by event.row", object);
    }

    List<Event> eventsOf(String object, Collection<String> actions) {
        return genuine(
                FROM + " where event.object = ? and event.action = any(?) order by event.row",
                object,
                actions.toArray(String[]::new));
    }

    List<Event> newestOf(String object, long before, int most) {
        return genuine(SELECT + """
                          from (select newest.row, newest.entry, newest.mac
                                  from ledger.event newest
                                 where newest.object = ? and newest.row < ?
                                 order by newest.row desc
                                 limit ?) as event
                        """ + BESIDE + " order by event.row", object, before, most);
    }

    /// @param last the row of the last one read, null when there are no more after it
    record Slice(List<Event> events, @Nullable Long last) {}

    /// The newest first. What was forged is passed over, but counts as read.
    Slice newest(String where, List<Object> parameters, int most) {
        var events = new ArrayList<Event>();
        var rows = new ArrayList<Long>();
        var all = new ArrayList<>(parameters);
        all.add(most + 1);
        jdbc.query(
                SELECT + " from (select newest.row, newest.entry, newest.mac from ledger.event newest where " + where
                        + " order by newest.row desc limit ?) as event" + BESIDE + " order by event.row desc",
                row -> {
                    rows.add(row.getLong("row"));
                    if (rows.size() <= most && isGenuine(row)) {
                        events.add(event(row));
                    }
                },
                all.toArray());
        return new Slice(events, rows.size() > most ? rows.get(most - 1) : null);
    }

    List<Event> at(long index) {
        return genuine(SELECT + """
                          from ledger.leaf sealed
                          join ledger.event on event.row = sealed.row
                        """ + BESIDE + " where sealed.index = ?", index);
    }

    List<Event> sealedFrom(long index, int most) {
        return genuine(FROM + " where leaf.index >= ? and leaf.index < ? order by leaf.index", index, index + most);
    }

    List<Event> sealedAt(Collection<Long> indices) {
        return genuine(FROM + " where leaf.index = any(?) order by leaf.index", (Object) indices.toArray(Long[]::new));
    }

    private List<Event> genuine(String sql, Object... parameters) {
        var events = new ArrayList<Event>();
        jdbc.query(
                sql,
                row -> {
                    if (isGenuine(row)) {
                        events.add(event(row));
                    }
                },
                parameters);
        return events;
    }

    Optional<String> kept(UUID event, String name) {
        return jdbc
                .query(
                        """
                        select content.key, content.sealed
                          from ledger.content
                          join ledger.event on event.row = content.event
                         where event.id = ? and content.field = ? and content.sealed is not null
                        """,
                        (row, number) -> Optional.ofNullable(
                                contentKeys.open(row.getLong("key"), row.getBytes("sealed"), event, name)),
                        event,
                        name)
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /// From the index alone, and no further than `most`.
    int countOf(String object, int most) {
        return java.util.Objects.requireNonNull(jdbc.queryForObject(
                "select count(*) from (select from ledger.event where object = ? limit ?) as found",
                Integer.class,
                object,
                most));
    }

    void replay(String objectPrefix, Consumer<Event> consumer) {
        stream(objectPrefix, "event.row", consumer);
    }

    void replayByObject(String objectPrefix, Consumer<Event> consumer) {
        stream(objectPrefix, "event.object, event.row", consumer);
    }

    List<Event> sealed(long from, int most) {
        return jdbc.query(
                """
                select event.row, leaf.index, event.entry
                  from ledger.leaf
                  join ledger.event on event.row = leaf.row
                 where leaf.index >= ? and leaf.index < ?
                 order by leaf.index
                """,
                (row, number) -> event(row.getLong("row"), row.getLong("index"), row.getBytes("entry"), null),
                from,
                from + most);
    }

    private void stream(String objectPrefix, String order, Consumer<Event> consumer) {
        reading.executeWithoutResult(transaction -> {
            jdbc.execute("set local statement_timeout = 0");
            // A statement of its own: the shared template fetches everything at once.
            var streaming = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
            streaming.setFetchSize(FETCHED_AT_ONCE);
            streaming.query(
                    FROM + " where starts_with(event.object, ?) order by " + order,
                    row -> {
                        if (isGenuine(row)) {
                            consumer.accept(event(row));
                        }
                    },
                    objectPrefix);
        });
    }

    /// Reading is by the rule of sealing: what is not in the tree counts only when its code fits. Otherwise it was
    /// forged, or changed after it was recorded, and the sequencer will not seal it.
    private boolean isGenuine(ResultSet row) throws SQLException {
        row.getLong("index");
        return !row.wasNull()
                || MessageDigest.isEqual(Secrets.code(keys.mac(), row.getBytes("entry")), row.getBytes("mac"));
    }

    private Event event(ResultSet row) throws SQLException {
        var index = row.getObject("index", Long.class);
        return event(row.getLong("row"), index, row.getBytes("entry"), row);
    }

    Map<String, List<Event>> eventsOf(Collection<String> objects) {
        return jdbc
                .query(FROM + " where event.object = any (?) order by event.row", (row, number) -> event(row), (Object)
                        objects.toArray(String[]::new))
                .stream()
                .collect(Collectors.groupingBy(Event::object));
    }

    /// An erased value is left out.
    private Map<String, String> content(ResultSet row, UUID event) throws SQLException {
        var fields = row.getArray("fields");
        if (fields == null) {
            return Map.of();
        }
        var names = (String[]) fields.getArray();
        var values = (String[]) row.getArray("values").getArray();
        var keys = (Long[]) row.getArray("keys").getArray();
        var sealed = (byte[][]) row.getArray("sealed").getArray();
        var content = new LinkedHashMap<String, String>();
        for (var i = 0; i < names.length; i++) {
            if (names[i].startsWith(Ledger.KEPT)) {
                continue;
            }
            var value = keys[i] == null ? values[i] : contentKeys.open(keys[i], sealed[i], event, names[i]);
            if (value != null) {
                content.put(names[i], value);
            }
        }
        return content;
    }

    /// @param beside null to read it without its content
    private Event event(long row, @Nullable Long index, byte[] entry, @Nullable ResultSet beside) throws SQLException {
        var read = CanonicalJson.read(entry);
        var id = UUID.fromString(text(read, "id"));
        return new Event(
                row,
                index,
                id,
                Instant.parse(text(read, "occurred_at")),
                Instant.parse(text(read, "recorded_at")),
                text(read, "actor"),
                text(read, "via"),
                text(read, "action"),
                text(read, "object"),
                (Long) java.util.Objects.requireNonNull(read.get("object_version")),
                Outcome.of(text(read, "outcome")),
                (String) read.get("clause"),
                (String) read.get("procedure"),
                map(read.get("data")),
                beside == null ? Map.of() : content(beside, id));
    }

    private static String text(Map<String, Object> entry, String field) {
        return (String) java.util.Objects.requireNonNull(entry.get(field), field);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) java.util.Objects.requireNonNull(value);
    }
}
