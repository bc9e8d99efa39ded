package dev.conduct.procedure;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The compiled rules of a procedure: by item type and gate.
public final class Rules {

    /// @param people the `other_than` rules
    record OfGate(Optional<RuleLanguage.Rule> when, RuleLanguage.Rule rule, List<RuleLanguage.Rule> people) {}

    private final Map<String, Map<String, OfGate>> byType;

    Rules(Map<String, Map<String, OfGate>> byType) {
        this.byType = Map.copyOf(byType);
    }

    OfGate of(String type, String gate) {
        return Objects.requireNonNull(Objects.requireNonNull(byType.get(type)).get(gate));
    }
}
