package dev.conduct.clock;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The clocks of items: what they show now, kept beside the item in the transaction of each change.
@Component
public class Clocks {

    private final Items items;
    private final Ledger ledger;
    private final Procedures procedures;
    private final ClockRows rows;
    private final InstantSource time;
    private final Map<String, Timetable> timetables = new ConcurrentHashMap<>();

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
        var procedure = procedures.version(item.procedureVersion());
        var type = type(procedure, item.type());
        var history = History.of(type, ledger.eventsOf("item:" + item.key()));
        var readings = new ArrayList<ClockReading>();
        for (var rule : type.clocks()) {
            readings.addAll(ClockReading.of(rule, timetable(procedure), history.happenings(), now())
                    .reversed());
        }
        return readings;
    }

    /// Computes the clocks of changed items anew and tells the items their most urgent deadlines.
    void recompute(Collection<Changed> changes) {
        var now = now();
        var all = new ArrayList<ClockRow>();
        for (var change : changes) {
            var events = change.whole()
                    ? change.events()
                    : ledger.eventsOf("item:" + change.item().key());
            all.addAll(rows(change.item(), events, now));
        }
        // What began in this transaction has no rows yet: creation is spared a statement.
        rows.replace(
                changes.stream()
                        .filter(change -> !change.whole())
                        .map(change -> change.item().key())
                        .toList(),
                all);
        var urgent = mostUrgent(all);
        for (var change : changes) {
            var due = urgent.get(change.item().key());
            if (!Objects.equals(due, change.item().dueAt())) {
                items.dueChanged(change.item().key(), due);
            }
        }
    }

    /// An item that changed in this transaction.
    ///
    /// @param whole whether the events are all it has
    record Changed(Item item, List<Event> events, boolean whole) {}

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
