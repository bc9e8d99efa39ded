package dev.conduct.ledger;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.verify.Secrets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The one way to record and to read what happened.
@Component
public class Ledger {

    /// The channel on which every server is told that events were sealed; what is said is how many there are then.
    public static final String SEALED = "ledger_sealed";

    /// Before the name of a value that is told with no event and stands in no proof: only who asks for it by
    /// [#kept] reads it.
    public static final String KEPT = "kept_";

    private static final Logger log = LoggerFactory.getLogger(Ledger.class);
    private static final int AT_ONCE = 1_000;

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

    private final JdbcTemplate jdbc;
    private final EventReader reader;
    private final LedgerKeys keys;
    private final ContentKeys contentKeys;
    private final LedgerState state;
    private final LedgerStatuses statuses;
    private final Sealing sealing;
    private final InstantSource time;
    private final TransactionTemplate alone;

    Ledger(
            JdbcTemplate jdbc,
            EventReader reader,
            LedgerKeys keys,
            ContentKeys contentKeys,
            LedgerState state,
            LedgerStatuses statuses,
            Sealing sealing,
            InstantSource time,
            PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.keys = keys;
        this.contentKeys = contentKeys;
        this.state = state;
        this.statuses = statuses;
        this.sealing = sealing;
        this.time = time;
        this.alone = new TransactionTemplate(transactions);
        this.alone.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /// Records an event in the caller's transaction; it is sealed after the commit.
    ///
    /// @throws IllegalStateException when no transaction is open
    /// @throws Problem 503 when the ledger may not be written to
    public Event append(NewEvent event) {
        return appendAll(List.of(event)).getFirst();
    }

    /// Records many events in one round trip, in the order given, in the caller's transaction.
    ///
    /// @throws IllegalStateException when no transaction is open
    /// @throws Problem 503 when the ledger may not be written to
    public List<Event> appendAll(List<NewEvent> events) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("the ledger records within a transaction; none is open");
        }
        state.requireWritable();
        var recorded = new ArrayList<Event>(events.size());
        for (var start = 0; start < events.size(); start += AT_ONCE) {
            var some = events.subList(start, Math.min(start + AT_ONCE, events.size()));
            recorded.addAll(insert(some.stream().map(this::entry).toList()));
        }
        if (!events.isEmpty()) {
            TransactionSynchronizationManager.registerSynchronization(new SealAfterCommit());
        }
        return recorded;
    }

    /// Records an event in a short transaction of its own, committed when this returns: refusals, sign-ins, sensitive
    /// reads, which must stand before the answer goes out whatever becomes of the caller's transaction.
    ///
    /// @throws Problem 503 when it could not be written: then the act must not happen
    public Event appendAlone(NewEvent event) {
        try {
            var recorded = alone.execute(transaction -> append(event));
            if (recorded == null) {
                throw new IllegalStateException("an append always gives an event");
            }
            return recorded;
        } catch (DataAccessException | TransactionException e) {
            log.error("An event {} could not be recorded", event.action(), e);
            throw Problem.unavailable(
                    "ledger_unavailable", "This could not be recorded, so it was not done. Try again in a moment.");
        }
    }

    /// The objects in whose histories content lies under the key of a subject.
    public Set<String> objectsUnder(long key) {
        return new TreeSet<>(jdbc.query(
                "select distinct event.object from ledger.content join ledger.event on event.row = content.event"
                        + " where content.key = ?",
                (row, number) -> row.getString("object"),
                key));
    }

    /// Removes all content that lies under the key of an erased subject, in the caller's transaction.
    ///
    /// @param key the number of the subject's key
    /// @param event the row of the event that says who erases whom
    /// @return the objects in whose histories it stood
    public Set<String> eraseContent(long key, long event) {
        var objects = objectsUnder(key);
        jdbc.query("select ledger.erase_content_of(?, ?)", row -> {}, key, event);
        return objects;
    }

    /// Opens a value that is told with no event; who may ask for it, its module decides.
    ///
    /// @param name as the event recorded it, with [#KEPT]
    /// @return empty when there is none, or when it was erased
    public Optional<String> kept(UUID event, String name) {
        return reader.kept(event, name);
    }

    /// All events of one object, in the order of recording.
    public List<Event> eventsOf(String object) {
        return reader.eventsOf(object);
    }

    /// Those of some actions alone: a long history is mostly what people said.
    public List<Event> eventsOf(String object, Collection<String> actions) {
        return reader.eventsOf(object, actions);
    }

    /// The last events of one object, in the order of recording, at most so many.
    ///
    /// @param before the row of an event: only what was recorded before it; null for all
    public List<Event> newestOf(String object, @Nullable Long before, int most) {
        return reader.newestOf(object, before == null ? Long.MAX_VALUE : before, most);
    }

    /// How many events there are of one object, counted up to `most`.
    public int countOf(String object, int most) {
        return reader.countOf(object, most);
    }

    /// Every event whose object starts with a prefix (`item:`), in order of recording, streamed: for rebuilding
    /// projections and for reports.
    public void replay(String objectPrefix, Consumer<Event> consumer) {
        reader.replay(objectPrefix, consumer);
    }

    /// The same, all events of one object together, in the order of their recording: for folding object by object
    /// without keeping all of them in memory. Within the caller's transaction if one is open, which may go on using
    /// its connection meanwhile.
    public void replayByObject(String objectPrefix, Consumer<Event> consumer) {
        reader.replayByObject(objectPrefix, consumer);
    }

    /// Sealed events in the order of the tree, without their content: for counting what happened, step by step.
    ///
    /// @param from index of the first
    /// @param most how many at most; fewer when no more are sealed
    public List<Event> sealed(long from, int most) {
        return reader.sealed(from, most);
    }

    /// All events of several objects, each object's in the order of recording; an object without events is left out.
    public Map<String, List<Event>> eventsOf(Collection<String> objects) {
        return reader.eventsOf(objects);
    }

    /// Sealed events in the order of the tree, which is that of no transaction but has neither gaps nor late-comers:
    /// whoever has dealt with everything below an index has missed nothing.
    public List<Event> sealedFrom(long index, int most) {
        return reader.sealedFrom(index, most);
    }

    /// How many events are sealed, now.
    public long size() {
        return java.util.Objects.requireNonNull(jdbc.queryForObject("select size from ledger.tree", Long.class));
    }

    /// Some sealed events, by their indices; those that are not there are left out.
    public List<Event> sealedAt(Collection<Long> indices) {
        return reader.sealedAt(indices);
    }

    /// What a page may say about the ledger; at most a second old.
    public LedgerStatus status() {
        return statuses.now();
    }

    private Entry entry(NewEvent event) {
        var now = time.instant();
        return Entry.of(contentKeys.kept(event), Ids.next(now), now).closed(contentKeys);
    }

    private List<Event> insert(List<Entry> entries) {
        if (entries.size() == 1) {
            var entry = entries.getFirst();
            var row = jdbc.execute((ConnectionCallback<Long>) connection -> insert(connection, entry, keys.mac()));
            return List.of(entry.recorded(java.util.Objects.requireNonNull(row)));
        }
        var rows = jdbc.execute((ConnectionCallback<HashMap<UUID, Long>>) connection -> insert(connection, entries));
        if (rows == null || rows.size() != entries.size()) {
            throw new IllegalStateException("the database did not record every event");
        }
        return entries.stream()
                .map(entry -> entry.recorded(java.util.Objects.requireNonNull(rows.get(entry.id()))))
                .toList();
    }

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
            statement.setArray(17, beside.of("bigint", entry.content(), Ledger::key));
            statement.setArray(18, beside.bytes(entry.content(), Ledger::sealed));
            try (var result = statement.executeQuery()) {
                if (!result.next()) {
                    throw new IllegalStateException("the database did not record the event");
                }
                return result.getLong(1);
            }
        }
    }

    private HashMap<UUID, Long> insert(Connection connection, List<Entry> entries) throws SQLException {
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
            statement.setArray(13, columns.bytes(entries, entry -> Secrets.code(keys.mac(), entry.bytes())));
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

    private final class SealAfterCommit implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            sealing.wake();
        }
    }
}
