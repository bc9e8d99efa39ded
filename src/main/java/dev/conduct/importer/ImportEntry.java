package dev.conduct.importer;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class ImportEntry implements NavigationEntry {

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return actor.hasAny(Imports.MAY)
                ? new Entry("Rule book", 900, "Import", "/admin/import", "download", null)
                : null;
    }
}
