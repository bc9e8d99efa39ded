package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class ClientsEntry implements NavigationEntry {

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return actor.has(AdminRoutes.ADMINISTRATOR)
                ? new Entry("Rule book", 51, "Programs", "/admin/clients", "key-round", null)
                : null;
    }
}
