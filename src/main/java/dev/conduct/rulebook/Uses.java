package dev.conduct.rulebook;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How often the rules were used, by clause and by control.
record Uses(Map<String, RuleUse> clauses, Map<String, RuleUse> controls) {

    static Uses of(Collection<RuleUse> uses) {
        return new Uses(sums(uses, RuleUse::clause), sums(uses, RuleUse::control));
    }

    private static Map<String, RuleUse> sums(Collection<RuleUse> uses, Function<RuleUse, String> by) {
        return uses.stream().collect(Collectors.toMap(by, it -> it, RuleUse::plus));
    }

    RuleUse clause(String id) {
        return clauses.getOrDefault(id, RuleUse.none(id, ""));
    }

    RuleUse control(String name) {
        return controls.getOrDefault(name, RuleUse.none("", name));
    }

    static Uses none() {
        return of(List.of());
    }
}
