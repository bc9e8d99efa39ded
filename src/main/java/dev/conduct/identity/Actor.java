package dev.conduct.identity;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Whoever acts: a person, an API client, or the system itself. A snapshot of the moment it acts.
///
/// @param id as the ledger writes it: `person:UUID`, `client:UUID`, `system:NAME`
/// @param roles role names of the procedure that count here: those held company-wide, and after `on` those held for
///     the product as well
/// @param via the way this act came in, as in the ledger: `page`, `api`, `import`, `scheduler`, `demo`, `cli`,
///     `mail`, `hook`
/// @param zone in which the person wants to read times; null: the installation's
/// @param locale by which the person wants to read dates and numbers; null: the installation's
/// @param membership the products, teams and organisation it belongs to
/// @param preferences how the person wants pages, by name
public record Actor(
        String id,
        String name,
        Set<String> roles,
        String via,
        @Nullable ZoneId zone,
        @Nullable Locale locale,
        Membership membership,
        Map<String, String> preferences) {

    /// Of whom no more is known than company-wide roles: without any it stands outside.
    public Actor(String id, String name, Set<String> roles, String via) {
        this(
                id,
                name,
                roles,
                via,
                null,
                null,
                roles.isEmpty() && !id.startsWith("system:") ? Membership.OUTSIDE : Membership.INSIDE,
                Map.of());
    }

    /// Without wishes of its own.
    public Actor(
            String id,
            String name,
            Set<String> roles,
            String via,
            @Nullable ZoneId zone,
            @Nullable Locale locale,
            Membership membership) {
        this(id, name, roles, via, zone, locale, membership, Map.of());
    }

    public boolean has(String role) {
        return roles.contains(role);
    }

    public boolean hasAny(Set<String> wanted) {
        return wanted.stream().anyMatch(roles::contains);
    }

    /// The actor as it stands towards a product: with the roles held for it.
    public Actor on(String product) {
        var more = membership.of(product);
        if (roles.containsAll(more)) {
            return this;
        }
        var all = new TreeSet<>(roles);
        all.addAll(more);
        return new Actor(id, name, Set.copyOf(all), via, zone, locale, membership, preferences);
    }

    /// Whether it holds one of these company-wide, or for any product.
    public boolean hasAnyAnywhere(Set<String> wanted) {
        return hasAny(wanted) || membership.anywhere().stream().anyMatch(wanted::contains);
    }

    /// Every role it holds, for whatever product.
    public Set<String> everyRole() {
        var all = new TreeSet<>(roles);
        all.addAll(membership.anywhere());
        return all;
    }

    /// As what it may stand in a list of readers: itself, its teams, its roles, those for a product with it.
    public Set<String> names() {
        var names = new TreeSet<>(membership.teams());
        names.add(id);
        roles.forEach(role -> names.add("role:" + role));
        membership
                .products()
                .forEach((product, held) -> held.forEach(role -> names.add("role:" + product + "/" + role)));
        return names;
    }

    /// Whether it stands outside the company: a customer.
    public boolean outside() {
        return membership.reach() == Membership.Reach.OUTSIDE;
    }

    /// The same, come in another way.
    public Actor by(String way) {
        return new Actor(id, name, roles, way, zone, locale, membership, preferences);
    }
}
