package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.CaseFold.Changes;
import dev.conduct.procedure.CaseFold.Happening;
import dev.conduct.procedure.ItemType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an event makes of an item. Pure: the live projection, the rebuilt one and the case that rules see all come
/// from here.
final class ItemFold {

    static final String PREFIX = "item:";

    /// What rules and clocks look at; comments, files and refusals decide nothing.
    static final Set<String> DECIDING = Set.of(
            "item.report",
            "item.edit",
            "item.transition",
            "item.migrate",
            "item.attest",
            "item.link",
            "override.approve");

    private ItemFold() {}

    /// Refusals and notices change nothing.
    static boolean changes(Event event) {
        return event.outcome() == Outcome.SUCCESS
                && (event.action().startsWith("item.")
                        || event.action().startsWith("override.")
                        || event.action().startsWith("duty."));
    }

    static Item after(@Nullable Item before, Event event) {
        if (before == null) {
            return reported(event);
        }
        if (!changes(event)) {
            return before;
        }
        var changes = changes(event.data(), event.content());
        var fields = new LinkedHashMap<>(before.fields());
        fields.putAll(changes.set());
        changes.removed().forEach(fields::remove);
        return new Item(
                before.key(),
                before.type(),
                before.product(),
                event.content().getOrDefault("title", before.title()),
                event.content().getOrDefault("description", before.description()),
                text(event, "to", before.state()),
                Map.copyOf(fields),
                changes.reassigned() ? changes.assignee() : before.assignee(),
                before.reporter(),
                before.createdAt(),
                touched(before, event),
                event.procedure() == null ? before.procedureVersion() : event.procedure(),
                event.objectVersion(),
                before.dueAt(),
                before.organisation(),
                event.data().containsKey("readers") ? readers(event) : before.readers());
    }

    /// Nobody touches an item by bringing another version into force.
    private static Instant touched(Item before, Event event) {
        return event.action().equals("item.migrate") || before.updatedAt().isAfter(event.occurredAt())
                ? before.updatedAt()
                : event.occurredAt();
    }

    private static Item reported(Event event) {
        var changes = changes(event.data(), event.content());
        var key = event.object().substring(PREFIX.length());
        return new Item(
                key,
                text(event, "type", ""),
                key.substring(0, key.lastIndexOf('-')),
                event.content().getOrDefault("title", ""),
                event.content().getOrDefault("description", ""),
                text(event, "state", ""),
                Map.copyOf(changes.set()),
                changes.assignee(),
                event.actor(),
                event.occurredAt(),
                event.occurredAt(),
                Objects.requireNonNullElse(event.procedure(), ""),
                event.objectVersion(),
                null,
                maybe(event, "organisation"),
                readers(event));
    }

    /// Whom an event restricts the item to; null opens it to whoever sees the product.
    private static @Nullable List<String> readers(Event event) {
        return event.data().get("readers") instanceof List<?> names
                ? names.stream().map(String::valueOf).toList()
                : null;
    }

    /// Whether customers read what was said or attached with this event. Of before one could say so, what the
    /// reporter added themselves.
    static boolean outside(Event event, Item item) {
        return event.data().get("outside") instanceof Boolean said
                ? said
                : event.actor().equals(item.reporter());
    }

    /// The event as rules see it; empty when it is of no concern to them.
    static Optional<Happening> happening(Event event) {
        if (event.outcome() != Outcome.SUCCESS || !DECIDING.contains(event.action())) {
            return Optional.empty();
        }
        var at = event.occurredAt();
        return Optional.ofNullable(
                switch (event.action()) {
                    case "item.report" ->
                        new CaseFold.Created(at, event.actor(), text(event, "state", ""), changed(event));
                    case "item.edit" -> new CaseFold.Edited(at, changed(event));
                    case "item.transition" -> moved(event);
                    case "item.migrate" -> new CaseFold.Migrated(at, text(event, "to", ""), renamed(event));
                    case "item.attest" -> new CaseFold.Attested(at, fact(event));
                    case "item.link" ->
                        new CaseFold.Linked(at, new Case.Link(text(event, "kind", ""), text(event, "other", "")));
                    case "override.approve" -> new CaseFold.Overridden(at, override(event));
                    default -> null;
                });
    }

    private static Map<String, String> renamed(Event event) {
        var names = new LinkedHashMap<String, String>();
        if (event.data().get("states") instanceof Map<?, ?> states) {
            states.forEach((before, after) -> names.put(String.valueOf(before), String.valueOf(after)));
        }
        return names;
    }

    private static Happening moved(Event event) {
        return new CaseFold.Moved(
                event.occurredAt(),
                text(event, "transition", ""),
                text(event, "from", ""),
                text(event, "to", ""),
                event.actor(),
                words(event, "roles"),
                words(event, "voids"),
                changed(event));
    }

    private static Case.Fact fact(Event event) {
        return new Case.Fact(
                text(event, "kind", ""),
                Boolean.TRUE.equals(event.data().get("passed")),
                maybe(event, "commit"),
                maybe(event, "build"),
                event.occurredAt(),
                event.actor(),
                words(event, "roles"),
                text(event, "source", "attested"),
                false);
    }

    private static Case.Override override(Event event) {
        return new Case.Override(
                text(event, "gate", ""),
                text(event, "asked_by", ""),
                event.actor(),
                event.occurredAt(),
                Instant.parse(text(event, "ends_at", "")),
                text(event, "override", ""),
                maybe(event, "commit"));
    }

    static Changes changed(Event event) {
        return changes(event.data(), event.content());
    }

    private static Changes changes(Map<String, Object> data, Map<String, String> content) {
        var set = new LinkedHashMap<String, Object>();
        if (data.get("fields") instanceof Map<?, ?> fields) {
            fields.forEach((name, value) -> set.put(String.valueOf(name), value));
        }
        if (data.get("texts") instanceof List<?> texts) {
            texts.forEach(name -> {
                var value = content.get(String.valueOf(name));
                if (value != null) {
                    set.put(String.valueOf(name), value);
                }
            });
        }
        if (data.get("kept") instanceof Map<?, ?> kept) {
            kept.keySet().forEach(name -> set.put(String.valueOf(name), Kept.SHOWN));
        }
        var removed = new LinkedHashSet<String>();
        if (data.get("cleared") instanceof List<?> cleared) {
            cleared.forEach(name -> removed.add(String.valueOf(name)));
        }
        return new Changes(set, removed, data.containsKey("assignee"), (String) data.get("assignee"));
    }

    /// The rank of its priority, else of its severity, among the options, 1 first; 99 without either.
    static int urgency(ItemType type, Map<String, Object> fields) {
        return type.urgency(fields).map(ItemType.Urgency::rank).orElse(99);
    }

    static String text(Event event, String name, String otherwise) {
        return event.data().get(name) instanceof String value ? value : otherwise;
    }

    private static @Nullable String maybe(Event event, String name) {
        return event.data().get(name) instanceof String value ? value : null;
    }

    private static Set<String> words(Event event, String name) {
        return event.data().get(name) instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(java.util.stream.Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
