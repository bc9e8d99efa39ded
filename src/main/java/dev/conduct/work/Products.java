package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.Roles;
import dev.conduct.identity.Teams;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What the company ships, and the components it consists of.
@Component
public class Products {

    private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9]{1,9}");
    private static final int NAME = 200;
    private static final int MOST_NAMES = 5_000;

    private final JdbcClient database;
    private final Ledger ledger;
    private final People people;
    private final Roles roles;
    private final Teams teams;
    private final InstantSource time;

    Products(JdbcClient database, Ledger ledger, People people, Roles roles, Teams teams, InstantSource time) {
        this.roles = roles;
        this.teams = teams;
        this.database = database;
        this.ledger = ledger;
        this.people = people;
        this.time = time;
    }

    /// @param key pattern `[A-Z][A-Z0-9]{1,9}`; begins the keys of its items
    /// @param membersOnly true: inside the company only those see its items who hold a role for it or company-wide
    /// @param archived true: its records stay, and it is offered for none any more
    public record Product(String key, String name, boolean membersOnly, boolean archived) {}

    /// @param critical a fault in it is a critical matter, see the procedure's parameters
    /// @param owners actor ids of those who know it best
    /// @param retired true: records keep it, and it is offered for none any more
    /// @param former what it was called before, the oldest first: whoever writes one of these names means it
    public record ProductComponent(
            String product, String name, boolean critical, List<String> owners, boolean retired, List<String> former) {

        public ProductComponent(String product, String name, boolean critical, List<String> owners) {
            this(product, name, critical, owners, false, List.of());
        }

        public boolean answersTo(String called) {
            return name.equals(called) || former.contains(called);
        }

        ProductComponent renamed(String to) {
            var before = Stream.concat(former.stream(), Stream.of(name))
                    .filter(called -> !called.equals(to))
                    .distinct()
                    .toList();
            return new ProductComponent(product, to, critical, owners, retired, before);
        }
    }

    /// @throws Problem 400 naming what is wrong, 403 for who may not, 409 when the key is taken
    @Transactional
    public Product create(String key, String name, Actor actor) {
        allow(actor, Right.PRODUCTS, "Products are created");
        if (!KEY.matcher(key).matches()) {
            throw Problem.badInput(
                    "key", "not_a_key", "must be 2 to 10 capital letters and digits, a letter first, such as APP.");
        }
        name("name", name);
        var now = now();
        var made = database.sql("""
                        insert into work.product (key, name, created_at) values (:key, :name, :now) on conflict do nothing
                        """)
                .param("key", key)
                .param("name", name)
                .param("now", ItemRows.time(now))
                .update();
        if (made == 0) {
            throw Problem.conflict("product_exists", "There is a product " + key + " already. Choose another key.");
        }
        tell("product.create", key, now, Map.of(), name, actor);
        return new Product(key, name, false, false);
    }

    /// @throws Problem 400 naming what is wrong, 403 for who may not, 404 without the product, 409 when it is there
    @Transactional
    public ProductComponent createComponent(ProductComponent component, Actor actor) {
        allow(actor.on(component.product()), Right.COMPONENTS, "Components are created");
        name("name", component.name());
        var _ = findVisible(component.product(), actor);
        var owners = new ArrayList<String>();
        for (var i = 0; i < component.owners().size(); i++) {
            owners.add(owner("owners[" + i + "]", component.owners().get(i), actor));
        }
        var resolved = new ProductComponent(
                component.product(),
                component.name(),
                component.critical(),
                owners.stream().distinct().toList());
        if (!add(resolved, actor)) {
            ComponentNames.taken(component.name(), named(component.product(), component.name()));
        }
        return resolved;
    }

    /// The component of that name, made when it is not there: for imports, where components are only names.
    @Transactional
    public ProductComponent ensureComponent(String product, String name, Actor actor) {
        allow(actor, Right.COMPONENTS, "Components are created");
        name("component", name);
        var _ = find(product).orElseThrow(() -> Problem.notFound("The product " + Door.shown(product)));
        add(new ProductComponent(product, name, false, List.of()), actor);
        return named(product, name);
    }

    private ProductComponent named(String product, String name) {
        return components(product).stream()
                .filter(component -> component.answersTo(name))
                .findFirst()
                .orElseThrow();
    }

    public Optional<Product> find(String key) {
        return database.sql("select key, name, members_only, archived from work.product where key = :key")
                .param("key", key)
                .query(Products::product)
                .optional();
    }

    /// All products, by key.
    public List<Product> all() {
        return database.sql("select key, name, members_only, archived from work.product order by key")
                .query(Products::product)
                .list();
    }

    /// Those whose items the actor may see, or report to from outside, by key.
    public List<Product> visible(Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("select p.key, p.name, p.members_only, p.archived from work.product p where "
                        + sight.ofProduct("p") + " order by p.key")
                .params(sight.parameters())
                .query(Products::product)
                .list();
    }

    /// Those of them to which something may still be reported, by key.
    public List<Product> offered(Actor actor) {
        return visible(actor).stream().filter(product -> !product.archived()).toList();
    }

    /// Those of them whose key or name holds this, by key.
    List<Product> named(String part, int most, Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("select p.key, p.name, p.members_only, p.archived from work.product p where "
                        + sight.ofProduct("p")
                        + " and not p.archived and (strpos(lower(p.key), :part) > 0 or strpos(lower(p.name), :part) > 0)"
                        + " order by p.key limit :most")
                .param("part", part.strip().toLowerCase(Locale.ROOT))
                .param("most", most)
                .params(sight.parameters())
                .query(Products::product)
                .list();
    }

    /// The product of that key, when it may be seen, and two others: enough to know whether there is a choice.
    List<Product> chosenAndOthers(String key, Actor actor) {
        var sight = Sight.of(actor);
        var seen = "select p.key, p.name, p.members_only, p.archived from work.product p where " + sight.ofProduct("p");
        return database.sql("(" + seen + " and p.key = :key) union all (" + seen
                        + " and p.key <> :key and not p.archived order by p.key limit 2)")
                .param("key", key)
                .params(sight.parameters())
                .query(Products::product)
                .list();
    }

    /// @throws Problem 404 when it is not there or not visible to the actor
    public Product findVisible(String key, Actor actor) {
        return find(key)
                .filter(product -> !product.membersOnly() && Sight.of(actor).inside()
                        || visible(actor).contains(product))
                .orElseThrow(() -> Problem.notFound("The product " + Door.shown(key)));
    }

    /// Opens a product to everybody inside, or to its members only.
    ///
    /// @throws Problem 403 for who may not, 404 without the product
    @Transactional
    public Product show(String key, boolean membersOnly, Actor actor) {
        var product = findVisible(key, actor);
        allow(actor.on(key), Right.PRODUCTS, "Who sees a product is decided");
        if (product.membersOnly() == membersOnly) {
            return product;
        }
        database.sql("update work.product set members_only = :only where key = :key")
                .param("only", membersOnly)
                .param("key", key)
                .update();
        tell("product.show", key, now(), Map.of("members_only", membersOnly), product.name(), actor);
        return new Product(key, product.name(), membersOnly, product.archived());
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getString("key"),
                row.getString("name"),
                row.getBoolean("members_only"),
                row.getBoolean("archived"));
    }

    /// Those of a product's components that a record may still be given, by name.
    List<ProductComponent> offered(String product) {
        return components(product).stream()
                .filter(component -> !component.retired())
                .toList();
    }

    /// A product's components, by name.
    public List<ProductComponent> components(String product) {
        return database.sql("""
                        select product, name, critical, owners, retired, former
                          from work.component where product = :product order by name
                        """)
                .param("product", product)
                .query(Products::component)
                .list();
    }

    /// Names of the critical components of these products that are still in use, by product.
    public Map<String, List<String>> critical(Collection<String> products) {
        var names = new HashMap<String, List<String>>();
        database.sql("""
                        select product, name from work.component
                         where product = any (:products) and critical and not retired order by product, name
                        """).param("products", products.toArray(String[]::new)).query(row -> {
            names.computeIfAbsent(row.getString("product"), unused -> new ArrayList<>())
                    .add(row.getString("name"));
        });
        return names;
    }

    static ProductComponent component(ResultSet row, int number) throws SQLException {
        return new ProductComponent(
                row.getString("product"),
                row.getString("name"),
                row.getBoolean("critical"),
                List.of((String[]) row.getArray("owners").getArray()),
                row.getBoolean("retired"),
                List.of((String[]) row.getArray("former").getArray()));
    }

    /// Components of products the actor may see whose name holds this, by name.
    List<ProductComponent> componentsNamed(String part, int most, Actor actor) {
        var sight = Sight.of(actor);
        return database.sql("""
                        select c.product, c.name, c.critical, c.owners, c.retired, c.former
                          from work.component c join work.product p on p.key = c.product
                         where strpos(lower(c.name), :part) > 0 and not c.retired and %s
                         order by c.name, c.product limit :most
                        """.formatted(sight.ofProduct("p")))
                .params(sight.parameters())
                .param("part", part)
                .param("most", most)
                .query(Products::component)
                .list();
    }

    /// What components of the products the actor may see are called.
    Set<String> componentNames(Actor actor) {
        var sight = Sight.of(actor);
        return Set.copyOf(database.sql("""
                        select distinct c.name
                          from work.component c join work.product p on p.key = c.product
                         where %s order by c.name limit :most
                        """.formatted(sight.ofProduct("p")))
                .params(sight.parameters())
                .param("most", MOST_NAMES)
                .query((row, number) -> row.getString("name"))
                .list());
    }

    /// Of those who add components to a product or rename them one after the other, until the transaction ends.
    void alone(String product) {
        database.sql("select pg_advisory_xact_lock(hashtextextended('work.component ' || :product, 0))")
                .param("product", product)
                .query((row, number) -> product)
                .single();
    }

    /// Holds the names of a product's components until the transaction ends: a renaming comes before or after.
    public void holdNames(String product) {
        database.sql("select name from work.component where product = :product order by name for key share")
                .param("product", product)
                .query(String.class)
                .list();
    }

    /// False when a component answers to that name already. Nothing is renamed meanwhile.
    private boolean add(ProductComponent component, Actor actor) {
        alone(component.product());
        var made = database.sql("""
                        insert into work.component (product, name, critical, owners)
                        select :product, :name, :critical, :owners
                         where not exists (
                               select from work.component where product = :product and :name = any (former))
                        on conflict do nothing
                        """)
                .param("product", component.product())
                .param("name", component.name())
                .param("critical", component.critical())
                .param("owners", component.owners().toArray(String[]::new))
                .update();
        if (made > 0) {
            tell(
                    "component.create",
                    component.product(),
                    now(),
                    Map.of("critical", component.critical(), "owners", component.owners()),
                    component.name(),
                    actor);
        }
        return made > 0;
    }

    void tell(String action, String product, Instant at, Map<String, Object> data, String name, Actor actor) {
        tell(action, product, at, data, Map.of("name", name), actor);
    }

    /// @param names what is called, as people wrote it
    void tell(
            String action,
            String product,
            Instant at,
            Map<String, Object> data,
            Map<String, String> names,
            Actor actor) {
        ledger.append(new NewEvent(
                at,
                actor.id(),
                actor.via(),
                action,
                "product:" + product,
                1,
                Outcome.SUCCESS,
                null,
                null,
                data,
                names));
    }

    String owner(String field, String owner, Actor actor) {
        if (owner.startsWith("team:")) {
            return teams.find(owner.substring("team:".length()))
                    .map(Teams.Team::reader)
                    .orElseThrow(() -> Problem.badInput(field, "unknown_team", "is no team here."));
        }
        return owner.equals("me")
                ? actor.id()
                : people.resolve(owner)
                        .map(People.Person::id)
                        .orElseThrow(() -> Problem.badInput(
                                field, "unknown_person", "names nobody here. Write an id or an e-mail address."));
    }

    void allow(Actor actor, Right right, String what) {
        if (!roles.may(actor, right) && !HistoryDoor.BRINGS_HISTORY.contains(actor.via())) {
            throw Problem.forbidden("role", what + " by " + roles.titles(right) + ".");
        }
    }

    static void name(String field, String name) {
        if (name.isBlank()) {
            throw Problem.badInput(field, "missing", "is empty. Write a name.");
        }
        FieldChecks.line(field, name, NAME);
    }

    Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
