package dev.conduct.procedure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How each clause is held now: by the controls of the procedure that the engine really judges and runs, and by
/// those the platform declares. What the register wants beyond them is shown as not held yet.
public final class Coverage {

    /// @param kind gate, clock, role, record, fact, duty or platform
    /// @param where what holds it, for people
    /// @param mode observe, warn or enforce
    public record Control(String kind, String where, String mode) {}

    /// @param held true when every kind of control the register wants is there and no control of it only warns
    /// @param missing kinds the register wants and nothing enforces yet, and those of which one only warns or
    ///     observes
    public record Held(Procedure.Clause clause, boolean held, List<Control> controls, List<String> missing) {}

    private Coverage() {}

    public static List<Held> of(Procedure procedure, Collection<PlatformControl> platform) {
        var controls = new LinkedHashMap<String, Set<Control>>();
        procedure.types().values().forEach(type -> {
            add(controls, type.clause(), new Control("record", type.plural(), "enforce"));
            gates(controls, type, "report", type.onCreate());
            type.transitions().values().forEach(transition -> {
                role(controls, procedure, type, transition);
                gates(controls, type, transition.title(), transition.gates());
            });
            type.clocks()
                    .forEach(clock -> add(
                            controls,
                            clock.clause(),
                            new Control("clock", type.title() + ", " + clock.title() + " clock", "enforce")));
        });
        platform.forEach(it -> add(controls, it.clause(), new Control(it.kind(), it.where(), "enforce")));
        return procedure.clauses().values().stream()
                .map(clause -> held(clause, List.copyOf(controls.getOrDefault(clause.id(), Set.of()))))
                .toList();
    }

    private static void role(
            Map<String, Set<Control>> controls, Procedure procedure, ItemType type, ItemType.Transition transition) {
        if (!transition.roles().isEmpty()) {
            var titles = procedure.roles().values().stream()
                    .filter(role -> transition.roles().contains(role.name()))
                    .map(Procedure.Role::title)
                    .toList();
            var where = type.title() + ", " + transition.title() + ": " + String.join(", ", titles);
            add(controls, transition.clause(), new Control("role", where, "enforce"));
        }
    }

    private static void gates(
            Map<String, Set<Control>> controls, ItemType type, String transition, List<ItemType.Gate> gates) {
        for (var gate : gates) {
            var where = type.title() + ", " + transition + ": " + gate.title();
            add(controls, gate.clause(), new Control("gate", where, Modes.word(gate.mode())));
            if (gate.field() != null && gate.mode() == ItemType.Mode.ENFORCE) {
                add(controls, gate.clause(), new Control("record", type.title() + ": " + gate.title(), "enforce"));
            }
        }
    }

    private static void add(Map<String, Set<Control>> controls, String clause, Control control) {
        controls.computeIfAbsent(clause, unused -> new LinkedHashSet<>()).add(control);
    }

    private static Held held(Procedure.Clause clause, List<Control> controls) {
        var missing = new ArrayList<>(clause.controls());
        controls.stream().filter(it -> it.mode().equals("enforce")).forEach(it -> missing.remove(it.kind()));
        // What a clause asks and a gate only warns of is not held, whatever else of it is.
        controls.stream()
                .filter(it -> !it.mode().equals("enforce") && !missing.contains(it.kind()))
                .forEach(it -> missing.add(it.kind()));
        return new Held(clause, !controls.isEmpty() && missing.isEmpty(), controls, List.copyOf(missing));
    }
}
