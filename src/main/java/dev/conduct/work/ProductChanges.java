package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.work.Products.Product;
import dev.conduct.work.Products.ProductComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What may be changed of a product and its components once they are there. Keys of products stay: the numbers of
/// records are made of them.
@Component
class ProductChanges {

    private final JdbcClient database;
    private final Products products;
    private final ArchivedProducts archives;
    private final ComponentNames names;

    ProductChanges(JdbcClient database, Products products, ArchivedProducts archives, ComponentNames names) {
        this.database = database;
        this.products = products;
        this.archives = archives;
        this.names = names;
    }

    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the product
    @Transactional
    Product rename(String key, String name, Actor actor) {
        var product = products.findVisible(key, actor);
        products.allow(actor.on(key), Right.PRODUCTS, "Products are renamed");
        Products.name("name", name);
        if (product.name().equals(name)) {
            return product;
        }
        database.sql("update work.product set name = :name where key = :key")
                .param("name", name)
                .param("key", key)
                .update();
        products.tell("product.rename", key, products.now(), Map.of(), name, actor);
        return new Product(key, name, product.membersOnly(), product.archived());
    }

    /// Takes a product out of what is offered, or brings it back. Its records stay, and go on.
    ///
    /// @throws Problem 403 for who may not, 404 without the product
    @Transactional
    Product archive(String key, boolean archived, Actor actor) {
        var product = products.findVisible(key, actor);
        products.allow(actor.on(key), Right.PRODUCTS, "Products are archived");
        if (product.archived() == archived) {
            return product;
        }
        database.sql("update work.product set archived = :archived where key = :key")
                .param("archived", archived)
                .param("key", key)
                .update();
        products.tell("product.archive", key, products.now(), Map.of("archived", archived), product.name(), actor);
        archives.forget();
        return new Product(key, product.name(), product.membersOnly(), archived);
    }

    /// What is null stays.
    ///
    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the product
    @Transactional
    Product change(
            String key, @Nullable String name, @Nullable Boolean membersOnly, @Nullable Boolean archived, Actor actor) {
        if (name != null) {
            var _ = rename(key, name, actor);
        }
        if (archived != null) {
            var _ = archive(key, archived, actor);
        }
        return membersOnly == null ? products.findVisible(key, actor) : products.show(key, membersOnly, actor);
    }

    /// What a component is to be; what is null stays.
    ///
    /// @param called its name from now on
    record Wanted(
            @Nullable String called,
            @Nullable Boolean critical,
            @Nullable List<String> owners,
            @Nullable Boolean retired) {}

    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the product or the component, 409
    ///     when another component has that name, or had it
    @Transactional
    ProductComponent change(String product, String name, Wanted wanted, Actor actor) {
        var _ = products.findVisible(product, actor);
        var present =
                wanted.called() == null ? present(product, name) : names.rename(product, name, wanted.called(), actor);
        return change(
                new ProductComponent(
                        product,
                        present.name(),
                        Objects.requireNonNullElse(wanted.critical(), present.critical()),
                        Objects.requireNonNullElse(wanted.owners(), present.owners()),
                        Objects.requireNonNullElse(wanted.retired(), present.retired()),
                        present.former()),
                actor);
    }

    private ProductComponent present(String product, String name) {
        return products.components(product).stream()
                .filter(component -> component.answersTo(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("The component " + Door.shown(name)));
    }

    /// How critical a component is, who knows it, and whether it is retired; by its name.
    ///
    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the product or the component
    @Transactional
    ProductComponent change(ProductComponent wanted, Actor actor) {
        products.allow(actor.on(wanted.product()), Right.COMPONENTS, "Components are changed");
        var _ = products.findVisible(wanted.product(), actor);
        var owners = new ArrayList<String>();
        for (var i = 0; i < wanted.owners().size(); i++) {
            owners.add(products.owner("owners[" + i + "]", wanted.owners().get(i), actor));
        }
        var present = present(wanted.product(), wanted.name());
        var changed = new ProductComponent(
                wanted.product(),
                present.name(),
                wanted.critical(),
                owners.stream().distinct().toList(),
                wanted.retired(),
                present.former());
        if (present.equals(changed)) {
            return present;
        }
        database.sql("""
                        update work.component set critical = :critical, owners = :owners, retired = :retired
                         where product = :product and name = :name
                        """)
                .param("critical", changed.critical())
                .param("owners", changed.owners().toArray(String[]::new))
                .param("retired", changed.retired())
                .param("product", changed.product())
                .param("name", changed.name())
                .update();
        products.tell(
                "component.change",
                changed.product(),
                products.now(),
                Map.of("critical", changed.critical(), "owners", changed.owners(), "retired", changed.retired()),
                changed.name(),
                actor);
        return changed;
    }
}
