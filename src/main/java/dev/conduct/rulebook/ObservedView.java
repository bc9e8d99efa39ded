package dev.conduct.rulebook;

import dev.conduct.procedure.Procedure;
import dev.conduct.shell.View;
import java.util.List;

/// What gates that only observe would have stopped. Steps are counted of the whole company, as in the register; what
/// would have been stopped only of the records that the reader may see.
record ObservedView(Procedure procedure, List<Row> rows, Tabs tabs) implements View {

    /// @param use the steps under it in the last 90 days
    /// @param observed what it would have stopped, as far as the reader may see it
    record Row(RuleControl control, String ref, RuleUse use, ObservedRows.Observed observed) {}

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
