package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.Html;
import dev.conduct.procedure.Procedure;
import gg.jte.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who may see a restricted item, on its page, with the form of those who decide it. Of an item that everybody sees
/// it shows those who decide the way to restrict it, and others nothing.
@Component
class ReadersPanel implements ItemPanel {

    private final People people;
    private final Teams teams;
    private final Roles roles;
    private final Html html;

    ReadersPanel(People people, Teams teams, Roles roles, Html html) {
        this.people = people;
        this.teams = teams;
        this.roles = roles;
        this.html = html;
    }

    /// @param fixed true for those whom the procedure names: they stay
    record Reader(String name, String title, String kind, boolean fixed) {}

    /// @param others who could be added
    record View(
            String key,
            String type,
            long version,
            boolean restricted,
            boolean may,
            List<Reader> readers,
            List<Reader> others) {}

    @Override
    public int order() {
        return 90;
    }

    @Override
    public @Nullable Content of(ItemPast past, Actor actor) {
        var item = past.item();
        var type = past.standing().type();
        var may = Restrictions.may(type, actor);
        if (!item.restricted() && !may) {
            return null;
        }
        var view = new View(
                item.key(),
                type.title().toLowerCase(java.util.Locale.ROOT),
                item.version(),
                item.restricted(),
                may,
                item.restricted() ? readers(past.standing()) : List.of(),
                item.restricted() && may ? others(item) : List.of());
        var panel = html.render("work/readers.jte", Map.of("view", view));
        return output -> output.writeContent(panel);
    }

    private List<Reader> readers(Standing standing) {
        var names = java.util.Objects.requireNonNullElse(standing.item().readers(), List.<String>of());
        var known = people.byId(names);
        var groups = names.stream().anyMatch(name -> name.startsWith("team:")) ? teams.all() : List.<Teams.Team>of();
        return names.stream()
                .map(name -> {
                    if (name.startsWith("role:")) {
                        var role = name.substring("role:".length());
                        return new Reader(
                                name,
                                title(standing.procedure(), role),
                                "role",
                                standing.type().restriction().readers().contains(role));
                    }
                    if (name.startsWith("team:")) {
                        var team = groups.stream()
                                .filter(one -> one.reader().equals(name))
                                .map(Teams.Team::name)
                                .findFirst();
                        return new Reader(name, team.orElse("A team that is gone"), "team", false);
                    }
                    var person = known.get(name);
                    return new Reader(name, person == null ? "Somebody unknown" : person.name(), "person", false);
                })
                .toList();
    }

    private static String title(Procedure procedure, String role) {
        var known = procedure.roles().get(role);
        return known == null ? role : known.title();
    }

    private List<Reader> others(Item item) {
        var named = java.util.Objects.requireNonNullElse(item.readers(), List.<String>of());
        var others = new ArrayList<Reader>();
        teams.all().forEach(team -> others.add(new Reader(team.reader(), team.name(), "team", false)));
        roles.all().stream()
                .filter(role -> !role.outside())
                .forEach(role -> others.add(new Reader("role:" + role.name(), role.title(), "role", false)));
        people.holding(java.util.Set.of())
                .forEach(person -> others.add(new Reader(person.id(), person.name(), "person", false)));
        return others.stream().filter(one -> !named.contains(one.name())).toList();
    }
}
