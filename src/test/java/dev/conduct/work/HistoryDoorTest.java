package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.work.HistoricResult.Outcome;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ConductTest
class HistoryDoorTest {

    private static final Instant THEN = Instant.parse("2019-03-04T10:00:00Z");

    private final Items items;
    private final Products products;
    private final People people;
    private final Ledger ledger;
    private final ItemLists lists;
    private final Cast cast;

    HistoryDoorTest(Items items, Products products, People people, Ledger ledger, ItemLists lists) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.ledger = ledger;
        this.lists = lists;
        this.cast = new Cast(items, products, people);
    }

    @Test
    void history_keeps_its_times_authors_states_and_words() {
        var result = brought(told(
                "1",
                new HistoricAct.StateChange("s1", THEN.plusSeconds(60), cast.sam.id(), "logged", "Open", Map.of()),
                new HistoricAct.Comment("c1", THEN.plusSeconds(90), cast.tom.id(), "Mammoths did this"),
                new HistoricAct.Assignment("a1", THEN.plusSeconds(95), cast.lea.id(), cast.tom.id()),
                new HistoricAct.StateChange("s2", THEN.plusSeconds(120), cast.sam.id(), "closed", "Done", Map.of())));

        assertThat(result.outcome()).isEqualTo(Outcome.IMPORTED);
        var item = items.findVisible(String.valueOf(result.key()), cast.sam);
        assertThat(item.state()).isEqualTo("closed");
        assertThat(item.createdAt()).isEqualTo(THEN);
        assertThat(item.updatedAt()).isEqualTo(THEN.plusSeconds(120));
        assertThat(item.reporter()).isEqualTo(cast.carla.id());
        assertThat(item.assignee()).isEqualTo(cast.tom.id());
        assertThat(lists.page("product:" + cast.product + " mammoth", null, null, cast.sam)
                        .items())
                .hasSize(1);
        var events = ledger.eventsOf("item:" + result.key());
        assertThat(events).hasSize(5).allSatisfy(event -> {
            assertThat(event.via()).isEqualTo("import");
            assertThat(event.data()).containsEntry("imported_by", cast.ana.id());
        });
        assertThat(events.getLast().actor()).isEqualTo(cast.sam.id());
        assertThat(events.getLast().data()).containsEntry("source_state", "Done");
    }

    @Test
    void what_the_procedure_would_have_held_is_recorded_and_not_refused() {
        var result = brought(told(
                "2", new HistoricAct.StateChange("s1", THEN.plusSeconds(60), cast.sam.id(), "logged", null, Map.of())));

        assertThat(result.deviations()).isEqualTo(4);
        assertThat(String.valueOf(
                        ledger.eventsOf("item:" + result.key()).getLast().data().get("deviations")))
                .contains("kind_given", "component_given", "expected_given", "actual_given");
    }

    @Test
    void importing_again_adds_only_what_is_new() {
        var first = new HistoricAct.Comment("c1", THEN.plusSeconds(1), cast.tom.id(), "One");
        var second = new HistoricAct.Comment("c2", THEN.plusSeconds(2), cast.tom.id(), "Two");
        var imported = brought(told("3", first));

        var again = brought(told("3", first));
        var more = brought(told("3", first, second));

        assertThat(again.outcome()).isEqualTo(Outcome.MERGED);
        assertThat(again.events()).isZero();
        assertThat(more.events()).isEqualTo(1);
        assertThat(more.key()).isEqualTo(imported.key());
        assertThat(ledger.eventsOf("item:" + imported.key())).hasSize(3);
    }

    @Test
    void what_is_worked_on_here_is_moved_and_changed_by_no_import() {
        var imported = brought(told("30"));
        var bug = items.findVisible(String.valueOf(imported.key()), cast.sam);
        cast.move(
                bug, "log", cast.sam, "kind", "functional", "component", "editor", "expected", "All", "actual", "Less");

        var again = brought(told(
                "30",
                new HistoricAct.StateChange("s9", THEN.plusSeconds(9), cast.quinn.id(), "closed", "Done", Map.of()),
                new HistoricAct.FieldChange(
                        "f9",
                        THEN.plusSeconds(9),
                        cast.quinn.id(),
                        "Renamed",
                        null,
                        Map.of("severity", "high"),
                        List.of()),
                new HistoricAct.Assignment("a9", THEN.plusSeconds(9), cast.quinn.id(), cast.tom.id()),
                new HistoricAct.Comment("c9", THEN.plusSeconds(9), cast.quinn.id(), "Still there")));

        assertThat(again.outcome()).isEqualTo(Outcome.MERGED);
        assertThat(again.events()).isEqualTo(1);
        assertThat(again.leftOut()).isEqualTo(3);
        var here = items.findVisible(bug.key(), cast.sam);
        assertThat(here.state()).isEqualTo("logged");
        assertThat(here.assignee()).isNull();
        assertThat(here.title()).isEqualTo(bug.title());
        assertThat(here.fields()).containsEntry("severity", "low");
    }

    @Test
    void a_comment_here_does_not_keep_an_import_from_going_on() {
        var imported = brought(told("31"));
        items.comment(String.valueOf(imported.key()), "We know it", null, cast.sam);

        var again = brought(told(
                "31", new HistoricAct.StateChange("s1", THEN.plusSeconds(9), cast.sam.id(), "logged", null, Map.of())));

        assertThat(again.leftOut()).isZero();
        assertThat(items.findVisible(String.valueOf(imported.key()), cast.sam).state())
                .isEqualTo("logged");
    }

    @Test
    void an_id_that_is_known_from_another_product_is_refused() {
        var imported = brought(told("32"));
        var told = told("32", new HistoricAct.Comment("c", THEN, cast.tom.id(), "Of another list"));
        var other = new Cast(items, products, people).product;

        var refused = brought(new HistoricItem(
                told.externalSystem(),
                told.externalId(),
                other,
                told.type(),
                told.title(),
                told.description(),
                told.fields(),
                told.assignee(),
                told.reporter(),
                told.createdAt(),
                told.state(),
                told.sourceState(),
                told.acts()));

        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.reason()).contains(String.valueOf(imported.key())).contains("`source`");
        assertThat(ledger.eventsOf("item:" + imported.key())).hasSize(1);
    }

    @Test
    void links_find_each_other_whatever_the_order() {
        var results = items.history(
                List.of(
                        told("4", new HistoricAct.Link("l1", THEN, cast.tom.id(), "duplicates", "5")),
                        told("5", new HistoricAct.Link("l2", THEN, cast.tom.id(), "blocks", "never seen"))),
                cast.importer());

        assertThat(items.caseOf(String.valueOf(results.getFirst().key())).links())
                .singleElement()
                .satisfies(link ->
                        assertThat(link.other()).isEqualTo(results.getLast().key()));
        assertThat(results.getLast().unresolvedLinks()).containsExactly("never seen");
    }

    @Test
    void one_that_cannot_be_recorded_is_refused_with_its_reason_and_the_others_come_in() {
        var results = items.history(
                List.of(
                        told("6", new HistoricAct.StateChange("s", THEN, cast.tom.id(), "don", null, Map.of())),
                        told("7")),
                cast.importer());

        assertThat(results.getFirst().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(results.getFirst().reason()).contains("\"don\" is no state");
        assertThat(results.getLast().outcome()).isEqualTo(Outcome.IMPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"page", "api", "scheduler", "cli"})
    void history_comes_in_by_an_import_only(String via) {
        var actor = new Actor(cast.ana.id(), "Ana", cast.ana.roles(), via);

        assertThatThrownBy(() -> items.history(List.of(told("8")), actor)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> items.report(
                        new Items.Report("bug", cast.product, "Dated", "", Map.of("severity", "low"), null, THEN),
                        new Actor(cast.ana.id(), "Ana", cast.ana.roles(), "page")))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("occurred_at");
    }

    private HistoricResult brought(HistoricItem item) {
        return items.history(List.of(item), cast.importer()).getFirst();
    }

    private HistoricItem told(String id, HistoricAct... acts) {
        return new HistoricItem(
                "tracker " + cast.product,
                id,
                cast.product,
                "bug",
                "Old bug " + id,
                "As it was",
                Map.of("severity", "low"),
                null,
                cast.carla.id(),
                THEN,
                null,
                null,
                List.of(acts));
    }
}
