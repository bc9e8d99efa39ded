package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Reason;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What roles allow before any transition asks. Somebody with several may do what any of them allows.
final class Rights {

    private Rights() {}

    /// Whether some role, for whatever product, lets them begin one: what pages offer. The door asks once more.
    static boolean mayBegin(Procedure procedure, ItemType type, Actor actor) {
        var every = actor.everyRole();
        return type.begunBy(every)
                && (every.size() > actor.roles().size() || refusal(procedure, type.name(), actor, false) == null);
    }

    /// Why the actor's roles never allow it, null when they may.
    ///
    /// @param moves false for what only adds to an item: a comment, a file, a link, a report
    static @Nullable Reason refusal(Procedure procedure, String type, Actor actor, boolean moves) {
        if (actor.id().startsWith("system:") || HistoryDoor.BRINGS_HISTORY.contains(actor.via())) {
            return null;
        }
        Predicate<Procedure.Role> never =
                moves ? role -> role.readsOnly() || role.administers() : Procedure.Role::readsOnly;
        var roles = procedure.roles();
        var held = actor.roles();
        if (held.isEmpty()
                || !held.stream()
                        .allMatch(name ->
                                roles.containsKey(name) && never.test(Objects.requireNonNull(roles.get(name))))) {
            return null;
        }
        var titles = held.stream()
                .map(name -> Objects.requireNonNull(roles.get(name)).title())
                .sorted()
                .collect(Collectors.joining(" or "));
        return reason(
                clause(procedure, type),
                moves
                        ? "Nobody changes a record by being " + titles + "."
                        : "Nobody adds to a record by being " + titles + ".",
                "Ask somebody who works on it.");
    }

    /// Why the actor may not set the assignee: it is for whoever may do a transition that asks for it, and the
    /// assignee, who hands over.
    ///
    /// @param assignee now
    static @Nullable Reason assigning(ItemType type, @Nullable String assignee, Actor actor) {
        var asking = type.transitions().values().stream()
                .filter(transition -> transition.asks().contains("assignee"))
                .toList();
        var roles = asking.stream()
                .flatMap(transition -> transition.roles().stream())
                .collect(Collectors.toSet());
        if (roles.isEmpty() || actor.hasAny(roles) || actor.id().equals(assignee)) {
            return null;
        }
        return reason(
                asking.getFirst().clause(),
                "The assignee is set by " + words(roles) + ", or by the assignee.",
                "Ask one of them.");
    }

    /// Whoever reports from outside may correct the report until it is taken in; who may reopen what is over may
    /// correct it.
    static @Nullable Reason editing(ItemType type, Item item, Actor actor) {
        if (!Sight.of(actor).inside()) {
            return item.state().equals(type.initial())
                    ? null
                    : reason(
                            type.clause(),
                            "The report has been taken in and is no longer changed from outside.",
                            "Add a comment.");
        }
        if (!type.ended().contains(item.state()) || actor.id().startsWith("system:")) {
            return null;
        }
        var ways = type.transitions().values().stream()
                .filter(way -> way.from().contains(item.state()))
                .toList();
        var roles = ways.stream().flatMap(way -> way.roles().stream()).collect(Collectors.toSet());
        return ways.isEmpty() || ways.stream().anyMatch(way -> way.roles().isEmpty()) || actor.hasAny(roles)
                ? null
                : reason(
                        type.clause(),
                        "It is over, and is corrected by who may reopen it: " + words(roles) + ".",
                        "Ask one of them.");
    }

    private static String clause(Procedure procedure, String type) {
        var known = procedure.types().get(type);
        return known == null ? "" : known.clause();
    }

    private static String words(Set<String> roles) {
        return String.join(", ", roles.stream().sorted().toList());
    }

    private static Reason reason(String clause, String says, String fix) {
        return new Reason(clause, Reason.Kind.ROLE, "role", "Role", says, fix, ItemType.Mode.ENFORCE);
    }
}
