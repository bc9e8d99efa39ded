package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.quality.SeenProducts;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.work.Products;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// For those who write checks, and for who reads reports once there is one.
@Component
class ChecksEntry implements NavigationEntry {

    private final SeenProducts seen;
    private final CheckRows rows;

    ChecksEntry(SeenProducts seen, CheckRows rows) {
        this.seen = seen;
        this.rows = rows;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        if (actor.outside()) {
            return null;
        }
        var products = seen.all(actor).stream().map(Products.Product::key).toList();
        var writes = products.stream().anyMatch(product -> seen.mayJudge(product, actor));
        return !products.isEmpty() && (writes || rows.any(products))
                ? new Entry("Evidence", 12, "Checks", "/checks", "activity", null)
                : null;
    }
}
