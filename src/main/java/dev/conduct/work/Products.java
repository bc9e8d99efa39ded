package dev.conduct.work;

import dev.conduct.identity.Actor;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What the company ships, and the components it consists of.
@Component
public class Products {

    /// @param key pattern `[A-Z][A-Z0-9]{1,9}`; begins the keys of its items
    public record Product(String key, String name) {}

    /// @param critical a fault in it is a critical matter, see the procedure's parameters
    /// @param owners actor ids of those who know it best
    public record ProductComponent(String product, String name, boolean critical, List<String> owners) {}

    public Product create(String key, String name, Actor actor) {
        throw new UnsupportedOperationException("being built");
    }

    public ProductComponent createComponent(ProductComponent component, Actor actor) {
        throw new UnsupportedOperationException("being built");
    }

    /// The component of that name, made when it is not there: for imports, where components are only names.
    public ProductComponent ensureComponent(String product, String name, Actor actor) {
        throw new UnsupportedOperationException("being built");
    }

    public Optional<Product> find(String key) {
        throw new UnsupportedOperationException("being built");
    }

    /// All products, by key.
    public List<Product> all() {
        throw new UnsupportedOperationException("being built");
    }

    /// A product's components, by name.
    public List<ProductComponent> components(String product) {
        throw new UnsupportedOperationException("being built");
    }
}
