package dev.conduct.rulebook;

import dev.conduct.procedure.Adoption;
import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;

/// Every version this installation adopted, newest first.
///
/// @param names of who put them in and approved them, by actor id
record VersionsView(Procedure procedure, List<Adoption> versions, Map<String, String> names, Tabs tabs)
        implements View {

    @Override
    public String template() {
        return "rulebook/versions.jte";
    }

    @Override
    public String title() {
        return "Versions of the procedure";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Procedure " + procedure.version(), "/procedure", false), new Crumb("Versions", null, false));
    }

    String name(String actor) {
        return names.getOrDefault(actor, actor.startsWith("system:") ? "the installation" : actor);
    }
}
