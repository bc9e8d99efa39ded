package dev.conduct.clock;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.ItemType.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An item's events as clocks see them.
///
/// @param happenings in order of happening, whatever the order in which they became known
/// @param told what has been told already
/// @param knownAt when the last event became known that had happened clearly earlier, as imported ones have: nobody is
///     told afterwards what had passed by then
/// @param judgedSince when the version that judges it took it over: by its measures nothing ran out before
record History(List<Happening> happenings, Set<Told> told, Instant knownAt, Instant judgedSince) {

    /// A clock's event about one target of one round: each is told once.
    record Told(String action, String clock, long round, String target) {}

    static final Set<String> MATTERING = Set.of("item.report", "item.transition", "item.edit", "item.migrate");

    private static final Duration AT_ONCE = Duration.ofMinutes(1);

    static History of(ItemType type, List<Event> events) {
        return of(type, events, Map.of());
    }

    /// @param renamed states that the type calls otherwise than the events do
    static History of(ItemType type, List<Event> events, Map<String, String> renamed) {
        var happened = events.stream()
                .filter(event -> event.outcome() == Outcome.SUCCESS)
                .sorted(Comparator.comparing(Event::occurredAt).thenComparing(Event::row))
                .toList();
        var told = new HashSet<Told>();
        var knownAt = Instant.EPOCH;
        for (var event : happened) {
            if (tells(event)) {
                told.add(told(event));
            } else if (late(event) && event.recordedAt().isAfter(knownAt)) {
                knownAt = event.recordedAt();
            }
        }
        var migrations = happened.stream()
                .filter(event -> event.action().equals("item.migrate"))
                .sorted(Comparator.comparing(Event::row))
                .toList();
        var happenings = happened.stream()
                .filter(event -> matters(event) && !migrations.contains(event))
                .map(event -> happening(type, event, Renamed.after(event, migrations, renamed)))
                .toList();
        var judgedSince =
                migrations.isEmpty() ? Instant.EPOCH : migrations.getLast().occurredAt();
        return new History(happenings, told, knownAt, judgedSince);
    }

    History andTold(Collection<Told> more) {
        var all = new HashSet<>(told);
        all.addAll(more);
        return new History(happenings, all, knownAt, judgedSince);
    }

    /// Whether a clock may change by it; comments, links, evidence and watchers change none.
    static boolean matters(Event event) {
        return MATTERING.contains(event.action());
    }

    /// Whether it is a clock's own.
    static boolean tells(Event event) {
        return event.action().startsWith("clock.");
    }

    /// Whether it became known clearly after it had happened.
    static boolean late(Event event) {
        return event.recordedAt().isAfter(event.occurredAt().plus(AT_ONCE));
    }

    /// What a newer version of the procedure, by which the item is judged since, calls the states of an event.
    private record Renamed(List<Event> migrations, Map<String, String> last) {

        static Renamed after(Event event, List<Event> migrations, Map<String, String> last) {
            return new Renamed(
                    migrations.stream()
                            .filter(migration -> migration.row() > event.row())
                            .toList(),
                    last);
        }

        String state(String state) {
            var name = state;
            for (var migration : migrations) {
                if (migration.data().get("states") instanceof Map<?, ?> states
                        && states.get(name) instanceof String now) {
                    name = now;
                }
            }
            return last.getOrDefault(name, name);
        }
    }

    private static Told told(Event event) {
        return new Told(
                event.action(),
                text(event, "clock"),
                event.data().get("round") instanceof Number round ? round.longValue() : 1,
                text(event, "target"));
    }

    private static Happening happening(ItemType type, Event event, Renamed renamed) {
        var created = event.action().equals("item.report");
        var names = new HashSet<String>();
        var from = renamed.state(text(event, "from"));
        var to = renamed.state(created ? text(event, "state") : text(event, "to"));
        var transition = text(event, "transition");
        if (created) {
            names.add("created");
        }
        if (!transition.isEmpty()) {
            names.add(transition);
        }
        if (!to.equals(from)) {
            names.addAll(reached(type, from, to));
        }
        return new Happening(
                event.occurredAt(),
                says(event, created, transition, to),
                names,
                fields(event),
                type.ended().contains(to));
    }

    private static String says(Event event, boolean created, String transition, String to) {
        if (created) {
            return "created";
        }
        var word = transition.isEmpty() ? to : transition;
        return word.isEmpty() ? event.action() : word.replace('_', ' ');
    }

    /// What going from one state to another amounts to. History from elsewhere skips stations of the line: whoever
    /// arrives at a later one has passed those between, by whatever transition leads to each.
    private static Set<String> reached(ItemType type, String from, String to) {
        var names = new HashSet<String>();
        names.add("state:" + to);
        var arrival = type.line().indexOf(to);
        var departure = type.line().indexOf(from);
        if (departure < 0) {
            departure = from.isEmpty() ? -1 : arrival - 1;
        }
        for (var station = departure + 1; station <= arrival; station++) {
            var passed = type.line().get(station);
            names.add("state:" + passed);
            type.transitions().values().stream()
                    .filter(transition -> !transition.back() && Objects.equals(transition.to(), passed))
                    .map(Transition::name)
                    .forEach(names::add);
        }
        return names;
    }

    private static Map<String, @Nullable Object> fields(Event event) {
        var fields = new HashMap<String, @Nullable Object>();
        if (event.data().get("fields") instanceof Map<?, ?> set) {
            set.forEach((name, value) -> fields.put(String.valueOf(name), value));
        }
        if (event.data().get("cleared") instanceof List<?> cleared) {
            cleared.forEach(name -> fields.put(String.valueOf(name), null));
        }
        return fields;
    }

    private static String text(Event event, String name) {
        return Objects.toString(event.data().get(name), "");
    }
}
