package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.quality.SeenProducts;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.Offered;
import dev.conduct.work.Products;
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
}
