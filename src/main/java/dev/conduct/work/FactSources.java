package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.FactSource.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// Puts what machines deliver beside what people attested.
@Component
class FactSources {

    private static final String AGE = "evidence_age";
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final ObjectProvider<FactSource> sources;
    private final Readers readers;
    private final FactsAtHand atHand;

    FactSources(ObjectProvider<FactSource> sources, Readers readers, FactsAtHand atHand) {
        this.sources = sources;
        this.readers = readers;
        this.atHand = atHand;
    }

    /// An item to be judged.
    ///
    /// @param fields as they are, or as the attempt would have them
    /// @param kinds of evidence that are looked at
    record Judged(Case history, Door.Held held, Map<String, Object> fields, Set<String> kinds) {}

    /// The cases with the facts delivered for the commits that these fields name, in their order; each source is asked
    /// once.
    List<Case> with(List<Judged> items, Instant at) {
        return with(items, at, this::told);
    }

    /// The same for whoever only looks: what was told a moment ago will do if nothing was written since.
    List<Case> shown(List<Judged> items, Instant at) {
        return with(items, at, asked -> atHand.of(asked, at, this::told));
    }

    private static List<Case> with(
            List<Judged> items, Instant at, Function<Set<Question>, Map<Question, List<Case.Fact>>> tell) {
        var questions = items.stream().map(item -> question(item, at)).toList();
        var asked = questions.stream().flatMap(Optional::stream).collect(Collectors.toSet());
        var facts = asked.isEmpty() ? Map.<Question, List<Case.Fact>>of() : tell.apply(asked);
        var cases = new ArrayList<Case>();
        for (var n = 0; n < items.size(); n++) {
            var told = questions.get(n).map(question -> facts.getOrDefault(question, List.of()));
            cases.add(with(items.get(n), told.orElse(List.of()), at));
        }
        return cases;
    }

    /// Who judges may see less than the gates look at: the assignee of an item in a product of others, for one.
    private Map<Question, List<Case.Fact>> told(Set<Question> questions) {
        return readers.system(() -> {
            var facts = new HashMap<Question, List<Case.Fact>>();
            sources.stream()
                    .forEach(source -> source.facts(questions)
                            .forEach((question, told) -> facts.computeIfAbsent(question, unused -> new ArrayList<>())
                                    .addAll(told)));
            return facts;
        });
    }

    private static Optional<Question> question(Judged judged, Instant at) {
        var type = judged.held().type();
        var item = judged.held().item();
        var commit = first(type, judged.fields(), ItemType.FieldKind.COMMIT).toLowerCase(Locale.ROOT);
        return !judged.kinds().isEmpty() && COMMIT.matcher(commit).matches()
                ? Optional.of(new Question(
                        item.key(),
                        item.product(),
                        first(type, judged.fields(), ItemType.FieldKind.COMPONENT),
                        commit,
                        at,
                        judged.kinds()))
                : Optional.empty();
    }

    private static Case with(Judged judged, List<Case.Fact> facts, Instant at) {
        var known = judged.held().procedure().evidenceKinds().keySet();
        var delivered = facts.stream()
                .filter(fact -> known.contains(fact.kind()) && !fact.at().isAfter(at))
                .map(fact -> aged(fact, judged.held(), at))
                .toList();
        return delivered.isEmpty() ? judged.history() : with(judged.history(), delivered);
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
