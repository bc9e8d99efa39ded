package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import dev.conduct.identity.People;
import dev.conduct.shell.ProductChoice;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The product somebody has pages narrowed to, while they may see it.
@Component
class ChosenProduct implements ProductChoice {

    private static final String KEPT = "product";

    private static final int MOST = 2_000;
    private static final long FRESH = Duration.ofSeconds(2).toNanos();

    private final Products products;
    private final People people;
    private final ConcurrentHashMap<Membership, Several> choosing = new ConcurrentHashMap<>();

    private record Several(boolean several, long at) {}

    ChosenProduct(Products products, People people) {
        this.products = products;
        this.people = people;
    }

    @Override
    public Chosen of(Actor actor) {
        var wanted = wanted(actor);
        return wanted.isEmpty() ? new Chosen(null, several(actor)) : chosen(wanted, actor);
    }

    /// Every page asks, and the answer seldom changes: it is kept for two seconds.
    private boolean several(Actor actor) {
        var kept = choosing.get(actor.membership());
        if (kept == null || System.nanoTime() - kept.at() > FRESH) {
            kept = new Several(products.chosenAndOthers("", actor).size() > 1, System.nanoTime());
            if (choosing.size() > MOST) {
                choosing.clear();
            }
            choosing.put(actor.membership(), kept);
        }
        return kept.several();
    }

    private Chosen chosen(String wanted, Actor actor) {
        var seen = products.chosenAndOthers(wanted, actor);
        var chosen = seen.stream()
                .filter(product -> product.key().equals(wanted))
                .findFirst()
                .map(product -> new Product(product.key(), product.name()))
                .orElse(null);
        return new Chosen(chosen, true);
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
