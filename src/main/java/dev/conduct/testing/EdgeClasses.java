package dev.conduct.testing;

import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Lists that the procedure says, by the names of its parameters.
@Component
class EdgeClasses {

    private static final String CLASSES = "edge_classes";
    private static final String PROVEN = "proven_types";

    private final Procedures procedures;

    EdgeClasses(Procedures procedures) {
        this.procedures = procedures;
    }

    /// What can go wrong at an edge; empty when the procedure does not say.
    List<String> at(Instant moment) {
        return list(procedures.at(moment), CLASSES);
    }

    /// Types of records of which each is to be proved by a case; empty when the procedure names none.
    List<String> proven(Instant moment) {
        var procedure = procedures.at(moment);
        return list(procedure, PROVEN).stream()
                .filter(type -> procedure.types().containsKey(type))
                .toList();
    }

    /// What finds the records of a product that are still open and are to be proved, one query for each type.
    List<String> open(Instant moment, String product) {
        var types = procedures.at(moment).types();
        return proven(moment).stream()
                .map(type -> "type:" + type + " product:" + product
                        + Objects.requireNonNull(types.get(type)).ended().stream()
                                .map(state -> " state:!" + state)
                                .collect(Collectors.joining()))
                .toList();
    }

    private static List<String> list(Procedure procedure, String name) {
        var parameter = procedure.parameters().get(name);
        return parameter != null && parameter.value() instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }
}
