package dev.conduct.rulebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Staff;
import dev.conduct.work.GateClosed;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Counting follows the ledger, and gives the same when it is done again from the first entry.
@ConductTest
class CountUsesTest {

    private final Items items;
    private final Products products;
    private final People people;
    private final CountUses counting;
    private final UseRows rows;
    private final Ledger ledger;
    private final JdbcClient db;
    private final TransactionTemplate transaction;

    CountUsesTest(
            Items items,
            Products products,
            People people,
            CountUses counting,
            UseRows rows,
            Ledger ledger,
            JdbcClient db,
            PlatformTransactionManager transactions) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.counting = counting;
        this.rows = rows;
        this.ledger = ledger;
        this.db = db;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Test
    void what_happened_is_counted_once_and_again_the_same() {
        var sam = as("Sam", "support");
        products.create("USES", "Uses", as("Ana", "administrator"));
        var bug = items.report(
                new Items.Report("bug", "USES", "It hangs", "", Map.of("severity", "high"), null, null), sam);
        assertThatThrownBy(() -> items.move(new Items.Move(bug.key(), "log", Map.of(), null, null, null, null), sam))
                .isInstanceOf(GateClosed.class);
        counted();

        assertThat(rows.deviations("BUG-1", java.time.Instant.EPOCH, 200))
                .anyMatch(it -> it.item().equals(bug.key()) && it.control().equals("bug.report.steps_given"));
        assertThat(Uses.of(rows.since(java.time.LocalDate.EPOCH))
                        .control("bug.log.kind_given")
                        .refused())
                .isPositive();

        var before = everything();
        transaction.executeWithoutResult(status -> rows.forget());
        counted();
        assertThat(everything()).isEqualTo(before);
    }

    /// Everything that was recorded until now is sealed and counted.
    private void counted() {
        var recorded =
                db.sql("select count(*) from ledger.event").query(Long.class).single();
        org.awaitility.Awaitility.await().until(() -> {
            counting.catchUp();
            return rows.counted() >= recorded;
        });
    }

    private List<String> everything() {
        return db.sql("""
                select clause, control, sum(kept + refused + let_pass + overridden + overrun) as used,
                       (select count(*) from rulebook.stay) as stays, (select count(*) from rulebook.deviation) as deviations
                  from rulebook.rule_use
                 group by clause, control
                 order by clause, control
                """)
                .query((row, number) -> row.getString("control") + " of " + row.getString("clause") + ": "
                        + row.getLong("used") + ", " + row.getLong("stays") + ", " + row.getLong("deviations"))
                .list();
    }

    private Actor as(String name, String role) {
        var person = people.known("cast", name, name);
        Staff.hire(people, person.id());
        return new Actor(person.id(), name, Set.of(role), "page");
    }
}
