package dev.conduct.identity;

import java.util.Set;

/// Whoever acts: a person, an API client, or the system itself. A snapshot of the moment it acts.
///
/// @param id as the ledger writes it: `person:UUID`, `client:UUID`, `system:NAME`
/// @param roles role names of the procedure held company-wide (per product from issue to issue: ask `has`)
/// @param via the way this act came in, as in the ledger: `page`, `api`, `import`, `scheduler`, `demo`, `cli`
public record Actor(String id, String name, Set<String> roles, String via) {

    public boolean has(String role) {
        return roles.contains(role);
    }

    public boolean hasAny(Set<String> wanted) {
        return wanted.stream().anyMatch(roles::contains);
    }
}
