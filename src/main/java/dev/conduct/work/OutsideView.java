package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What customers read of a record that they see: what the procedure declares to be for them, never who works on it,
/// what was recorded about it, or what was said among those who do.
@Component
class OutsideView {

    /// What an event may tell a customer beside the fields that are for them.
    private static final Set<String> OF_A_MOVE = Set.of("transition", "from", "to");

    private static final Set<String> OF_A_FILE = Set.of("attachment", "size", "media_type", "name");

    private final Procedures procedures;

    OutsideView(Procedures procedures) {
        this.procedures = procedures;
    }

    /// The item as this reader may read it.
    Item of(Item item, Actor reader) {
        return Sight.of(reader).inside() ? item : outside(item);
    }

    /// As customers read it, whoever reads.
    Item outside(Item item) {
        var fields = new TreeMap<>(item.fields());
        fields.keySet().retainAll(fields(type(item)));
        return new Item(
                item.key(),
                item.type(),
                item.product(),
                item.title(),
                item.description(),
                item.state(),
                fields,
                null,
                item.reporter(),
                item.createdAt(),
                item.updatedAt(),
                item.procedureVersion(),
                item.version(),
                null,
                item.organisation(),
                null);
    }

    private ItemType type(Item item) {
        return Door.type(procedures.version(item.procedureVersion()), item.type());
    }

    private static Set<String> fields(ItemType type) {
        return type.fields().values().stream()
                .filter(ItemType.Field::outside)
                .map(ItemType.Field::name)
                .collect(java.util.stream.Collectors.toSet());
    }

    /// What an event tells a customer; null when it is none of their business.
    @Nullable
    Map<String, Object> payload(Event event, Item item) {
        if (event.outcome() != Outcome.SUCCESS) {
            return null;
        }
        var type = type(item);
        var said = ItemFold.outside(event, item);
        return switch (event.action()) {
            case "item.report" -> changes(event, type, Set.of("title", "description"));
            case "item.edit" -> {
                var told = changes(event, type, Set.of("title", "description"));
                yield told.isEmpty() ? null : told;
            }
            case "item.transition" -> {
                var told = changes(event, type, said ? Set.of("comment") : Set.of());
                OF_A_MOVE.forEach(name -> put(told, name, event.data().get(name)));
                yield event.data().containsKey("to")
                                && !event.data().get("to").equals(event.data().get("from"))
                        ? told
                        : null;
            }
            case "item.comment" -> said ? Map.of("text", event.content().getOrDefault("text", "")) : null;
            case "item.attach" -> {
                var told = new TreeMap<String, Object>();
                OF_A_FILE.forEach(name -> put(told, name, event.data().get(name)));
                put(told, "name", event.content().get("name"));
                yield said ? told : null;
            }
            default -> null;
        };
    }

    private static Map<String, Object> changes(Event event, ItemType type, Set<String> words) {
        var told = new TreeMap<String, Object>();
        words.forEach(name -> put(told, name, event.content().get(name)));
        var fields = new TreeMap<String, Object>();
        var changed = ItemFold.changed(event).set();
        fields(type).forEach(name -> put(fields, name, changed.get(name)));
        put(told, "fields", fields.isEmpty() ? null : fields);
        return told;
    }

    private static void put(Map<String, Object> told, String name, @Nullable Object value) {
        if (value != null) {
            told.put(name, value);
        }
    }
}
