package dev.conduct.rulebook;

import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.util.List;

/// The parts of the rule book, as tabs over its pages.
///
/// @param here the path of the tab shown
record Tabs(List<Tab> tabs, String here) {

    record Tab(String label, String href, long number) {}

    static Tabs of(Procedure procedure, Procedures procedures, String here) {
        var first = procedure.types().keySet().iterator().next();
        return new Tabs(
                List.of(
                        new Tab("Clauses", "/procedure", procedure.clauses().size()),
                        new Tab(
                                "Lines",
                                "/procedure/lines/" + first,
                                procedure.types().size()),
                        new Tab(
                                "Parameters",
                                "/procedure/parameters",
                                procedure.parameters().size()),
                        new Tab("Only observed", "/procedure/observed", observed(procedure)),
                        new Tab(
                                "Versions",
                                "/procedure/versions",
                                procedures.history().size())),
                here);
    }

    private static long observed(Procedure procedure) {
        return RuleControl.all(procedure).stream()
                .filter(control -> control.mode().equals("observe"))
                .count();
    }
}
