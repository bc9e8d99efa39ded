package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import org.springframework.stereotype.Component;

@Component
class ProductsEntry implements NavigationEntry {

    @Override
    public Entry forActor(Actor actor) {
        return new Entry("Rule book", 40, "Products", "/admin/products", "layers", null);
    }
}
