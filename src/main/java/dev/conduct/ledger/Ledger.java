package dev.conduct.ledger;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import java.time.InstantSource;
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
            var row = jdbc.execute(
                    (ConnectionCallback<Long>) connection -> EventRows.insert(connection, entry, keys.mac()));
            return List.of(entry.recorded(java.util.Objects.requireNonNull(row)));
        }
        var rows = jdbc.execute((ConnectionCallback<HashMap<UUID, Long>>)
                connection -> EventRows.insert(connection, entries, keys.mac()));
        if (rows == null || rows.size() != entries.size()) {
            throw new IllegalStateException("the database did not record every event");
        }
        return entries.stream()
                .map(entry -> entry.recorded(java.util.Objects.requireNonNull(rows.get(entry.id()))))
                .toList();
    }

    private final class SealAfterCommit implements TransactionSynchronization {

        @Override
        public void afterCommit() {
            sealing.wake();
        }
    }
}
