package dev.conduct.rulebook;

import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Spans;
import dev.conduct.shell.View;
import java.time.Duration;
import java.util.List;

/// The numbers and terms that the SOP leaves open, as this company chose them.
record ParametersView(Procedure procedure, Tabs tabs) implements View {

    @Override
    public String template() {
        return "rulebook/parameters.jte";
    }

    @Override
    public String title() {
        return "Parameters";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Procedure " + procedure.version(), "/procedure", false),
                new Crumb("Parameters", null, false));
    }

    static String value(Procedure.Parameter parameter) {
        return switch (parameter.value()) {
            case Duration span -> Spans.text(span);
            case List<?> list ->
                String.join(", ", list.stream().map(Object::toString).toList());
            default -> parameter.value().toString();
        };
    }

    static String readBy(Procedure.Parameter parameter) {
        return parameter.unused() == null ? String.join(", ", parameter.readBy()) : parameter.unused();
    }
}
