package dev.conduct.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import dev.conduct.procedure.Procedures;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What gates that only observe would have stopped, as far as the reader may see it.
@ConductTest
class ObservedRowsTest {

    private static final Actor ANA = new Actor("system:observed", "Ana", Set.of("administrator"), "api");

    private final ObservedRows rows;
    private final Procedures procedures;
    private final Items items;
    private final Products products;
    private final JdbcClient database;
    private final TestClock clock;

    ObservedRowsTest(
            ObservedRows rows,
            Procedures procedures,
            Items items,
            Products products,
            JdbcClient database,
            TestClock clock) {
        this.rows = rows;
        this.procedures = procedures;
        this.items = items;
        this.products = products;
        this.database = database;
        this.clock = clock;
    }

    @Test
    void steps_and_records_are_counted_of_those_that_the_reader_may_see() {
        var control = RuleControl.all(procedures.at(clock.instant())).stream()
                .filter(one -> one.mode().equals("observe"))
                .findFirst()
                .orElseThrow();
        products.create("OBSA", "Seen", ANA);
        products.create("OBSB", "Hidden", ANA);
        products.show("OBSB", true, ANA);
        var seen = bug("OBSA");
        deviate(-1, control, seen);
        deviate(-2, control, seen);
        deviate(-3, control, bug("OBSA"));
        deviate(-4, control, bug("OBSB"));

        var found = observed(control, Set.of("OBSA"));
        var both = observed(control, Set.of("OBSA", "OBSB"));

        assertThat(found.newest()).noneMatch(one -> one.item().startsWith("OBSB"));
        assertThat(found.newest())
                .filteredOn(one -> one.item().startsWith("OBSA"))
                .hasSize(3);
        assertThat(both.steps()).isEqualTo(found.steps() + 1);
        assertThat(both.records()).isEqualTo(found.records() + 1);
        assertThat(found.steps() - found.records()).isPositive();
    }

    private ObservedRows.Observed observed(RuleControl control, Set<String> products) {
        var since = clock.instant().minus(Duration.ofDays(1));
        return Objects.requireNonNull(
                rows.since(since, List.of(control), 500, of(products)).get(control.name()));
    }

    private String bug(String product) {
        return items.report(
                        new Items.Report("bug", product, "It breaks", "", Map.of("severity", "high"), null, null), ANA)
                .key();
    }

    private void deviate(long entry, RuleControl control, String item) {
        database.sql("""
                        insert into rulebook.deviation (entry, clause, control, item, how, occurred_at)
                        values (:entry, :clause, :control, :item, 'observe', :at)
                        """)
                .param("entry", entry)
                .param("clause", control.clause())
                .param("control", control.name())
                .param("item", item)
                .param("at", Timestamp.from(clock.instant()))
                .update();
    }

    private static Actor of(Set<String> products) {
        return new Actor(
                "person:observer",
                "Olga",
                Set.of(),
                "page",
                null,
                null,
                new Membership(
                        products.stream()
                                .collect(java.util.stream.Collectors.toMap(key -> key, key -> Set.of("developer"))),
                        Set.of(),
                        null,
                        Membership.Reach.PRODUCTS));
    }
}
