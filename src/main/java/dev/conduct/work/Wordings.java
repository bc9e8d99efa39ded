package dev.conduct.work;

import dev.conduct.ledger.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What became of what was said of an item: reworded, deleted, or as it was said. Pure: pages, search and the rebuilt
/// tables tell the same of the same events.
///
/// @param changes by comment, in the order of recording
record Wordings(Map<String, List<Event>> changes) {

    static final String REWORD = "item.reword";
    static final String DELETE = "item.unsay";

    /// What somebody outside reads in the place of a deleted comment.
    static final String DELETED = "Deleted by who wrote it.";

    static final Set<String> ACTIONS = Set.of(REWORD, DELETE);

    /// @param events of one item; others than those that change a comment are passed over
    static Wordings of(List<Event> events) {
        var changes = new HashMap<String, List<Event>>();
        for (var event : events) {
            if (ACTIONS.contains(event.action()) && ItemFold.changes(event)) {
                changes.computeIfAbsent(comment(event), _ -> new ArrayList<>()).add(event);
            }
        }
        return new Wordings(changes);
    }

    /// Which comment an event changes.
    static String comment(Event event) {
        return ItemFold.text(event, "comment", "");
    }

    List<Event> of(UUID comment) {
        return changes.getOrDefault(comment.toString(), List.of());
    }

    /// Who deleted it and when; null while it stands.
    @Nullable
    Event deletion(UUID comment) {
        return of(comment).stream()
                .filter(event -> event.action().equals(DELETE))
                .findFirst()
                .orElse(null);
    }

    /// As it was said before each change, the first wording first; without the one that stands.
    List<Event> earlier(Event said) {
        var all = new ArrayList<Event>();
        all.add(said);
        all.addAll(of(said.id()));
        return all.subList(0, all.size() - 1);
    }

    /// The event as it may be told now: what was deleted has no words any more, wherever they were said.
    Event told(Event event) {
        return deleted(event) ? event.with(event.data(), Map.of()) : event;
    }

    /// Whether it said, or reworded, a comment that was deleted.
    boolean deleted(Event event) {
        var comment = event.action().equals("item.comment") ? event.id().toString() : comment(event);
        return changes.getOrDefault(comment, List.of()).stream()
                .anyMatch(change -> change.action().equals(DELETE));
    }

    /// A comment in the words that stand now; other events as they are.
    Event current(Event event) {
        if (!event.action().equals("item.comment") || of(event.id()).isEmpty()) {
            return event;
        }
        if (deletion(event.id()) != null) {
            return event.with(event.data(), Map.of("text", DELETED));
        }
        return event.with(event.data(), of(event.id()).getLast().content());
    }

    private record Said(UUID id, Instant at, String text) {}

    private static final Comparator<Said> AS_THE_TABLE_SORTS =
            Comparator.comparing(Said::at).thenComparing(said -> said.id().toString());

    /// The texts that search knows, in the order in which it came to know them: as they were said; after a change all
    /// of them anew, in the order of the table.
    ///
    /// @param events of one item from its beginning
    static List<String> texts(List<Event> events) {
        var said = new LinkedHashMap<String, Said>();
        for (var event : events) {
            if (!ItemFold.changes(event)) {
                continue;
            }
            var text = RemarkProjection.comment(event);
            if (text != null) {
                said.put(event.id().toString(), new Said(event.id(), event.occurredAt(), text));
            } else if (ACTIONS.contains(event.action())) {
                change(said, event);
            }
        }
        return said.values().stream().map(Said::text).toList();
    }

    private static void change(Map<String, Said> said, Event event) {
        var text = event.content().get("text");
        if (event.action().equals(DELETE)) {
            said.remove(comment(event));
        } else if (text != null) {
            said.computeIfPresent(comment(event), (_, old) -> new Said(old.id(), old.at(), text));
        }
        var sorted = said.values().stream().sorted(AS_THE_TABLE_SORTS).toList();
        said.clear();
        sorted.forEach(one -> said.put(one.id().toString(), one));
    }
}
