package dev.conduct.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.support.ConductTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@ConductTest
class LedgerTest {

    private final Ledger ledger;
    private final TransactionTemplate transaction;
    private final JdbcClient jdbc;
    private final String object = "sample:T-" + UUID.randomUUID();

    LedgerTest(Ledger ledger, TransactionTemplate transaction, JdbcClient jdbc) {
        this.ledger = ledger;
        this.transaction = transaction;
        this.jdbc = jdbc;
    }

    @Test
    void what_is_recorded_reads_back_the_same() {
        var reported = event(1, Map.of("severity", "high", "count", 3, "tags", List.of("a", "b")));

        var recorded = transaction.execute(t -> ledger.append(reported));

        var read = ledger.eventsOf(object).getFirst();
        assertThat(read).usingRecursiveComparison().ignoringFields("entry").isEqualTo(recorded);
        assertThat(recorded.entry()).isNull();
        assertThat(read.content()).containsEntry("title", "Söme »title« 1");
        assertThat(read.data()).containsEntry("count", 3L);
    }

    @Test
    void many_are_recorded_in_the_order_given() {
        var events = IntStream.rangeClosed(1, 2_500)
                .mapToObj(version -> event(version, Map.of("n", version)))
                .toList();

        transaction.executeWithoutResult(t -> ledger.appendAll(events));

        assertThat(ledger.eventsOf(object))
                .extracting(Event::objectVersion)
                .isEqualTo(events.stream().map(NewEvent::objectVersion).toList());
    }

    @Test
    void nothing_is_recorded_outside_a_transaction() {
        assertThatThrownBy(() -> ledger.append(event(1, Map.of())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    @Test
    void a_rolled_back_act_leaves_no_event_but_its_refusal_stands() {
        transaction.executeWithoutResult(t -> {
            ledger.append(event(1, Map.of()));
            ledger.appendAlone(event(2, Map.of("why", "refused")));
            t.setRollbackOnly();
        });

        assertThat(ledger.eventsOf(object)).extracting(Event::objectVersion).containsExactly(2L);
    }

    @Test
    void replay_streams_the_events_of_a_kind_in_order() {
        transaction.executeWithoutResult(
                t -> ledger.appendAll(List.of(event(1, Map.of()), event(2, Map.of()), event(3, Map.of()))));

        var replayed = new ArrayList<Event>();
        ledger.replay(object, replayed::add);

        assertThat(replayed).usingRecursiveComparison().ignoringFields("entry").isEqualTo(ledger.eventsOf(object));
        assertThat(replayed).hasSize(3);
    }

    @Test
    void a_float_has_no_place_in_an_entry() {
        assertThatThrownBy(() -> ledger.appendAlone(event(1, Map.of("ratio", 0.5))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ratio");
        assertThat(ledger.eventsOf(object)).isEmpty();
    }

    @Test
    void the_server_can_neither_change_nor_remove_what_is_recorded() {
        var row = ledger.appendAlone(event(1, Map.of())).row();

        for (var statement : List.of(
                "update ledger.event set actor = 'person:other' where row = " + row,
                "delete from ledger.event where row = " + row,
                "truncate ledger.event cascade",
                "delete from ledger.content where event = " + row,
                "update ledger.content set value = 'x' where event = " + row,
                "update ledger.leaf set hash = hash",
                "delete from ledger.checkpoint",
                "update ledger.tile set index = 0",
                "insert into ledger.erasure (event, field, erased_by) values (" + row + ", 'title', " + row + ")",
                "delete from ledger.tree",
                "alter table ledger.event disable trigger all")) {
            assertThatThrownBy(() -> jdbc.sql(statement).update())
                    .as(statement)
                    .isInstanceOf(DataAccessException.class)
                    .rootCause()
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    @Test
    void a_value_is_erased_only_by_an_event_that_says_so() {
        var row = ledger.appendAlone(event(1, Map.of())).row();
        var erase = "select ledger.erase_content(?, 'title', ?)";

        assertThatThrownBy(() -> jdbc.sql(erase).params(row, row).query().listOfRows())
                .rootCause()
                .hasMessageContaining("does not record an erasure");
        var erasure = ledger.appendAlone(new NewEvent(
                Instant.parse("2026-11-23T10:00:00Z"),
                "person:" + UUID.randomUUID(),
                "page",
                "content.erase",
                object,
                1,
                Outcome.SUCCESS,
                null,
                null,
                Map.of("field", "title"),
                Map.of()));
        jdbc.sql(erase).params(row, erasure.row()).query().listOfRows();

        assertThat(ledger.eventsOf(object).getFirst().content()).isEmpty();
        assertThat(ledger.eventsOf(object).getFirst().data()).isNotNull();
    }

    private NewEvent event(long version, Map<String, Object> data) {
        return new NewEvent(
                Instant.parse("2026-11-23T08:00:00.123456Z"),
                "person:0193aaaa-0000-7000-8000-000000000001",
                "api",
                "sample.report",
                object,
                version,
                Outcome.SUCCESS,
                "BUG-1",
                "2026.11",
                data,
                Map.of("title", "Söme »title« " + version));
    }
}
