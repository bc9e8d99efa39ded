package dev.conduct.rulebook;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One gate or clock of the procedure with its place, as a row on the page of its clause or line.
///
/// @param name as in `RuleUse`
/// @param kind `gate` or `clock`
/// @param rule what it asks, as data
/// @param where between which stations
/// @param takes the evidence it takes, in words
/// @param givers who may give it
/// @param when asked only then, null for always
record RuleControl(
        String name,
        String kind,
        String title,
        String clause,
        String rule,
        String where,
        String mode,
        String takes,
        String givers,
        @Nullable String when) {

    /// How parameters name it among what reads them.
    String asReader() {
        return kind.equals("clock") ? name.substring(name.lastIndexOf('.') + 1) + " clock" : name;
    }

    static List<RuleControl> all(Procedure procedure) {
        var all = new ArrayList<RuleControl>();
        procedure.types().values().forEach(type -> {
            type.onCreate().forEach(gate -> all.add(gate(procedure, type, gate, "report", type.begin(), "anybody")));
            type.transitions().values().forEach(transition -> all.addAll(before(procedure, type, transition)));
            type.clocks().forEach(clock -> all.add(clock(type, clock)));
        });
        return all;
    }

    /// The gates of one transition.
    static List<RuleControl> before(Procedure procedure, ItemType type, ItemType.Transition transition) {
        return transition.gates().stream()
                .map(gate -> gate(
                        procedure,
                        type,
                        gate,
                        transition.name(),
                        transition.title(),
                        roles(procedure, transition.roles())))
                .toList();
    }

    private static RuleControl gate(
            Procedure procedure, ItemType type, ItemType.Gate gate, String transition, String where, String actors) {
        var evidence =
                gate.evidence() == null ? null : procedure.evidenceKinds().get(gate.evidence());
        var field = gate.field() == null ? null : type.fields().get(gate.field());
        String takes;
        if (evidence != null) {
            takes = evidence.title() + ": " + evidence.passes().getFirst()
                    + (evidence.bound() ? ", of the commit in force" : "");
        } else if (field != null) {
            takes = "The field " + field.title();
        } else if (gate.act() != null) {
            var act = Objects.requireNonNull(type.transitions().get(gate.act()), "the pack's check knows its acts");
            takes = act.title() + " by " + roles(procedure, gate.byRoles());
        } else {
            takes = gate.kind() == dev.conduct.procedure.Reason.Kind.SEPARATION ? "Another person" : gate.fix();
        }
        var givers = evidence != null ? roles(procedure, evidence.roles()) : actors;
        return new RuleControl(
                RuleUse.gate(type.name(), transition, gate.name()),
                "gate",
                gate.title(),
                gate.clause(),
                gate.rule(),
                type.title() + ", " + where,
                gate.mode().name().toLowerCase(Locale.ROOT),
                takes,
                gate.otherThan().isEmpty() ? givers : givers + ", not the author",
                gate.when());
    }

    private static RuleControl clock(ItemType type, ItemType.ClockRule clock) {
        var targets = clock.targets().entrySet().stream()
                .map(it -> it.getKey() + " " + target(it.getValue()))
                .collect(Collectors.joining(", "));
        return new RuleControl(
                RuleUse.clock(type.name(), clock.name()),
                "clock",
                clock.title(),
                clock.clause(),
                targets,
                type.title() + ", " + ended(clock),
                "enforce",
                "",
                "",
                null);
    }

    private static String ended(ItemType.ClockRule clock) {
        return "until "
                + String.join(" or ", clock.stop().stream().sorted().toList()).replace('_', ' ');
    }

    private static String target(ItemType.Target target) {
        var due = target.hard() == null ? "next " + target.schedule() : Spans.text(target.hard());
        return target.soft() == null ? due : due + ", mark at " + Spans.text(target.soft());
    }

    static String roles(Procedure procedure, java.util.Collection<String> names) {
        if (names.isEmpty()) {
            return "anybody";
        }
        return procedure.roles().values().stream()
                .filter(role -> names.contains(role.name()))
                .map(Procedure.Role::title)
                .collect(Collectors.joining(", "));
    }
}
