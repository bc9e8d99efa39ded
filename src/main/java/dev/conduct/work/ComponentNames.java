package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Products.ProductComponent;
import dev.conduct.work.Projection.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What components are called, and were called. The ledger keeps the word that was said; the tables that screens read
/// hold the name of today.
@Component
class ComponentNames {

    private final JdbcClient database;
    private final Products products;
    private final Procedures procedures;
    private final Readers readers;
    private final ApplicationEventPublisher listeners;

    ComponentNames(
            JdbcClient database,
            Products products,
            Procedures procedures,
            Readers readers,
            ApplicationEventPublisher listeners) {
        this.database = database;
        this.products = products;
        this.procedures = procedures;
        this.readers = readers;
        this.listeners = listeners;
    }

    /// Records that name it follow, and whoever writes the old name means it still.
    ///
    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the product or the component, 409
    ///     when another component has that name, or had it
    @Transactional
    ProductComponent rename(String product, String from, String to, Actor actor) {
        var _ = products.findVisible(product, actor);
        products.allow(actor.on(product), Right.COMPONENTS, "Components are renamed");
        Products.name("called", to);
        // It waits for reports that are being taken in, and writes all that names the component.
        database.sql("set local statement_timeout = '10min'").update();
        products.alone(product);
        var known = products.components(product);
        var present = known.stream()
                .filter(component -> component.answersTo(from))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("The component " + Door.shown(from)));
        if (present.name().equals(to)) {
            return present;
        }
        known.stream()
                .filter(component -> component != present && component.answersTo(to))
                .findFirst()
                .ifPresent(other -> taken(to, other));
        var renamed = present.renamed(to);
        write(renamed, present.name());
        products.tell(
                "component.rename",
                product,
                products.now(),
                Map.of(),
                Map.of("name", to, "former", present.name()),
                actor);
        follow(renamed);
        listeners.publishEvent(new ComponentRenamed(product, present.name(), to));
        return renamed;
    }

    static void taken(String name, ProductComponent other) {
        throw Problem.conflict(
                "component_exists",
                other.name().equals(name)
                        ? other.product() + " has a component of that name already. Choose another name."
                        : other.name() + " was called " + Door.shown(name)
                                + ", and records still mean it by that name. Choose another name.");
    }

    private void write(ProductComponent renamed, String from) {
        database.sql("""
                        update work.component set name = :name, former = :former
                         where product = :product and name = :from
                        """)
                .param("name", renamed.name())
                .param("former", renamed.former().toArray(String[]::new))
                .param("product", renamed.product())
                .param("from", from)
                .update();
    }

    /// Also the records that whoever renames may not see.
    private void follow(ProductComponent renamed) {
        var _ = readers.system(() -> {
            ComponentProjection.follow(database, renamed, procedures);
            return true;
        });
    }

    /// What is about to be written, in names of today. A component that an item comes to name is held, so that it is
    /// renamed before this is written, and read so here, or after, and the item follows.
    List<Step> today(List<Step> steps) {
        var said = new TreeSet<Said>();
        steps.forEach(step -> said.addAll(comesToName(step)));
        if (said.isEmpty()) {
            return steps;
        }
        var today = new HashMap<Said, String>();
        database.sql("""
                        select said.product, said.name, c.name as today
                          from unnest(:products::text[], :names::text[]) as said (product, name)
                          join work.component c
                            on c.product = said.product and (c.name = said.name or said.name = any (c.former))
                         order by said.product, said.name
                           for key share of c
                        """)
                .param("products", said.stream().map(Said::product).toArray(String[]::new))
                .param("names", said.stream().map(Said::name).toArray(String[]::new))
                .query(row -> {
                    today.put(new Said(row.getString("product"), row.getString("name")), row.getString("today"));
                });
        return steps.stream()
                .map(step -> new Step(step.before(), named(step.after(), today), step.event()))
                .toList();
    }

    private record Said(String product, String name) implements Comparable<Said> {

        @Override
        public int compareTo(Said other) {
            var first = product.compareTo(other.product);
            return first == 0 ? name.compareTo(other.name) : first;
        }
    }

    private List<Said> comesToName(Step step) {
        var before = step.before();
        return components(step.after())
                .filter(field -> before == null
                        || !Objects.equals(
                                before.fields().get(field),
                                step.after().fields().get(field)))
                .map(step.after().fields()::get)
                .filter(String.class::isInstance)
                .map(name -> new Said(step.after().product(), String.valueOf(name)))
                .toList();
    }

    private Item named(Item item, Map<Said, String> today) {
        var fields = new HashMap<>(item.fields());
        components(item)
                .forEach(field -> fields.computeIfPresent(
                        field,
                        (unused, name) -> today.getOrDefault(
                                new Said(item.product(), String.valueOf(name)), String.valueOf(name))));
        return fields.equals(item.fields()) ? item : item.holding(Map.copyOf(fields));
    }

    /// The names of its fields that name components.
    private Stream<String> components(Item item) {
        return Door.type(procedures.version(item.procedureVersion()), item.type()).fields().values().stream()
                .filter(field -> field.kind() == ItemType.FieldKind.COMPONENT)
                .map(ItemType.Field::name);
    }

    /// What components once called so are called today, of products the actor sees.
    List<String> today(String former, Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("""
                        select c.name from work.component c join work.product p on p.key = c.product
                         where :former = any (c.former) and %s order by c.name
                        """.formatted(sight.ofProduct("p")))
                .params(sight.parameters())
                .param("former", former)
                .query((row, number) -> row.getString("name"))
                .list();
    }
}
