package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a procedure says about exceptions: all of it parameters of the pack.
record OverrideTerms(Procedure procedure) {

    static final String EXPIRY = "override_expiry";
    static final String FOLLOW_UP = "follow_up";
    static final String SECOND_PERSON = "second_person";

    Optional<Duration> lasts() {
        return duration(EXPIRY);
    }

    /// A procedure that gives no time wants it made good at once.
    Duration followUp() {
        return duration(FOLLOW_UP).orElse(Duration.ZERO);
    }

    /// The roles of the second person: the gate's own, else the company's.
    Set<String> approvers(ItemType.Gate gate) {
        if (!gate.overridableBy().isEmpty()) {
            return gate.overridableBy();
        }
        var parameter = procedure.parameters().get(SECOND_PERSON);
        return parameter != null && parameter.value() instanceof List<?> roles
                ? roles.stream().map(Object::toString).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    String titles(Set<String> roles) {
        return roles.stream()
                .map(role -> procedure.roles().containsKey(role)
                        ? procedure.roles().get(role).title()
                        : role)
                .sorted()
                .collect(Collectors.joining(" or "));
    }

    private Optional<Duration> duration(String name) {
        var parameter = procedure.parameters().get(name);
        return parameter != null && parameter.value() instanceof Duration time ? Optional.of(time) : Optional.empty();
    }
}
