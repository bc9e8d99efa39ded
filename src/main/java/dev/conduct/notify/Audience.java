package dev.conduct.notify;

import dev.conduct.identity.People;
import dev.conduct.identity.People.Person;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.work.Overrides;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/// Whom an event concerns, and why; not yet whether they may see it.
@Component
class Audience {

    /// What nobody needs to hear of: their own watching, and the ways a new version of the procedure takes.
    private static final Set<String> UNTOLD = Set.of("item.watch", "item.unwatch", "item.migrate", "item.unsay");

    private final People people;
    private final Overrides overrides;

    Audience(People people, Overrides overrides) {
        this.people = people;
        this.overrides = overrides;
    }

    /// @param watching whoever watches the item
    Map<String, Kind> of(Event event, Collection<String> watching) {
        var told = new HashMap<String, Kind>();
        if (UNTOLD.contains(event.action())) {
            return told;
        }
        mentions(event).forEach(person -> tell(told, person, Kind.MENTION));
        if (event.data().get("assignee") instanceof String assignee) {
            tell(told, assignee, Kind.ASSIGNMENT);
        }
        switch (event.action()) {
            case "clock.warn" -> watching.forEach(person -> tell(told, person, Kind.CLOCK_AT_RISK));
            case "clock.breach" -> watching.forEach(person -> tell(told, person, Kind.CLOCK_BREACHED));
            // Whoever watches it was told by the breach itself, at the same moment.
            case "clock.escalate" ->
                holding(roles(event)).stream()
                        .filter(person -> !watching.contains(person))
                        .forEach(person -> tell(told, person, Kind.CLOCK_BREACHED));
            case "override.ask" -> holding(deciders(event)).forEach(person -> tell(told, person, Kind.EXCEPTION));
            case "override.approve", "override.decline" -> named(told, event, "asked_by", Kind.EXCEPTION);
            case "duty.owe", "duty.overdue" -> named(told, event, "owed_by", Kind.DUTY);
            default -> {}
        }
        // Whoever watches it now could not do so before it was there.
        // Nor does anybody need to hear twice of what was said, but whom the new words name.
        if (event.action().startsWith("item.")
                && !Set.of("item.report", "item.reword").contains(event.action())) {
            watching.forEach(person -> tell(told, person, Kind.WATCHED));
        }
        // Who owes a follow-up is told of it even when it was their own act that left it.
        if (!event.action().startsWith("duty.")) {
            told.remove(event.actor());
        }
        told.keySet().removeIf(person -> !person.startsWith("person:"));
        return told;
    }

    private static void named(Map<String, Kind> told, Event event, String name, Kind kind) {
        if (event.data().get(name) instanceof String person) {
            tell(told, person, kind);
        }
    }

    private static void tell(Map<String, Kind> told, String person, Kind kind) {
        told.merge(person, kind, (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    private Set<String> mentions(Event event) {
        var words = event.content().values().stream()
                .filter(text -> text.indexOf('@') >= 0)
                .toList();
        if (words.isEmpty() || !event.action().startsWith("item.")) {
            return Set.of();
        }
        return Mentioned.in(String.join("\n", words), people.holding(Set.of()));
    }

    private static Set<String> roles(Event event) {
        return event.data().get("roles") instanceof List<?> roles
                ? Set.copyOf(roles.stream().map(String::valueOf).toList())
                : Set.of();
    }

    private Set<String> deciders(Event event) {
        var key = event.object().substring("item:".length());
        try {
            return overrides.deciders(
                    key,
                    String.valueOf(event.data().get("transition")),
                    String.valueOf(event.data().get("gate")));
        } catch (Problem gone) {
            return Set.of();
        }
    }

    /// No role is nobody, not everybody.
    private List<String> holding(Set<String> roles) {
        return roles.isEmpty()
                ? List.of()
                : people.holding(roles).stream().map(Person::id).toList();
    }
}
