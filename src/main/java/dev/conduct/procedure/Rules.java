package dev.conduct.procedure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The compiled rules of a procedure: by item type and gate.
public final class Rules {

    /// @param people the `other_than` rules
    record OfGate(Optional<RuleLanguage.Rule> when, RuleLanguage.Rule rule, List<RuleLanguage.Rule> people) {

        private static final String EVIDENCE = "evidence.";

        /// The kinds of evidence that its rules and sentences read.
        Set<String> evidence(ItemType.Gate gate) {
            return Stream.of(
                            Stream.concat(when.stream(), Stream.concat(Stream.of(rule), people.stream()))
                                    .flatMap(one -> one.reads().stream()),
                            Saying.names(gate.says()).stream(),
                            Saying.names(gate.fix()).stream())
                    .flatMap(names -> names)
                    .filter(name -> name.startsWith(EVIDENCE))
                    .map(name -> name.substring(EVIDENCE.length()).split("\\.", 2)[0])
                    .collect(Collectors.toSet());
        }
    }

    private final Map<String, Map<String, OfGate>> byType;
    private final Map<String, Set<String>> evidence = new ConcurrentHashMap<>();

    Rules(Map<String, Map<String, OfGate>> byType) {
        this.byType = Map.copyOf(byType);
    }

    /// The kinds of evidence that the gates of a transition look at: no fact of another kind changes what they say.
    public Set<String> evidence(String type, ItemType.Transition transition) {
        return evidence.computeIfAbsent(
                type + " " + transition.name(),
                unused -> transition.gates().stream()
                        .flatMap(gate -> Stream.concat(
                                of(type, gate.name()).evidence(gate).stream(),
                                Stream.of(gate.evidence(), gate.sameBuildAs()).filter(Objects::nonNull)))
                        .collect(Collectors.toUnmodifiableSet()));
    }

    OfGate of(String type, String gate) {
        return Objects.requireNonNull(Objects.requireNonNull(byType.get(type)).get(gate));
    }
}
