package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.NewEvent;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.Migration;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The way of an item into the versions of the procedure that came into force since it was last judged. It is recorded
/// when they come into force (`Migrations`), or with the next act that is judged, whichever is first.
///
/// @param before the version it was judged by so far
/// @param path each version it moves to and its state there; empty when it stays
record Migrating(Item item, Procedure before, List<Migration.Standing> path) {

    static final Actor ACTOR = new Actor("system:procedure", "Procedure", Set.of(), "system");

    static Migrating of(Procedures procedures, Item item, Instant at) {
        var before = procedures.version(item.procedureVersion());
        return new Migrating(
                item,
                before,
                Migration.path(before, procedures.since(before.version(), at), item.type(), item.state()));
    }

    /// Whether such an item moves on from the version it was judged by.
    static boolean moves(Procedures procedures, String version, String type, String state, Instant at) {
        return !Migration.path(procedures.version(version), procedures.since(version, at), type, state)
                .isEmpty();
    }

    Procedure procedure() {
        return path.isEmpty() ? before : path.getLast().procedure();
    }

    String state() {
        return path.isEmpty() ? item.state() : path.getLast().state();
    }

    /// As rules will see it.
    List<CaseFold.Happening> happenings(Instant at) {
        return path.stream()
                .<CaseFold.Happening>map(step -> new CaseFold.Migrated(at, step.state(), renamed(step.procedure())))
                .toList();
    }

    /// One event for each version, after the item's last.
    List<NewEvent> events(Instant at) {
        var events = new ArrayList<NewEvent>();
        var state = item.state();
        var version = before.version();
        for (var step : path) {
            var telling = new Telling("item.migrate", at)
                    .with("from", state)
                    .with("to", step.state())
                    .with("from_version", version)
                    .with("states", renamed(step.procedure()))
                    .judgedBy(null, step.procedure().version());
            events.add(telling.of(item.key(), item.version() + events.size() + 1, ACTOR));
            state = step.state();
            version = step.procedure().version();
        }
        return events;
    }

    /// What states are called by the last of the versions, by the words of the first.
    Map<String, String> renamed() {
        var names = new HashMap<String, String>();
        for (var step : path) {
            var later = renamed(step.procedure());
            names.replaceAll((first, now) -> later.getOrDefault(now, now));
            later.forEach(names::putIfAbsent);
        }
        return Map.copyOf(names);
    }

    private Map<String, String> renamed(Procedure to) {
        return to.inFlight().states().getOrDefault(item.type(), Map.of());
    }
}
