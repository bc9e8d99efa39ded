package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import java.util.List;
import org.springframework.stereotype.Component;

/// Puts glances at records together, of those that the reader sees.
@Component
class Glances {

    private final Items items;
    private final People people;

    Glances(Items items, People people) {
        this.items = items;
        this.people = people;
    }

    /// @throws dev.conduct.kernel.Problem 404 when not there or not visible to the reader
    GlancePage of(String key, Actor reader) {
        var now = items.standing(key, reader);
        var item = now.item();
        var assignee = item.assignee();
        return new GlancePage(
                item.key(),
                now.type().title(),
                item.title(),
                Stations.title(now.type(), item.state()),
                item.dueAt(),
                assignee == null
                        ? ""
                        : PageNames.of(List.of(assignee), people, reader).name(assignee));
    }
}
