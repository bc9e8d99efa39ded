package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Right;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.work.Products;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Lists what reached a main branch and names no item.
@Controller
class UnkeyedPages implements NavigationEntry {

    private final Unkeyed unkeyed;
    private final Products products;
    private final Roles roles;

    UnkeyedPages(Unkeyed unkeyed, Products products, Roles roles) {
        this.unkeyed = unkeyed;
        this.products = products;
        this.roles = roles;
    }

    @GetMapping("/code/unkeyed")
    UnkeyedPage show(
            @RequestParam(defaultValue = "") String product,
            @RequestParam(defaultValue = "") String cursor,
            Actor actor) {
        return new UnkeyedPage(unkeyed.page(product, cursor, actor), products.visible(actor), product);
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return roles.may(actor, Right.READ_REPORTS)
                ? new Entry("Evidence", 40, "Merged without a key", "/code/unkeyed", "git-pull-request", null)
                : null;
    }
}
