package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.work.RecordPage.SignalRow;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ConductTest
class RecordDeskTest {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Items items;
    private final Products products;
    private final RecordDesk desk;
    private final Actor salma = actor("support");
    private final Actor anouk = actor("project_manager");
    private final Actor dario = actor("developer");
    private String product = "";

    RecordDeskTest(Items items, Products products, RecordDesk desk) {
        this.items = items;
        this.products = products;
        this.desk = desk;
    }

    @BeforeEach
    void a_product() {
        product = "DESK" + NUMBER.incrementAndGet();
        products.create(product, "Desk", actor("administrator"));
        products.createComponent(
                new Products.ProductComponent(product, "doc-render", true, List.of()), actor("administrator"));
    }

    @Test
    void a_new_bug_stands_at_the_first_station_and_shows_what_the_next_one_asks() {
        var page = desk.page(reported(), Map.of(), salma);

        assertThat(page.stations().getFirst().standing()).isEqualTo("here");
        assertThat(page.stations().get(1).note()).isEqualTo("next");
        assertThat(signals(page)).extracting(SignalRow::tone).contains("stop");
        assertThat(signals(page))
                .filteredOn(row -> row.title().contains("component"))
                .singleElement()
                .satisfies(row -> assertThat(row.lacks()).isEqualTo("Missing"));
    }

    @Test
    void only_the_first_signal_one_can_supply_is_the_primary_one() {
        var page = desk.page(reported(), Map.of(), salma);

        assertThat(signals(page).stream().filter(SignalRow::first)).hasSize(1);
        assertThat(signals(page).stream()
                        .filter(SignalRow::first)
                        .findFirst()
                        .orElseThrow()
                        .supply())
                .isNotNull();
    }

    @Test
    void what_the_form_of_a_move_asks_does_not_hold_its_button() {
        var key = reported();

        var mine =
                Objects.requireNonNull(desk.page(key, Map.of(), salma).moves().next());
        var theirs =
                Objects.requireNonNull(desk.page(key, Map.of(), dario).moves().next());

        assertThat(mine.held()).isZero();
        assertThat(mine.asks()).isTrue();
        assertThat(theirs.held()).isPositive();
    }

    @Test
    void a_refused_move_shows_the_reasons_and_keeps_every_answer() {
        var key = reported();
        var entered = Map.of("transition", "log", "kind", "functional", "comment", "Seen by two customers");
        var refused = catchThrowableOfType(
                Problem.class,
                () -> items.move(
                        new Items.Move(key, "log", Map.of("kind", "functional"), null, null, null, null), salma));

        var page = desk.refused(key, Map.of("move", "log"), entered, refused, salma);

        var form = Objects.requireNonNull(page.form());
        assertThat(page.status().value()).isEqualTo(409);
        assertThat(form.problem()).contains("held");
        assertThat(form.inputs())
                .filteredOn(input -> input.name().equals("comment"))
                .singleElement()
                .satisfies(input -> assertThat(input.value()).isEqualTo("Seen by two customers"));
        assertThat(page.title()).startsWith("Error:");
    }

    @Test
    void the_stream_tells_what_was_refused_too() {
        var key = reported();
        var refused = catchThrowableOfType(
                Problem.class, () -> items.move(new Items.Move(key, "log", Map.of(), null, null, null, null), salma));
        assertThat(refused.code()).isEqualTo("gate_closed");

        var stream = desk.page(key, Map.of(), salma).stream().days().getFirst().entries();

        assertThat(stream.getFirst().html()).contains("tried", "was held");
        assertThat(stream.getLast().html()).contains("reported it");
    }

    @Test
    void a_rejected_bug_ends_its_line_where_it_left() {
        var key = reported();
        items.move(new Items.Move(key, "reject", Map.of("reason", "rejected"), null, null, null, null), anouk);

        var page = desk.page(key, Map.of(), anouk);

        assertThat(page.stations()).extracting(RecordPage.Station::title).containsExactly("Reported", "Rejected");
        assertThat(page.here()).isEqualTo(2);
        assertThat(page.moves().next()).isNull();
    }

    @Test
    void a_form_is_a_part_of_the_address() {
        var key = reported();

        assertThat(desk.page(key, Map.of(), dario).form()).isNull();
        for (var query : List.of(
                Map.of("edit", ""),
                Map.of("edit", "root_cause"),
                Map.of("evidence", "local_test"),
                Map.of("assign", ""),
                Map.of("link", ""),
                Map.of("move", "log"))) {
            var form = desk.page(key, query, dario).form();

            assertThat(form).as(query.toString()).isNotNull();
            assertThat(Objects.requireNonNull(form).inputs())
                    .as(query.toString())
                    .isNotEmpty();
        }
    }

    private String reported() {
        return items.report(
                        new Items.Report(
                                "bug",
                                product,
                                "Totals differ",
                                "",
                                Map.of("severity", "high", "steps", "1. Open it"),
                                null,
                                null),
                        salma)
                .key();
    }

    private static List<SignalRow> signals(RecordPage page) {
        return Objects.requireNonNull(page.signals()).rows();
    }

    private static Actor actor(String role) {
        return new Actor("person:" + UUID.randomUUID(), role, Set.of(role), "page");
    }
}
