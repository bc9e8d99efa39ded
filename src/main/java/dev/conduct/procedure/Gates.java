package dev.conduct.procedure;

import dev.cel.runtime.CelEvaluationException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges: a pure function of the case, the procedure and the moment. Reads no clock and no database.
public final class Gates {

    private Gates() {}

    /// The role, and a signal of every gate that applies. Whether the transition leads from the state the item
    /// stands in is the caller's question.
    ///
    /// @throws IllegalArgumentException when the type has no such transition
    public static Signal.Verdict judge(Procedure procedure, Case item, Case.Attempt attempt) {
        var type = type(procedure, item);
        var transition = type.transitions().get(attempt.transition());
        if (transition == null) {
            throw new IllegalArgumentException(type.name() + " has no transition " + attempt.transition());
        }
        var facts = new Facts(procedure, type, item, attempt);
        return new Signal.Verdict(
                transition,
                role(procedure, transition, attempt.roles()),
                signals(procedure, type, transition.gates(), item, attempt, facts));
    }

    /// The gates of creation, judged on the fields as sent.
    public static Signal.Verdict judgeCreation(Procedure procedure, Case item, Case.Attempt attempt) {
        var type = type(procedure, item);
        var report = new ItemType.Transition(
                "report",
                type.begin(),
                Set.of(),
                type.initial(),
                type.reporters(),
                List.of(),
                Set.of(),
                false,
                null,
                type.clause(),
                type.onCreate());
        var facts = new Facts(procedure, type, item, attempt);
        return new Signal.Verdict(
                report,
                role(procedure, report, attempt.roles()),
                signals(procedure, type, type.onCreate(), item, attempt, facts));
    }

    /// Whether a gate keeps this actor apart from its matter: its `other_than` names the actor, or it asks nothing but
    /// separation and would refuse the actor.
    ///
    /// @throws IllegalArgumentException when the transition has no such gate
    public static boolean setsApart(Procedure procedure, Case item, Case.Attempt attempt, String gate) {
        var type = type(procedure, item);
        var transition = type.transitions().get(attempt.transition());
        var asked = transition == null
                ? null
                : transition.gates().stream()
                        .filter(one -> one.name().equals(gate))
                        .findFirst()
                        .orElse(null);
        if (asked == null) {
            throw new IllegalArgumentException(attempt.transition() + " has no gate " + gate);
        }
        var facts = new Facts(procedure, type, item, attempt);
        var rules = procedure.rules().of(type.name(), gate);
        return people(rules, facts).contains(attempt.actor())
                || asked.kind() == Reason.Kind.SEPARATION && !holds(rules.rule(), facts);
    }

    private static ItemType type(Procedure procedure, Case item) {
        var type = procedure.types().get(item.type());
        if (type == null) {
            throw new IllegalArgumentException("Procedure " + procedure.version() + " knows no " + item.type());
        }
        return type;
    }

    private static @Nullable Reason role(Procedure procedure, ItemType.Transition transition, Set<String> held) {
        if (transition.roles().isEmpty() || transition.roles().stream().anyMatch(held::contains)) {
            return null;
        }
        var may = procedure.roles().values().stream()
                .filter(role -> transition.roles().contains(role.name()))
                .map(Procedure.Role::title)
                .collect(Collectors.joining(" or "));
        return new Reason(
                transition.clause(),
                Reason.Kind.ROLE,
                "role",
                "Role",
                "\"" + transition.title() + "\" is for " + may + ".",
                "Ask somebody who is " + may + ".",
                ItemType.Mode.ENFORCE);
    }

    private static List<Signal> signals(
            Procedure procedure,
            ItemType type,
            List<ItemType.Gate> gates,
            Case item,
            Case.Attempt attempt,
            Facts facts) {
        var signals = new ArrayList<Signal>();
        for (var gate : gates) {
            var rules = procedure.rules().of(type.name(), gate.name());
            var applies = rules.when().isEmpty() || applies(rules.when().get(), facts);
            if (applies) {
                signals.add(signal(procedure, type, gate, rules, item, attempt, facts));
            }
        }
        return signals;
    }

    private static Signal signal(
            Procedure procedure,
            ItemType type,
            ItemType.Gate gate,
            Rules.OfGate rules,
            Case item,
            Case.Attempt attempt,
            Facts facts) {
        var own = facts.without(people(rules, facts));
        if (holds(rules.rule(), own)) {
            return new Signal(gate, null, Seen.of(procedure, gate, own), null);
        }
        var reason = Reasons.of(procedure, gate, own);
        return new Signal(gate, reason, "", overriding(type, gate, item, attempt, facts.commit()));
    }

    /// What cannot be judged applies.
    private static boolean applies(RuleLanguage.Rule when, Facts facts) {
        try {
            return !(when.evaluate(facts) instanceof Boolean wanted) || wanted;
        } catch (CelEvaluationException unjudgeable) {
            return true;
        }
    }

    /// A rule that cannot be judged holds: what is not shown to be clear is not clear.
    private static boolean holds(RuleLanguage.Rule rule, Facts facts) {
        try {
            return rule.evaluate(facts) instanceof Boolean clear && clear;
        } catch (CelEvaluationException unjudgeable) {
            return false;
        }
    }

    private static Set<String> people(Rules.OfGate rules, Facts facts) {
        var people = new HashSet<String>();
        for (var rule : rules.people()) {
            try {
                switch (rule.evaluate(facts)) {
                    case Collection<?> several -> several.forEach(person -> people.add(person.toString()));
                    case Object person -> people.add(person.toString());
                }
            } catch (CelEvaluationException unjudgeable) {
                people.add(facts.find("actor.id").orElse("").toString());
            }
        }
        people.remove("");
        return people;
    }

    /// An override stands in while it lasts, when a second person approved it, for the commit it was approved for,
    /// and not beyond rework.
    private static Case.@Nullable Override overriding(
            ItemType type, ItemType.Gate gate, Case item, Case.Attempt attempt, String commit) {
        var reworked = item.passages().stream()
                .filter(passage -> {
                    var transition = type.transitions().get(passage.name());
                    return transition != null && !transition.voids().isEmpty();
                })
                .map(Case.Passage::at)
                .reduce((earlier, later) -> later);
        return item.overrides().stream()
                .filter(override -> override.gate().equals(gate.name())
                        && !override.approvedBy().equals(override.askedBy())
                        && !override.approvedAt().isAfter(attempt.now())
                        && attempt.now().isBefore(override.expiresAt())
                        && (override.commit() == null || Findings.same(override.commit(), commit))
                        && (reworked.isEmpty() || !override.approvedAt().isBefore(reworked.get())))
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
