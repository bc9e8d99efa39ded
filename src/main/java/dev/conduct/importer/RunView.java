package dev.conduct.importer;

import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An import under way, done or undone.
///
/// @param by who asked for it
/// @param line the type its records became, for the way to them
record RunView(Run run, String by, @Nullable String undoer, String line) implements View {

    String href() {
        return "/admin/import/" + run.id();
    }

    @Override
    public String template() {
        return "importer/run.jte";
    }

    @Override
    public String title() {
        return run.undoing() ? "Undoing an import" : run.busy() ? "Importing" : "Imported";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Import", "/admin/import", false), new Crumb(title(), null, false));
    }
}
