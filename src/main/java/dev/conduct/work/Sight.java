package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which items an actor sees, as a condition of SQL: the one predicate of pages, API, search, completion, counts,
/// exports, boards and mails. The policies of the tables say the same once more.
///
/// Inside, whoever holds a role company-wide sees every product, and whoever holds roles for some products only sees
/// those and the ones open to everybody inside. An item with readers is seen by them, its assignee and its reporter
/// alone. From outside one sees what one reported, or one's organisation did, and none with readers.
///
/// @param names as which the actor may stand in a list of readers
/// @param products for which it holds a role
public record Sight(Reach reach, String actor, @Nullable String organisation, Set<String> names, Set<String> products) {

    /// How far somebody sees at most: `SYSTEM` everything, `COMPANY` all products, `PRODUCTS` the open ones and
    /// those they belong to, `OUTSIDE` what was reported by them or their organisation.
    public enum Reach {
        SYSTEM,
        COMPANY,
        PRODUCTS,
        OUTSIDE
    }

    static final Sight OF_THE_SYSTEM = new Sight(Reach.SYSTEM, "system:work", null, Set.of(), Set.of());

    private static final String NAMED =
            "(%1$s.readers is null or %1$s.readers && :sight_names::text[] or %1$s.assignee = :sight_actor"
                    + " or %1$s.reporter = :sight_actor)";
    private static final String PRODUCT =
            "(%1$s.product = any(:sight_products) or %1$s.assignee = :sight_actor or %1$s.reporter = :sight_actor"
                    + " or %1$s.product in (select key from work.product where not members_only))";
    private static final String OWN =
            "(%1$s.readers is null and (%1$s.reporter = :sight_actor or %1$s.organisation = :sight_organisation))";
    private static final String OWN_ALONE = "(%1$s.readers is null and %1$s.reporter = :sight_actor)";

    public static Sight of(Actor actor) {
        var membership = actor.membership();
        return new Sight(
                reach(actor),
                actor.id(),
                membership.organisation(),
                actor.names(),
                membership.products().keySet());
    }

    private static Reach reach(Actor actor) {
        if (actor.id().startsWith("system:")) {
            return Reach.SYSTEM;
        }
        return switch (actor.membership().reach()) {
            case COMPANY -> Reach.COMPANY;
            case PRODUCTS -> Reach.PRODUCTS;
            case OUTSIDE -> Reach.OUTSIDE;
        };
    }

    /// Whether the actor stands inside the company.
    public boolean inside() {
        return reach != Reach.OUTSIDE;
    }

    boolean everyProduct() {
        return reach == Reach.SYSTEM || reach == Reach.COMPANY;
    }

    /// The condition for rows of `work.item` under a name.
    public String of(String item) {
        return switch (reach) {
            case SYSTEM -> "true";
            case COMPANY -> NAMED.formatted(item);
            case PRODUCTS -> "(" + NAMED.formatted(item) + " and " + PRODUCT.formatted(item) + ")";
            case OUTSIDE -> (organisation == null ? OWN_ALONE : OWN).formatted(item);
        };
    }

    /// The condition for rows of `work.product` under a name.
    String ofProduct(String product) {
        return switch (reach) {
            case SYSTEM, COMPANY -> "true";
            case PRODUCTS -> "(not %1$s.members_only or %1$s.key = any(:sight_products))".formatted(product);
            case OUTSIDE ->
                (everywhere()
                                ? "(not %1$s.members_only or %1$s.key = any(:sight_products))"
                                : "%1$s.key = any(:sight_products)")
                        .formatted(product);
        };
    }

    /// A customer of the company as a whole reports to every product that is not for members only.
    private boolean everywhere() {
        return names.stream().anyMatch(name -> name.startsWith("role:") && name.indexOf('/') < 0);
    }

    /// What the conditions name, by the names they use; to be given as parameters with the others.
    public Map<String, Object> parameters() {
        var parameters = new HashMap<String, Object>();
        parameters.put("sight_actor", actor);
        parameters.put("sight_names", names.toArray(String[]::new));
        parameters.put("sight_products", products.toArray(String[]::new));
        parameters.put("sight_organisation", organisation == null ? "" : organisation);
        return parameters;
    }
}
