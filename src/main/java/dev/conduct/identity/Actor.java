package dev.conduct.identity;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whoever acts: a person, an API client, or the system itself. A snapshot of the moment it acts.
///
/// @param id as the ledger writes it: `person:UUID`, `client:UUID`, `system:NAME`
/// @param roles role names of the procedure held company-wide (per product from issue to issue: ask `has`)
/// @param via the way this act came in, as in the ledger: `page`, `api`, `import`, `scheduler`, `demo`, `cli`
/// @param zone in which the person wants to read times; null: the installation's
/// @param locale by which the person wants to read dates and numbers; null: the installation's
public record Actor(
        String id,
        String name,
        Set<String> roles,
        String via,
        @Nullable ZoneId zone,
        @Nullable Locale locale) {

    public Actor(String id, String name, Set<String> roles, String via) {
        this(id, name, roles, via, null, null);
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    public boolean hasAny(Set<String> wanted) {
        return wanted.stream().anyMatch(roles::contains);
    }
}
