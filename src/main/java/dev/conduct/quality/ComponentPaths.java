package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Roles;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.quality.PathRules.Rule;
import dev.conduct.work.Products;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Which files and tests belong to the components of a product.
@Component
class ComponentPaths {

    private static final int MOST = 50;

    private final JdbcClient database;
    private final Products products;
    private final Roles roles;
    private final Ledger ledger;
    private final InstantSource time;

    ComponentPaths(JdbcClient database, Products products, Roles roles, Ledger ledger, InstantSource time) {
        this.database = database;
        this.products = products;
        this.roles = roles;
        this.ledger = ledger;
        this.time = time;
    }

    List<Rule> of(String product) {
        return database.sql("""
                        select component, pattern from quality.component_path
                         where product = :product order by component, pattern
                        """)
                .param("product", product)
                .query((row, number) -> new Rule(row.getString("component"), row.getString("pattern")))
                .list();
    }

    PathRules rules(String product) {
        return new PathRules(of(product));
    }

    boolean mayChange(String product, Actor actor) {
        return roles.may(actor.on(product), Right.COMPONENTS);
    }

    /// Says anew which paths belong to a component. Reports that come from now on are counted by it.
    ///
    /// @param called its name, or one it had
    /// @param lines one pattern a line
    /// @throws Problem 400 for what is no path, 403 for who may not, 404 without the component
    @Transactional
    public void say(String product, String called, String lines, Actor actor) {
        if (!mayChange(product, actor)) {
            throw Problem.forbidden("role", "Paths of components are said by " + roles.titles(Right.COMPONENTS) + ".");
        }
        var component = products.components(product).stream()
                .filter(it -> it.answersTo(called))
                .map(Products.ProductComponent::name)
                .findFirst()
                .orElseThrow(() -> Problem.notFound("This component"));
        var patterns = lines.lines()
                .filter(line -> !line.isBlank())
                .map(PathRules::checked)
                .distinct()
                .toList();
        if (patterns.size() > MOST) {
            throw Problem.badInput("patterns", "too_many", "has more than " + MOST + " lines. Name folders instead.");
        }
        database.sql("delete from quality.component_path where product = :product and component = :component")
                .param("product", product)
                .param("component", component)
                .update();
        database.sql("""
                        insert into quality.component_path (product, component, pattern)
                        select :product, :component, pattern from unnest(:patterns::text[]) pattern
                        """)
                .param("product", product)
                .param("component", component)
                .param("patterns", patterns.toArray(String[]::new))
                .update();
        ledger.append(new NewEvent(
                time.instant().truncatedTo(ChronoUnit.MILLIS),
                actor.id(),
                actor.via(),
                "component.paths",
                "product:" + product,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("patterns", patterns),
                Map.of("component", component)));
    }

    /// By component, one a line.
    Map<String, String> written(String product) {
        return of(product).stream()
                .collect(Collectors.groupingBy(
                        Rule::component, Collectors.mapping(Rule::pattern, Collectors.joining("\n"))));
    }
}
