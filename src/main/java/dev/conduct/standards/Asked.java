package dev.conduct.standards;

import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.procedure.Procedure;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Who has to know a standard: who holds one of its roles, for its product or company-wide; of a standard of the
/// company, who holds one anywhere.
@Component
class Asked {

    private final People people;
    private final Roles roles;

    Asked(People people, Roles roles) {
        this.people = people;
        this.roles = roles;
    }

    /// Roles that standards can name, by title.
    List<Procedure.Role> inside() {
        return roles.all().stream().filter(role -> !role.outside()).toList();
    }

    Set<String> names() {
        return inside().stream().map(Procedure.Role::name).collect(Collectors.toSet());
    }

    /// All who have to know it, by name.
    List<People.Person> of(Standard standard) {
        return standard.product() == null
                ? people.holdingAnywhere(roles(standard))
                : people.holding(roles(standard), standard.product());
    }

    /// Since when somebody has to know it by the roles they hold; empty for who has not.
    ///
    /// @param held as [People#held] says it
    Optional<Instant> since(Standard standard, Map<String, Instant> held) {
        var wanted = roles(standard);
        return held.entrySet().stream()
                .filter(one -> concerns(standard, wanted, one.getKey()))
                .map(Map.Entry::getValue)
                .min(Comparator.naturalOrder());
    }

    private static boolean concerns(Standard standard, Set<String> wanted, String held) {
        var product = held.substring(0, held.indexOf('/'));
        return wanted.contains(held.substring(product.length() + 1))
                && (product.isEmpty()
                        || standard.product() == null
                        || standard.product().equals(product));
    }

    private Set<String> roles(Standard standard) {
        return standard.version().roles().isEmpty()
                ? names()
                : Set.copyOf(standard.version().roles());
    }
}
