package dev.conduct.clock;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.DueDates;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Standing;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The clocks of items: what they show now, kept beside the item in the transaction of each change.
@Component
public class Clocks {

    private static final int REMEMBERED = 4_000;

    private final Items items;
    private final Ledger ledger;
    private final Procedures procedures;
    private final ClockRows rows;
    private final InstantSource time;
    private final Map<String, Timetable> timetables = new ConcurrentHashMap<>();
    private final Map<String, ClockState> remembered = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ClockState> eldest) {
            return size() > REMEMBERED;
        }
    };

    Clocks(Items items, Ledger ledger, Procedures procedures, ClockRows rows, InstantSource time) {
        this.items = items;
        this.ledger = ledger;
        this.procedures = procedures;
        this.rows = rows;
        this.time = time;
    }

    /// Every round of every clock of an item as it stands now, in the order of its type, the latest round of each
    /// first.
    ///
    /// @throws dev.conduct.kernel.Problem 404 when the item is not there or not visible to the actor
    @Transactional(readOnly = true)
    public List<ClockReading> of(String key, Actor actor) {
        return of(items.findVisible(key, actor));
    }

    /// The same for an item already read.
    public List<ClockReading> of(Item item) {
        return of(items.standing(item), ledger.eventsOf("item:" + item.key(), History.MATTERING));
    }

    /// The same for an item whose events are at hand.
    ///
    /// @param events at least those that matter to clocks, all of them
    List<ClockReading> of(Standing standing, List<Event> events) {
        var procedure = judging(standing);
        var type = type(procedure, standing.item().type());
        var history = History.of(type, events, standing.ended() ? Map.of() : standing.renamed());
        var readings = new ArrayList<ClockReading>();
        for (var rule : type.clocks()) {
            readings.addAll(ClockReading.of(rule, timetable(procedure), history.happenings(), now())
                    .reversed());
        }
        return readings;
    }

    /// What has ended is measured by the version it ended under, until it goes on.
    Procedure judging(Standing standing) {
        return standing.ended() ? procedures.version(standing.found().procedureVersion()) : standing.procedure();
    }

    /// The same by any version of the procedure, for a replay; it names states by its own words.
    ///
    /// @param renamed states that the version calls otherwise than the events do
    public List<ClockReading> under(
            Procedure procedure, String type, Map<String, String> renamed, List<Event> events, Instant moment) {
        var known = type(procedure, type);
        var history = History.of(known, events, renamed);
        return known.clocks().stream()
                .flatMap(rule -> ClockReading.of(rule, timetable(procedure), history.happenings(), moment).stream())
                .toList();
    }

    /// What became of the clocks of changed items.
    ///
    /// @param due the most urgent deadline of each item that has one
    /// @param states by item, to be remembered when all of it is committed
    record Kept(List<ClockRow> written, Map<String, Instant> due, Map<String, ClockState> states) {}

    /// Brings the rows of changed items up to their last event.
    Kept keep(List<DueDates.Change> changes) {
        var now = now();
        var written = new ArrayList<ClockRow>();
        var replaced = new ArrayList<String>();
        var due = new HashMap<String, Instant>();
        var states = new HashMap<String, ClockState>();
        for (var change : changes) {
            var item = change.after();
            var state = state(change.before(), now);
            if (!concerns(change)) {
                state.ifPresent(known -> states.put(item.key(), known.at(item.version(), known.with(change.events()))));
                Optional.ofNullable(item.dueAt()).ifPresent(unchanged -> due.put(item.key(), unchanged));
                continue;
            }
            var events = state.map(known -> known.with(change.events())).orElseGet(() -> joined(change));
            var rows = rows(item, events, now);
            if (state.isPresent() && state.get().coveredBy(rows)) {
                written.addAll(state.get().changed(rows));
            } else {
                replaced.add(item.key());
                written.addAll(rows);
            }
            due.putAll(mostUrgent(rows));
            states.put(item.key(), ClockState.of(item.version(), events, rows));
        }
        rows.replace(replaced, written);
        return new Kept(written, due, states);
    }

    void remember(Map<String, ClockState> states) {
        synchronized (remembered) {
            states.forEach((key, state) -> {
                var known = remembered.get(key);
                if (known == null || known.version() < state.version()) {
                    remembered.put(key, state);
                }
            });
        }
    }

    /// Something was told of its clocks, which its version does not show.
    void forget(String key) {
        synchronized (remembered) {
            remembered.remove(key);
        }
    }

    private Optional<ClockState> state(@Nullable Item before, Instant now) {
        if (before == null) {
            return Optional.of(ClockState.NOTHING);
        }
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(before.key()))
                    .filter(known -> known.holds(before.version(), now));
        }
    }

    private static boolean concerns(DueDates.Change change) {
        var before = change.before();
        return change.events().stream().anyMatch(History::matters)
                || before != null
                        && !before.procedureVersion().equals(change.after().procedureVersion());
    }

    private static List<Event> joined(DueDates.Change change) {
        var all = new ArrayList<>(change.earlier().get());
        all.addAll(change.events());
        return all;
    }

    ItemType type(Procedure procedure, String name) {
        var type = procedure.types().get(name);
        if (type == null) {
            throw new IllegalStateException("Procedure " + procedure.version() + " has no type " + name + ".");
        }
        return type;
    }

    Timetable timetable(Procedure procedure) {
        return timetables.computeIfAbsent(procedure.hash(), hash -> Timetable.of(procedure));
    }

    List<ClockRow> rows(Item item, List<Event> events, Instant now) {
        var procedure = procedures.version(item.procedureVersion());
        var type = type(procedure, item.type());
        var history = History.of(type, events);
        var found = new ArrayList<ClockRow>();
        for (var rule : type.clocks()) {
            for (var reading : ClockReading.of(rule, timetable(procedure), history.happenings(), now)) {
                found.add(ClockRow.of(item.key(), item.type(), procedure.version(), rule, reading, history, now));
            }
        }
        return found;
    }

    /// By item; without those that have none.
    static Map<String, Instant> mostUrgent(List<ClockRow> rows) {
        var urgent = new HashMap<String, Instant>();
        for (var row : rows) {
            var due = row.reading().dueAt();
            if (due != null && row.reading().state().ticking()) {
                urgent.merge(row.item(), due, (one, other) -> one.isBefore(other) ? one : other);
            }
        }
        return urgent;
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
