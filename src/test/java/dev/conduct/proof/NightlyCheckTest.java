package dev.conduct.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

@ConductTest(properties = "test.alone=NightlyCheckTest")
class NightlyCheckTest {

    private final NightlyCheck nightly;
    private final Ledger ledger;
    private final JdbcTemplate jdbc;
    private final LedgerFixture fixture;

    NightlyCheckTest(NightlyCheck nightly, Ledger ledger, JdbcTemplate jdbc, Environment environment) {
        this.nightly = nightly;
        this.ledger = ledger;
        this.jdbc = jdbc;
        this.fixture = new LedgerFixture(environment);
    }

    @Test
    void a_change_is_found_recorded_and_shown_until_a_check_holds_again() throws Exception {
        ledger.appendAlone(LedgerFixture.event("system:sample", 1));
        LedgerFixture.until(() -> Boolean.TRUE.equals(
                jdbc.queryForObject("select not exists (select from ledger.pending)", Boolean.class)));
        var good = nightly.check();
        assertThat(good.outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(nightly.health().getStatus()).isEqualTo(Status.UP);

        change("api", "page");
        var bad = nightly.check();
        assertThat(bad.outcome()).isEqualTo(Outcome.ERROR);
        assertThat(bad.content().get("says")).contains("says via 'api', but the column beside it says 'page'");
        assertThat(nightly.health().getStatus()).isEqualTo(Status.DOWN);

        change("page", "api");
        assertThat(nightly.check().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(nightly.health().getStatus()).isEqualTo(Status.UP);
    }

    private void change(String from, String to) throws Exception {
        try (var connection = fixture.asOwner();
                var statement = connection.createStatement()) {
            statement.execute("alter table ledger.event disable trigger user");
            statement.execute("update ledger.event set via = '" + to + "' where via = '" + from
                    + "' and object = 'system:sample'");
            statement.execute("alter table ledger.event enable trigger user");
        }
    }
}
