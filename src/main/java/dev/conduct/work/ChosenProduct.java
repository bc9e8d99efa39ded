package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.shell.ProductChoice;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The product somebody has pages narrowed to, while they may see it.
@Component
class ChosenProduct implements ProductChoice {

    private static final String KEPT = "product";

    private final Products products;
    private final People people;

    ChosenProduct(Products products, People people) {
        this.products = products;
        this.people = people;
    }

    @Override
    public Chosen of(Actor actor) {
        var wanted = wanted(actor);
        var seen = products.chosenAndOthers(wanted, actor);
        var chosen = seen.stream()
                .filter(product -> product.key().equals(wanted))
                .findFirst()
                .map(product -> new Product(product.key(), product.name()))
                .orElse(null);
        return new Chosen(chosen, seen.size() > 1 || !wanted.isEmpty());
    }

    /// The part of a query that narrows it; empty for none.
    static String narrowing(Actor actor) {
        var wanted = wanted(actor);
        return wanted.isEmpty() ? "" : SavedViews.PRODUCT + wanted;
    }

    static String wanted(Actor actor) {
        return actor.preferences().getOrDefault(KEPT, "");
    }

    /// @param key null for all products
    void choose(@Nullable String key, Actor actor) {
        people.prefer(actor, KEPT, key);
    }
}
