package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class SystemEntry implements NavigationEntry {

    private final Roles roles;

    SystemEntry(Roles roles) {
        this.roles = roles;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return roles.may(actor, Right.ADMINISTER)
                ? new Entry("Administration", 60, "System", "/admin/system", "server", null)
                : null;
    }
}
