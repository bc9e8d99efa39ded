package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.quality.SeenProducts;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.Offered;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// For those who write checks, and for who reads reports once there is one.
@Component
class ChecksEntry implements NavigationEntry {

    private final SeenProducts seen;
    private final CheckRows rows;
    private final Offered offered = new Offered();

    ChecksEntry(SeenProducts seen, CheckRows rows) {
        this.seen = seen;
        this.rows = rows;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        if (actor.outside()) {
            return null;
        }
        return offered.to(actor, () -> leads(actor))
                ? new Entry("Evidence", 13, "Checks", "/checks", "activity", null)
                : null;
    }

    private boolean leads(Actor actor) {
        var products = seen.all(actor).stream().map(Products.Product::key).toList();
        return products.stream().anyMatch(product -> seen.mayJudge(product, actor)) || rows.any(products);
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return seen.all(actor).stream()
                .filter(product -> products.contains(product.key()))
                .flatMap(product -> Stream.of(
                        new Beneath("Checks of " + product.name(), "/checks/" + product.key(), "activity"),
                        new Beneath("Mocks of " + product.name(), "/mocks/" + product.key(), "activity")))
                .toList();
    }
}
