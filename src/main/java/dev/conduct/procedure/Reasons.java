package dev.conduct.procedure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Why a gate holds, in the finest word that fits.
final class Reasons {

    private Reasons() {}

    static Reason of(Procedure procedure, ItemType.Gate gate, Facts facts) {
        if (gate.evidence() != null) {
            return ofEvidence(procedure, gate, gate.evidence(), facts);
        }
        if (gate.act() != null) {
            return ofAct(procedure, gate, gate.act(), facts);
        }
        return reason(gate, gate.kind(), Saying.filled(gate.says(), facts), facts);
    }

    private static Reason ofEvidence(Procedure procedure, ItemType.Gate gate, String kind, Facts facts) {
        var findings = facts.findings(kind);
        var newest = findings.newest(facts.excluded());
        if (newest.isPresent()) {
            return ofCounting(procedure, gate, kind, newest.get(), facts);
        }
        var stale = Findings.last(findings.stale());
        var other = Findings.last(findings.otherBuild());
        if (other.isPresent()
                && (stale.isEmpty() || !other.get().at().isBefore(stale.get().at()))) {
            return about(
                    procedure,
                    gate,
                    Reason.Kind.OTHER_BUILD,
                    "The last {what}, by {who} on {when}, was of {commit}, not of {in_force}.",
                    other.get(),
                    facts);
        }
        if (stale.isPresent() && stale.get().delivered()) {
            return about(
                    procedure,
                    gate,
                    Reason.Kind.STALE,
                    "The last {what}, sent by {who} on {when}, is from before this pass, or older than"
                            + " {parameter.evidence_age}, and no longer counts.",
                    stale.get(),
                    facts);
        }
        if (stale.isPresent()) {
            return about(
                    procedure,
                    gate,
                    Reason.Kind.STALE,
                    findings.aged().contains(stale.get())
                            ? "The last {what}, by {who} on {when}, is too old and no longer counts."
                            : "The last {what}, by {who} on {when}, is from before this pass and no longer counts.",
                    stale.get(),
                    facts);
        }
        return reason(gate, Reason.Kind.MISSING, Saying.filled(gate.says(), facts), facts);
    }

    private static Reason ofCounting(
            Procedure procedure, ItemType.Gate gate, String kind, Case.Fact fact, Facts facts) {
        if (facts.excluded().contains(fact.actor())) {
            return about(
                    procedure,
                    gate,
                    Reason.Kind.SEPARATION,
                    "The only {what} that counts is by {who}, who made the fix.",
                    fact,
                    facts);
        }
        if (!fact.passed()) {
            return about(
                    procedure,
                    gate,
                    Reason.Kind.MISSING,
                    "The last {what}, by {who} on {when}, did not pass."
                            + (fact.words().isEmpty() ? "" : " {words}."),
                    fact,
                    facts);
        }
        var same = gate.sameBuildAs();
        if (same != null && facts.findings(same).newest(Set.of()).isEmpty()) {
            var rule = procedure.evidenceKinds().get(same);
            return reason(
                    gate,
                    Reason.Kind.MISSING,
                    Saying.filled(
                            "No \"{other}\" counts, so nothing shows that it was the same build.",
                            facts,
                            Map.of("other", rule == null ? same : rule.title())),
                    facts);
        }
        return about(
                procedure,
                gate,
                Reason.Kind.OTHER_BUILD,
                "The {what} by {who} on {when} is of build {build}; the other evidence is of another.",
                fact,
                facts);
    }

    private static Reason ofAct(Procedure procedure, ItemType.Gate gate, String act, Facts facts) {
        var missing = gate.byRoles().stream()
                .filter(role ->
                        facts.actors(act, it -> it.roles().contains(role)).isEmpty())
                .toList();
        if (missing.isEmpty() && !facts.acts(act).isEmpty()) {
            return reason(
                    gate,
                    Reason.Kind.SEPARATION,
                    Saying.filled(
                            "One person stands for several roles: {people}.",
                            facts,
                            Map.of("people", facts.actors(act, it -> true))),
                    facts);
        }
        var kind = facts.voidedActs(act).isEmpty() ? Reason.Kind.MISSING : Reason.Kind.STALE;
        var waits = missing.stream().map(role -> title(procedure, role)).collect(Collectors.joining(", "));
        var says = Saying.filled(gate.says(), facts) + (waits.isEmpty() ? "" : " Missing: " + waits + ".");
        return reason(gate, kind, says, facts);
    }

    private static String title(Procedure procedure, String role) {
        var known = procedure.roles().get(role);
        return known == null ? role : known.title();
    }

    private static Reason about(
            Procedure procedure, ItemType.Gate gate, Reason.Kind kind, String sentence, Case.Fact fact, Facts facts) {
        var rule = procedure.evidenceKinds().get(fact.kind());
        var title = rule == null ? fact.kind() : rule.title();
        var own = Map.<String, Object>of(
                "what",
                Character.toLowerCase(title.charAt(0)) + title.substring(1),
                "who",
                fact.actor(),
                "when",
                fact.at(),
                "commit",
                fact.commit() == null ? "" : fact.commit(),
                "build",
                fact.build() == null ? "" : fact.build(),
                "words",
                fact.words(),
                "in_force",
                facts.commit());
        return reason(gate, kind, Saying.filled(sentence, facts, own), facts);
    }

    private static Reason reason(ItemType.Gate gate, Reason.Kind kind, String says, Facts facts) {
        return new Reason(
                gate.clause(), kind, gate.name(), gate.title(), says, Saying.filled(gate.fix(), facts), gate.mode());
    }

    /// As many different people as roles, each of one of them: the condition the sugar `act` with `by_roles` writes
    /// out.
    static String differentPeople(String act, List<String> roles) {
        var open = new StringBuilder();
        var close = new StringBuilder();
        var before = new ArrayList<String>();
        for (var i = 0; i < roles.size(); i++) {
            var person = "p" + i;
            open.append("acts.")
                    .append(act)
                    .append('.')
                    .append(roles.get(i))
                    .append(".exists(")
                    .append(person)
                    .append(", ");
            before.forEach(
                    other -> open.append(person).append(" != ").append(other).append(" && "));
            before.add(person);
            close.append(')');
        }
        return open.append("true").append(close).toString();
    }
}
