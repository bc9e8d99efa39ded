package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Restricts an item to those who are named, changes who is named, and opens it again.
@Component
class Restrictions {

    private static final int MOST = 100;

    private final Door door;
    private final People people;
    private final Teams teams;
    private final Roles roles;

    Restrictions(Door door, People people, Teams teams, Roles roles) {
        this.door = door;
        this.people = people;
        this.teams = teams;
        this.roles = roles;
    }

    /// @throws Problem 400 for somebody unknown, 403 for who may not
    Item restrict(Items.Restriction wanted, Actor who) {
        var actor = who.on(Door.product(wanted.key()));
        return door.through(() -> {
            var found = door.hold(wanted.key(), actor, wanted.expectedVersion()).item();
            var at = door.now(found);
            var held = door.standing(found, at);
            var item = held.item();
            var action = wanted.readers() == null ? "item.open" : "item.restrict";
            var refusal = refusal(held.type(), actor);
            if (refusal != null) {
                door.refuse(item, actor, action, refusal);
            }
            var readers = wanted.readers() == null ? null : readers(held.type(), wanted.readers());
            if (java.util.Objects.equals(readers, item.readers())) {
                return item;
            }
            var telling = new Telling(action, at)
                    .readers(readers)
                    .judgedBy(held.type().clause(), held.procedure().version());
            return door.enter(held, telling, at, actor).item();
        });
    }

    /// Whether the actor may restrict items of a type and open them.
    static boolean may(ItemType type, Actor actor) {
        return refusal(type, actor) == null;
    }

    private static @Nullable Reason refusal(ItemType type, Actor actor) {
        var by = type.restriction().by();
        return actor.hasAny(by) || actor.id().startsWith("system:")
                ? null
                : new Reason(
                        type.clause(),
                        Reason.Kind.ROLE,
                        "restricted",
                        "Who may see it",
                        by.isEmpty()
                                ? "The procedure names nobody who restricts a " + type.name() + "."
                                : "Who may see it is decided by "
                                        + String.join(", ", by.stream().sorted().toList()) + ".",
                        by.isEmpty() ? "Name roles under `restricted` of the type." : "Ask one of them.",
                        ItemType.Mode.ENFORCE);
    }

    /// Those whom the procedure names always read, so that no item is lost with the people who knew it.
    private List<String> readers(ItemType type, List<String> wanted) {
        if (wanted.size() > MOST) {
            throw Problem.badInput("readers", "too_many", "are more than " + MOST + ". Name a team or a role instead.");
        }
        Set<String> names = new TreeSet<>();
        type.restriction().readers().forEach(role -> names.add("role:" + role));
        for (var i = 0; i < wanted.size(); i++) {
            names.add(reader("readers[" + i + "]", wanted.get(i)));
        }
        return List.copyOf(names);
    }

    private String reader(String field, String wanted) {
        var name = PlainText.checked(field, wanted.strip(), 300);
        if (name.startsWith("role:")) {
            var role = name.substring("role:".length());
            if (roles.all().stream().noneMatch(known -> known.name().equals(role))) {
                throw Problem.badInput(field, "unknown_role", "is no role of the procedure.");
            }
            return name;
        }
        if (name.startsWith("team:")) {
            return teams.find(name.substring("team:".length()))
                    .map(Teams.Team::reader)
                    .orElseThrow(() -> Problem.badInput(field, "unknown_team", "is no team here."));
        }
        return people.resolve(name)
                .map(People.Person::id)
                .orElseThrow(() -> Problem.badInput(
                        field,
                        "unknown_person",
                        "names nobody here, or several. Write an id, an e-mail address, `team:NAME` or `role:NAME`."));
    }
}
