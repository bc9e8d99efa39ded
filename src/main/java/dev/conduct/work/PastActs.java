package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.ItemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What stands in the ledger about items, as rules see it: for whoever judges it once more.
public final class PastActs {

    private PastActs() {}

    /// @return empty for what is of no concern to rules, refusals among it
    public static Optional<CaseFold.Happening> happening(Event event) {
        return ItemFold.happening(event);
    }

    /// A transition that was taken or refused, as it was tried.
    ///
    /// @param before the item as it stood
    /// @return empty for everything else, and for moves of imported history that follow no transition
    public static Optional<Case.Attempt> attempt(Event event, Case before) {
        var transition = ItemFold.text(event, "transition", "");
        if (!event.action().equals("item.transition") || transition.isEmpty()) {
            return Optional.empty();
        }
        var fields = new LinkedHashMap<>(before.fields());
        var assignee = before.assignee();
        if (event.outcome() == Outcome.SUCCESS) {
            var changes = ItemFold.changed(event);
            fields.putAll(changes.set());
            changes.removed().forEach(fields::remove);
            assignee = changes.reassigned() ? changes.assignee() : assignee;
        }
        return Optional.of(
                new Case.Attempt(transition, event.actor(), roles(event), fields, assignee, event.occurredAt()));
    }

    /// Whether the roles of who acted were known: those of other systems are not.
    public static boolean rolesKnown(Event event) {
        return event.data().containsKey("roles");
    }

    /// Whether a transition leads on from where the item stands.
    public static boolean leadsOn(ItemType type, String transition, String state) {
        var way = type.transitions().get(transition);
        return way != null && way.from().contains(state);
    }

    private static Set<String> roles(Event event) {
        return event.data().get("roles") instanceof List<?> roles
                ? roles.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }
}
