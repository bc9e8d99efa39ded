package dev.conduct.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Ledger;
import dev.conduct.shell.StationTime;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Item;
import dev.conduct.work.ItemPanel;
import dev.conduct.work.ItemPast;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import tools.jackson.databind.json.JsonMapper;

/// What programs and people are shown of a bug's clocks.
@ConductTest
class ClocksApiTest {

    private static final Actor PAULA = new Actor(
            "person:00000000-0000-7000-8000-00000000c20c", "Paula", Set.of("project_manager", "support"), "api");

    private final Items items;
    private final Products products;
    private final ClockController controller;
    private final List<ItemPanel> panels;
    private final Ledger ledger;
    private final JsonMapper json;
    private final MockMvc mvc;
    private final TestClock time;
    private final StationTime stationTime;

    ClocksApiTest(
            Items items,
            Products products,
            ClockController controller,
            List<ItemPanel> panels,
            Ledger ledger,
            JsonMapper json,
            MockMvc mvc,
            TestClock time,
            StationTime stationTime) {
        this.items = items;
        this.products = products;
        this.controller = controller;
        this.panels = panels;
        this.ledger = ledger;
        this.json = json;
        this.mvc = mvc;
        this.time = time;
        this.stationTime = stationTime;
    }

    @Test
    void an_answer_has_the_members_of_the_contract() {
        var bug = report();
        time.advance(Duration.ofMinutes(90));

        var answer = json.readTree(json.writeValueAsString(controller.clocks(bug.key(), PAULA)));
        var fix = answer.valueStream()
                .filter(clock -> clock.get("name").asString().equals("fix"))
                .findFirst()
                .orElseThrow();

        assertThat(fix.propertyNames())
                .contains("name", "clause", "due_at", "state", "elapsed", "segments", "title", "soft_due_at", "target");
        assertThat(fix.get("elapsed").asLong()).isEqualTo(5_400);
        assertThat(fix.get("state").asString()).isEqualTo("running");
        assertThat(fix.get("target").get("hard").asLong())
                .isEqualTo(Duration.ofHours(48).toSeconds());
        assertThat(fix.get("due_at").asString())
                .isEqualTo(bug.createdAt().plus(Duration.ofHours(48)).toString());
        assertThat(fix.get("segments").get(0).propertyNames())
                .containsExactlyInAnyOrder("from", "to", "running", "elapsed", "why");
    }

    @Test
    void nobody_unknown_sees_them() throws Exception {
        var bug = report();

        var status = mvc.perform(MockMvcRequestBuilders.get("/api/v1/items/" + bug.key() + "/clocks"))
                .andReturn()
                .getResponse()
                .getStatus();

        assertThat(status).isEqualTo(401);
    }

    @Test
    void the_page_of_an_item_has_a_panel_of_clocks() {
        var bug = report();
        var panel =
                panels.stream().filter(ClockPanel.class::isInstance).findFirst().orElseThrow();
        var page = new StringOutput();

        Objects.requireNonNull(panel.of(pastOf(bug), PAULA)).writeTo(page);

        assertThat(page.toString())
                .contains(
                        "Fix, severity high",
                        "11 §2.3",
                        "48 h from " + stationTime.words().moment(time.instant()))
                .contains("started: created, target 24 h, at most 48 h");
    }

    private ItemPast pastOf(Item item) {
        var events = ledger.eventsOf("item:" + item.key());
        return new ItemPast(items.standing(item), events, true, events);
    }

    private Item report() {
        if (products.find("SHOWN").isEmpty()) {
            products.create("SHOWN", "Shown", PAULA);
        }
        return items.report(
                new Items.Report(
                        "bug",
                        "SHOWN",
                        "The clock is hidden",
                        "It should show.",
                        Map.of("severity", "high", "steps", "1. Look", "expected", "A clock", "actual", "None"),
                        null,
                        null),
                PAULA);
    }
}
