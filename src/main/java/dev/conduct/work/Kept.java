package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Values of fields that are personal or secret. An item holds only that there is one; the value lies encrypted beside
/// the event that set it, and is opened here for who asks for it and may read it, each reading recorded by its route.
@Component
class Kept {

    /// What an item holds, and everything made of items shows, in the place of a value.
    static final String SHOWN = "••••••";

    private final Items items;
    private final Ledger ledger;
    private final JdbcClient db;

    Kept(Items items, Ledger ledger, JdbcClient db) {
        this.items = items;
        this.ledger = ledger;
        this.db = db;
    }

    /// @param value null when there is none
    record Opened(Item item, ItemType.Field field, @Nullable String value) {}

    /// @param viewer with the roles held for the item's product
    static boolean may(ItemType.Field field, Actor viewer) {
        return field.kept()
                && Sight.of(viewer).inside()
                && (field.readers().isEmpty() || viewer.hasAny(field.readers()));
    }

    /// What one field holds, open or kept.
    ///
    /// @throws Problem 404 when the item is not visible or has no such field, 403 for who may not read it, 409
    ///     once it was erased
    Opened open(String key, String name, Actor who) {
        var standing = items.standing(key, who);
        var field = standing.type().fields().get(name);
        if (field == null) {
            throw Problem.notFound("A field of this name");
        }
        if (!field.kept()) {
            var open = standing.item().fields().get(name);
            return new Opened(standing.item(), field, open == null ? null : open.toString());
        }
        if (!may(field, who.on(Door.product(key)))) {
            throw Problem.forbidden(
                    "not_a_reader", field.title() + " is read by " + String.join(", ", field.readers()) + " alone.");
        }
        var event = db.sql("select event from work.kept_field where item = :item and field = :field")
                .param("item", key)
                .param("field", name)
                .query(UUID.class)
                .optional();
        var value = event.flatMap(id -> ledger.kept(id, Ledger.KEPT + name)).orElse(null);
        if (event.isPresent() && value == null) {
            throw Problem.conflict("erased", field.title() + " was erased.");
        }
        return new Opened(standing.item(), field, value);
    }

    /// @throws Problem 409 when what is personal in it was erased: nothing more of that person is taken in
    static void require(Subjects subjects, Item item, FieldChanges changes) {
        var personal = changes.set().keySet().stream()
                .anyMatch(name -> changes.type().fields().get(name) instanceof ItemType.Field field
                        && field.keeping() == ItemType.Keeping.PERSONAL);
        if (personal && subjects.erased(ItemFold.PREFIX + item.key())) {
            throw Problem.conflict(
                    "erased",
                    "What was personal in " + item.key() + " was erased, so it takes in no more. Report a new record.");
        }
    }
}
