package dev.conduct.identity;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where an actor belongs, beside the roles held company-wide.
///
/// @param products roles by the key of the product they are held for, the actor's own and those of their teams
/// @param teams ids of the teams, as lists of readers name them: `team:UUID`
/// @param organisation id of the customer's organisation, null for none
public record Membership(
        Map<String, Set<String>> products,
        Set<String> teams,
        @Nullable String organisation,
        Reach reach) {

    static final Membership INSIDE = new Membership(Map.of(), Set.of(), null, Reach.COMPANY);
    static final Membership OUTSIDE = new Membership(Map.of(), Set.of(), null, Reach.OUTSIDE);

    /// How far it reaches: `COMPANY` by a role held company-wide, `PRODUCTS` by roles for some products only, `OUTSIDE`
    /// when every role held is one of customers, or none is held.
    public enum Reach {
        COMPANY,
        PRODUCTS,
        OUTSIDE
    }

    Set<String> of(String product) {
        return products.getOrDefault(product, Set.of());
    }

    /// Roles held for any product.
    Set<String> anywhere() {
        var roles = new TreeSet<String>();
        products.values().forEach(roles::addAll);
        return roles;
    }
}
