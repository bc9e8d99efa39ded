package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.work.Products;
import java.util.List;
import org.springframework.stereotype.Component;

/// Of which products somebody reads reports: those they see, where a role of theirs lets them.
@Component
public class SeenProducts {

    private final Products products;
    private final Roles roles;

    SeenProducts(Products products, Roles roles) {
        this.products = products;
        this.roles = roles;
    }

    public List<Products.Product> all(Actor actor) {
        return products.visible(actor).stream()
                .filter(product -> reads(product.key(), actor))
                .toList();
    }

    /// @throws Problem 404 when it is not there, or its reports are not for this actor
    public Products.Product find(String key, Actor actor) {
        var product = products.findVisible(key, actor);
        if (!reads(key, actor)) {
            throw Problem.notFound("The product " + key);
        }
        return product;
    }

    /// What a component of the product is called today; the word itself when none answers to it.
    String component(String product, String called) {
        return products.components(product).stream()
                .filter(component -> component.answersTo(called))
                .map(Products.ProductComponent::name)
                .findFirst()
                .orElse(called);
    }

    boolean sees(String key, Actor actor) {
        return all(actor).stream().anyMatch(product -> product.key().equals(key));
    }

    /// Whether they say what failures come from, and which tests are put aside: those who may send reports.
    public boolean mayJudge(String product, Actor actor) {
        return roles.may(actor.on(product), Right.SEND_REPORTS);
    }

    /// @throws Problem 403 for who may not judge tests of the product, 404 for who does not see it
    public void judge(String product, Actor actor) {
        var _ = find(product, actor);
        if (!mayJudge(product, actor)) {
            throw Problem.forbidden("role", "Tests are judged by " + roles.titles(Right.SEND_REPORTS) + ".");
        }
    }

    /// Of a product that the actor sees, or of an item in it: whether a role lets them read its reports.
    boolean reads(String product, Actor actor) {
        return !actor.outside() && roles.may(actor.on(product), Right.READ_REPORTS);
    }
}
