package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class PeopleEntry implements NavigationEntry {

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return actor.has(AdminRoutes.ADMINISTRATOR)
                ? new Entry("Rule book", 50, "People", "/admin/people", "users", null)
                : null;
    }
}
