package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.clock.ClockRows.Which;
import dev.conduct.support.ConductTest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest
class ClockRowsTest {

    private static final Instant NOON = Instant.parse("2001-05-01T12:00:00Z");

    private final ClockRows rows;
    private final JdbcClient database;
    private final TransactionTemplate transaction;

    ClockRowsTest(ClockRows rows, JdbcClient database, PlatformTransactionManager transactions) {
        this.rows = rows;
        this.database = database;
        this.transaction = new TransactionTemplate(transactions);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    @BeforeEach
    @AfterEach
    void clear() {
        database.sql("delete from clock.clock where item like 'ROWS-%'").update();
    }

    @Test
    void among_a_hundred_thousand_clocks_the_next_is_found_by_the_index() {
        transaction.executeWithoutResult(status -> {
            database.sql("set local statement_timeout = '60s'").update();
            database.sql("""
                            insert into clock.clock (item, name, round, type, procedure, target, state, started_at, next_moment)
                            select 'ROWS-' || n, 'fix', 1, 'bug', 'p', 'high', case when n % 10 = 0 then 'running' else 'met' end,
                                   :now, case when n % 10 = 0 then :now + n * interval '1 second' end
                              from generate_series(1, 100000) as n
                            """).param("now", NOON.atOffset(ZoneOffset.UTC)).update();
        });

        var plan = database
                .sql("explain " + ClockRows.NEXT_DUE)
                .param("now", NOON.plusSeconds(3600).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.joining("\n"));

        assertThat(plan).contains("Index Scan using clock_next_moment").doesNotContain("Seq Scan", "Sort");
    }

    @Test
    void a_clock_that_somebody_holds_is_passed_over() {
        insert("ROWS-1", NOON);
        insert("ROWS-2", NOON.plusSeconds(1));

        var taken = transaction.execute(one -> {
            var first = rows.takeDue(NOON.plusSeconds(5)).map(Which::item).orElse("");
            var second = transaction.execute(
                    two -> rows.takeDue(NOON.plusSeconds(5)).map(Which::item).orElse(""));
            return List.of(first, String.valueOf(second));
        });

        assertThat(taken).containsExactly("ROWS-1", "ROWS-2");
    }

    @Test
    void what_is_not_due_yet_is_left_alone() {
        insert("ROWS-1", NOON);

        assertThat(rows.takeDue(NOON.minusMillis(1))).isEmpty();
        assertThat(rows.nextMoment()).contains(NOON);
    }

    private void insert(String item, Instant next) {
        database.sql("""
                        insert into clock.clock (item, name, round, type, procedure, target, state, started_at, next_moment)
                        values (:item, 'fix', 1, 'bug', 'p', 'high', 'running', :next, :next)
                        """)
                .param("item", item)
                .param("next", next.atOffset(ZoneOffset.UTC))
                .update();
    }
}
