package dev.conduct.work;

import dev.conduct.kernel.FieldProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One form of a record's page: what it is called, where it goes, what it asks.
///
/// @param verb what its button says
/// @param notice said above the fields, empty for nothing
/// @param problem why it was not accepted, null at first
/// @param cancel where it leads when left
/// @param meanwhile what others changed since it was filled in, empty at first
record FormView(
        String heading,
        String action,
        String verb,
        boolean danger,
        boolean uploads,
        String notice,
        List<Input> inputs,
        @Nullable String problem,
        List<FieldProblem> errors,
        String cancel,
        List<Meanwhile.Change> meanwhile) {

    FormView(
            String heading,
            String action,
            String verb,
            boolean danger,
            boolean uploads,
            String notice,
            List<Input> inputs,
            @Nullable String problem,
            List<FieldProblem> errors,
            String cancel) {
        this(heading, action, verb, danger, uploads, notice, inputs, problem, errors, cancel, List.of());
    }

    enum Kind {
        LINE,
        TEXT,
        CODE,
        NUMBER,
        DATE,
        CHOICE,
        FILE,
        HIDDEN
    }

    record Option(String value, String label) {}

    /// @param name as it is sent; the errors of a field are found by it
    record Input(
            String name,
            String label,
            @Nullable String hint,
            Kind kind,
            List<Option> options,
            String value,
            boolean required) {

        static Input hidden(String name, String value) {
            return new Input(name, "", null, Kind.HIDDEN, List.of(), value, false);
        }

        static Input line(String name, String label, @Nullable String hint, String value, boolean required) {
            return new Input(name, label, hint, Kind.LINE, List.of(), value, required);
        }

        static Input text(String name, String label, @Nullable String hint, String value, boolean required) {
            return new Input(name, label, hint, Kind.TEXT, List.of(), value, required);
        }

        static Input choice(
                String name,
                String label,
                @Nullable String hint,
                List<Option> options,
                String value,
                boolean required) {
            return new Input(name, label, hint, Kind.CHOICE, options, value, required);
        }
    }

    @Nullable
    String error(Input input) {
        return errors.stream()
                .filter(error -> concerns(error, input))
                .map(error -> sentence(input.label(), error.says()))
                .findFirst()
                .orElse(null);
    }

    /// Problems with their field's title, for the summary; what concerns no field of this form comes last.
    List<FieldProblem> summary() {
        return errors.stream()
                .map(error -> inputs.stream()
                        .filter(input -> concerns(error, input))
                        .findFirst()
                        .map(input ->
                                new FieldProblem(input.name(), error.code(), sentence(input.label(), error.says())))
                        .orElse(new FieldProblem("form", error.code(), sentence(error.field(), error.says()))))
                .toList();
    }

    /// `is missing.` is said of its field, by name.
    private static String sentence(String label, String says) {
        return says.isEmpty() || Character.isUpperCase(says.charAt(0)) ? says : label + " " + says;
    }

    private static boolean concerns(FieldProblem error, Input input) {
        return error.field().equals(input.name()) || error.field().equals("fields." + input.name());
    }

    /// What is wrong with fields is said at each of them; the sentence above only says that it was not accepted.
    FormView refused(String says, List<FieldProblem> why) {
        var above = why.isEmpty() ? says : "Nothing was changed yet";
        return new FormView(heading, action, verb, danger, uploads, notice, inputs, above, why, cancel);
    }

    /// Somebody was quicker. Sent again it saves over what they changed.
    FormView overtaken(List<Meanwhile.Change> changes) {
        var over = changes.stream().anyMatch(this::clashes);
        return new FormView(
                heading,
                action,
                over ? "Save over it" : verb,
                danger,
                uploads,
                notice,
                inputs,
                Meanwhile.told(changes),
                List.of(),
                cancel,
                changes);
    }

    /// Whether it says otherwise about what they changed.
    boolean clashes(Meanwhile.Change change) {
        return inputs.stream()
                .anyMatch(input -> input.name().equals(change.name()) && !Meanwhile.same(input.value(), change.now()));
    }

    boolean clashes() {
        return meanwhile.stream().anyMatch(this::clashes);
    }

    /// How the reader of the form would say what stands in one of its inputs.
    String typed(String name) {
        return inputs.stream()
                .filter(input -> input.name().equals(name))
                .findFirst()
                .map(input -> input.options().stream()
                        .filter(option -> option.value().equals(input.value()))
                        .map(Option::label)
                        .findFirst()
                        .orElse(Meanwhile.shortened(input.value())))
                .orElse("");
    }
}
