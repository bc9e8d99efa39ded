package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.work.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Which standards somebody reads, keeps, and oversees: everybody inside reads those of the company and of the
/// products they see; who keeps components keeps standards; who keeps them or audits sees who knows what.
@Component
class StandardLists {

    private final StandardRows rows;
    private final Products products;
    private final Roles roles;

    StandardLists(StandardRows rows, Products products, Roles roles) {
        this.rows = rows;
        this.products = products;
        this.roles = roles;
    }

    /// @throws Problem 404 from outside
    List<Standard> page(Actor actor, boolean inForce, @Nullable UUID before, int most) {
        inside(actor);
        return rows.page(seen(actor), inForce, before, most);
    }

    /// Those whose newest version waits for this actor as the second person; with that version.
    List<Standard> waiting(Actor actor, int most) {
        inside(actor);
        return rows.waiting(seen(actor), actor.id(), most).stream()
                .filter(standard -> keeps(standard.product(), actor))
                .toList();
    }

    /// @throws Problem 404 when it is not there, or of a product the actor does not see
    Standard visible(UUID id, Actor actor) {
        inside(actor);
        return rows.find(id)
                .filter(standard -> standard.product() == null || seen(actor).contains(standard.product()))
                .orElseThrow(() -> Problem.notFound("This standard"));
    }

    private List<String> seen(Actor actor) {
        return products.visible(actor).stream().map(Products.Product::key).toList();
    }

    private static void inside(Actor actor) {
        if (actor.outside()) {
            throw Problem.notFound("This page");
        }
    }

    boolean keeps(@Nullable String product, Actor actor) {
        return !actor.outside() && roles.may(product == null ? actor : actor.on(product), Right.COMPONENTS);
    }

    /// Whether they see of others what they know of it.
    boolean oversees(@Nullable String product, Actor actor) {
        return keeps(product, actor)
                || !actor.outside() && roles.may(product == null ? actor : actor.on(product), Right.AUDIT);
    }

    /// Products for which they write standards; empty text for the company.
    List<String> kept(Actor actor) {
        var kept = new ArrayList<String>();
        if (keeps(null, actor)) {
            kept.add("");
        }
        seen(actor).stream().filter(product -> keeps(product, actor)).forEach(kept::add);
        return kept;
    }
}
