package dev.conduct.rulebook;

import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;

/// What gates that only observe would have stopped.
///
/// @param titles of the records that the reader may see, by key
record ObservedView(Procedure procedure, List<Row> rows, Map<String, String> titles, Tabs tabs) implements View {

    /// @param use the steps under it in the last 90 days
    /// @param records how many records it would have stopped
    /// @param newest of those, as far as the reader may see them
    record Row(RuleControl control, String ref, RuleUse use, long records, List<UseFold.Deviation> newest) {}

    @Override
    public String template() {
        return "rulebook/observed.jte";
    }

    @Override
    public String title() {
        return "What gates would have stopped";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Procedure " + procedure.version(), "/procedure", false));
    }
}
