package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class ImportEntry implements NavigationEntry {

    private final Roles roles;

    ImportEntry(Roles roles) {
        this.roles = roles;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return roles.may(actor, Right.IMPORT)
                ? new Entry("Administration", 900, "Import", "/admin/import", "download", null)
                : null;
    }
}
