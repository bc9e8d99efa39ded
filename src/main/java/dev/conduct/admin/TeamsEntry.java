package dev.conduct.admin;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class TeamsEntry implements NavigationEntry {

    private final Roles roles;

    TeamsEntry(Roles roles) {
        this.roles = roles;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return roles.may(actor, Right.ADMINISTER)
                ? new Entry("Administration", 51, "Teams", "/admin/teams", "users", null)
                : null;
    }
}
