package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;

/// Which parts of an item somebody may change without a transition: what pages offer. The door decides.
///
/// @param viewer with the roles held for the item's product
record Editing(Item item, ItemType type, Procedure procedure, Actor viewer) {

    boolean any() {
        return Rights.refusal(procedure, item.type(), viewer, true) == null
                && Rights.editing(type, item, viewer) == null;
    }

    boolean field(ItemType.Field field) {
        var bound = field.kind() == ItemType.FieldKind.COMMIT && !type.names(field, item.state());
        return !bound && (field.editors().isEmpty() || viewer.hasAny(field.editors())) && any();
    }

    boolean assignee() {
        return any() && Rights.assigning(type, item.assignee(), viewer) == null;
    }
}
