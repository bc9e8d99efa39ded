package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.work.Products;
import java.util.List;
import org.springframework.stereotype.Component;

/// Of which products somebody reads plans and runs, and who writes them: whoever reads reports of tests, and whoever
/// sends them. What a person saw by hand is a report like any other.
@Component
class TestedProducts {

    private final Products products;
    private final Roles roles;

    TestedProducts(Products products, Roles roles) {
        this.products = products;
        this.roles = roles;
    }

    List<Products.Product> all(Actor actor) {
        return products.visible(actor).stream()
                .filter(product -> reads(product.key(), actor))
                .toList();
    }

    /// @throws Problem 404 when it is not there, or its tests are not for this actor
    Products.Product find(String key, Actor actor) {
        var product = products.findVisible(key, actor);
        if (!reads(key, actor)) {
            throw Problem.notFound("The product " + key);
        }
        return product;
    }

    /// Of a thing of a product: it is not there for whoever does not see the product.
    void require(String key, String what, Actor actor) {
        try {
            var _ = find(key, actor);
        } catch (Problem unseen) {
            throw Problem.notFound(what);
        }
    }

    boolean mayTest(String product, Actor actor) {
        return !actor.outside() && roles.may(actor.on(product), Right.SEND_REPORTS);
    }

    /// @throws Problem 403 for who may not test the product, 404 for who does not see it
    void test(String product, Actor actor) {
        var _ = find(product, actor);
        if (!mayTest(product, actor)) {
            throw Problem.forbidden("role", "Tests are planned and run by " + roles.titles(Right.SEND_REPORTS) + ".");
        }
    }

    /// Of a product that the actor sees: whether a role lets them read its tests.
    boolean reads(String product, Actor actor) {
        return !actor.outside() && roles.may(actor.on(product), Right.READ_REPORTS);
    }
}
