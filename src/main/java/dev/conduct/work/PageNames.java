package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.work.RecordPage.Named;
import java.util.Collection;
import java.util.Map;

/// The people of one page, fetched in one query.
record PageNames(Map<String, People.Person> people, Actor viewer) {

    static PageNames of(Collection<String> ids, People people, Actor viewer) {
        return new PageNames(people.byId(ids), viewer);
    }

    Named named(String id) {
        var person = people.get(id);
        if (person == null) {
            return id.startsWith("system:")
                    ? new Named(id, "Conduct", "C", false)
                    : new Named(id, "Somebody unknown", "?", false);
        }
        return new Named(id, person.name(), person.initials(), id.equals(viewer.id()));
    }

    String name(String id) {
        return named(id).name();
    }
}
