package dev.conduct.procedure;

import java.util.Map;
import java.util.stream.Collectors;

/// One sentence of what satisfied a gate.
final class Seen {

    private Seen() {}

    static String of(Procedure procedure, ItemType.Gate gate, Facts facts) {
        if (gate.evidence() != null) {
            return ofEvidence(procedure, gate.evidence(), facts);
        }
        if (gate.field() != null) {
            return Saying.filled("{item." + gate.field() + "}", facts);
        }
        if (gate.act() != null) {
            return facts.acts(gate.act()).stream()
                    .map(act ->
                            Saying.filled("By {who} on {when}.", facts, Map.of("who", act.actor(), "when", act.at())))
                    .collect(Collectors.joining(" "));
        }
        return "";
    }

    private static String ofEvidence(Procedure procedure, String kind, Facts facts) {
        var fact = facts.findings(kind).newest(facts.excluded());
        var rule = procedure.evidenceKinds().get(kind);
        if (fact.isEmpty() || rule == null) {
            return "";
        }
        var found = fact.get();
        var verdict = rule.passes().getFirst();
        var what =
                Character.toUpperCase(verdict.charAt(0)) + verdict.substring(1).replace('_', ' ');
        return Saying.filled(
                "{verdict} by {who} on {when}" + (found.commit() == null ? "." : ", commit {commit}.")
                        + (found.words().isEmpty() ? "" : " {words}."),
                facts,
                Map.of(
                        "verdict",
                        what,
                        "who",
                        found.actor(),
                        "when",
                        found.at(),
                        "commit",
                        found.commit() == null ? "" : found.commit(),
                        "words",
                        found.words()));
    }
}
