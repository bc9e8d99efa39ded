package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.Products.ProductComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/// What components are called, and were called. The ledger keeps the word that was said; the tables that screens read
/// hold the name of today.
@Component
class ComponentNames {

    private final JdbcClient database;
    private final Products products;
    private final Procedures procedures;
    private final Ledger ledger;
    private final Readers readers;
    private final ApplicationEventPublisher listeners;
    private final TransactionTemplate afterwards;

    ComponentNames(
            JdbcClient database,
            Products products,
            Procedures procedures,
            Ledger ledger,
            Readers readers,
            ApplicationEventPublisher listeners,
            PlatformTransactionManager transactions) {
        this.database = database;
        this.products = products;
        this.procedures = procedures;
        this.ledger = ledger;
        this.readers = readers;
        this.listeners = listeners;
        this.afterwards = new TransactionTemplate(transactions);
        this.afterwards.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
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
        database.sql("select key from work.product where key = :product for update")
                .param("product", product)
                .query(String.class)
                .single();
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
        ledger.append(new NewEvent(
                products.now(),
                actor.id(),
                actor.via(),
                "component.rename",
                "product:" + product,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of(),
                Map.of("name", to, "former", present.name())));
        follow(renamed);
        listeners.publishEvent(new ComponentRenamed(product, present.name(), to));
        onceMore(renamed);
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

    /// An act that was judged before the name changed may be written after its records followed.
    private void onceMore(ProductComponent renamed) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                afterwards.executeWithoutResult(status -> follow(renamed));
            }
        });
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
            database.sql("set local statement_timeout = '10min'").update();
            follow(database, renamed, procedures);
            return true;
        });
    }

    /// Gives the name of today to every row that holds a former one.
    static void follow(JdbcClient tables, ProductComponent renamed, Procedures procedures) {
        for (var named : fields(procedures)) {
            tables.sql("""
                            update work.item
                               set fields = jsonb_set(fields, array[:field], to_jsonb(:name::text)),
                                   component = case when component = any (:former) then :name else component end
                             where product = :product and type = :type and fields ->> :field = any (:former)
                            """)
                    .param("type", named.type())
                    .param("field", named.field())
                    .param("name", renamed.name())
                    .param("former", renamed.former().toArray(String[]::new))
                    .param("product", renamed.product())
                    .update();
        }
        tables.sql("update work.fix set component = :name where product = :product and component = any (:former)")
                .param("name", renamed.name())
                .param("former", renamed.former().toArray(String[]::new))
                .param("product", renamed.product())
                .update();
    }

    private record Named(String type, String field) {}

    /// The fields that name components, of every version of the procedure.
    private static Set<Named> fields(Procedures procedures) {
        return procedures.all().stream()
                .flatMap(procedure -> procedure.types().values().stream())
                .flatMap(type -> type.fields().values().stream()
                        .filter(field -> field.kind() == ItemType.FieldKind.COMPONENT)
                        .map(field -> new Named(type.name(), field.name())))
                .collect(Collectors.toSet());
    }

    /// In tables made anew, whose rows hold the words that were said.
    static void followAll(JdbcClient tables, Procedures procedures) {
        tables.sql("""
                        select product, name, critical, owners, retired, former from work.component where former <> '{}'
                        """).query(Products::component).list().forEach(renamed -> follow(tables, renamed, procedures));
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
