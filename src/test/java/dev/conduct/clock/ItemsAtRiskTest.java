package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

@ConductTest
class ItemsAtRiskTest {

    private final ItemsAtRisk atRisk;
    private final JdbcClient database;

    ItemsAtRiskTest(ItemsAtRisk atRisk, JdbcClient database) {
        this.atRisk = atRisk;
        this.database = database;
    }

    @BeforeEach
    @AfterEach
    void clear() {
        database.sql("delete from clock.clock where item like 'RISK-%'").update();
        database.sql("delete from work.item where product = 'RISK'").update();
        database.sql("delete from work.product where key = 'RISK'").update();
    }

    @Test
    void an_item_is_at_risk_while_one_of_its_clocks_is_and_none_ran_out() {
        clock("RISK-1", "triage", "met");
        clock("RISK-1", "fix", "at_risk");
        clock("RISK-2", "triage", "overrun");
        clock("RISK-2", "fix", "at_risk");
        clock("RISK-3", "fix", "running");
        clock("RISK-4", "triage", "at_risk");
        clock("RISK-4", "fix", "at_risk");

        assertThat(atRisk.among(List.of("RISK-1", "RISK-2", "RISK-3", "RISK-5")))
                .containsExactly("RISK-1");
        assertThat(atRisk.among(List.of())).isEmpty();
        recorded("RISK-1", "RISK-4");
        assertThat(atRisk.count("risky", "true", Map.of())).isEqualTo(2);
        assertThat(atRisk.count("calm", "true", Map.of())).isZero();
    }

    /// What counts is joined to the items that one may see.
    private void recorded(String... keys) {
        database.sql("""
                        insert into work.product (key, name, created_at) values ('RISK', 'At risk', now())
                        on conflict do nothing
                        """).update();
        for (var key : keys) {
            database.sql("""
                            insert into work.item (key, product, number, type, title, description, state, open, fields,
                                                   urgency, reporter, created_at, updated_at, procedure_version, version)
                            values (:key, 'RISK', split_part(:key, '-', 2)::bigint, 'risky', 't', '', 's', true, '{}',
                                    99, 'system:test', now(), now(), 'p', 1)
                            """).param("key", key).update();
        }
    }

    private void clock(String item, String name, String state) {
        database.sql("""
                        insert into clock.clock (item, name, round, type, procedure, target, state, started_at)
                        values (:item, :name, 1, 'risky', 'p', 'high', :state, timestamptz '2001-05-01 12:00:00Z')
                        """)
                .param("item", item)
                .param("name", name)
                .param("state", state)
                .update();
    }
}
