package dev.conduct.work;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.ItemType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Puts what machines deliver beside what people attested.
@Component
class FactSources {

    private static final String AGE = "evidence_age";

    private final ObjectProvider<FactSource> sources;

    FactSources(ObjectProvider<FactSource> sources) {
        this.sources = sources;
    }

    /// The case with the facts delivered for the commit that these fields name.
    Case with(Case history, Door.Held held, Map<String, Object> fields, Instant at) {
        var commit = first(held.type(), fields, ItemType.FieldKind.COMMIT);
        if (commit.isEmpty()) {
            return history;
        }
        var question = new FactSource.Question(
                held.item().key(),
                held.item().product(),
                first(held.type(), fields, ItemType.FieldKind.COMPONENT),
                commit,
                at);
        var known = held.procedure().evidenceKinds().keySet();
        var delivered = sources.stream()
                .flatMap(source -> source.facts(question).stream())
                .filter(fact -> known.contains(fact.kind()) && !fact.at().isAfter(at))
                .map(fact -> aged(fact, held, at))
                .toList();
        return delivered.isEmpty() ? history : with(history, delivered);
    }

    private static Case with(Case history, List<Case.Fact> delivered) {
        var evidence = new ArrayList<>(history.evidence());
        evidence.addAll(delivered);
        evidence.sort(Comparator.comparing(Case.Fact::at));
        return new Case(
                history.key(),
                history.type(),
                history.state(),
                history.fields(),
                history.assignee(),
                history.reporter(),
                history.createdAt(),
                history.passages(),
                List.copyOf(evidence),
                history.links(),
                history.overrides(),
                history.facts());
    }

    private static Case.Fact aged(Case.Fact fact, Door.Held held, Instant at) {
        var limit = held.procedure().parameters().get(AGE);
        var old = limit != null
                && limit.value() instanceof Duration age
                && fact.at().plus(age).isBefore(at);
        return old
                ? new Case.Fact(
                        fact.kind(),
                        fact.passed(),
                        fact.commit(),
                        fact.build(),
                        fact.at(),
                        fact.actor(),
                        fact.roles(),
                        fact.source(),
                        true)
                : fact;
    }

    /// What delivered facts a transition's gates asked for, as its event remembers them.
    static List<Map<String, Object>> told(Case judged, ItemType.Transition transition) {
        var asked = transition.gates().stream().map(ItemType.Gate::evidence).toList();
        return judged.evidence().stream()
                .filter(fact -> !fact.source().equals("attested") && asked.contains(fact.kind()))
                .map(fact -> Map.<String, Object>of(
                        "kind",
                        fact.kind(),
                        "passed",
                        fact.passed(),
                        "commit",
                        fact.commit() == null ? "" : fact.commit(),
                        "build",
                        fact.build() == null ? "" : fact.build(),
                        "at",
                        fact.at().toString(),
                        "source",
                        fact.source()))
                .toList();
    }

    private static String first(ItemType type, Map<String, Object> fields, ItemType.FieldKind kind) {
        return type.fields().values().stream()
                .filter(field -> field.kind() == kind)
                .map(field -> fields.get(field.name()))
                .filter(value -> value instanceof String)
                .map(String::valueOf)
                .findFirst()
                .orElse("")
                .strip();
    }
}
