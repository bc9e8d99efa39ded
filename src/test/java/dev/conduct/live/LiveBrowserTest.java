package dev.conduct.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.SecondNode;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;

/// Somebody's page at one node follows what others do at another: at once, without a gap, never under what is typed,
/// and no longer than the session.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveBrowserTest {

    private static final Actor TOM = new Actor("system:tom", "tom", Set.of("developer"), "page");
    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "page");

    private final ConfigurableApplicationContext context;
    private final Items items;
    private final Products products;
    private final Accounts accounts;
    private final People people;
    private final TestClock clock;
    private final String address;
    private SecondNode second;
    private Visitor mira;
    private Visitor carla;
    private String miraId;
    private String carlaId;

    @SuppressWarnings("NullAway.Init")
    LiveBrowserTest(
            ConfigurableApplicationContext context,
            Items items,
            Products products,
            Accounts accounts,
            People people,
            TestClock clock,
            @LocalServerPort int port) {
        this.context = context;
        this.items = items;
        this.products = products;
        this.accounts = accounts;
        this.people = people;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @BeforeAll
    void signIn() {
        products.create("LIVE", "Live", ADMINISTRATOR);
        second = SecondNode.beside(context, Map.of());
        miraId = accounts.add("Mira Live", "mira@live.example", Set.of("developer"), ADMINISTRATOR)
                .id();
        carlaId = accounts.add("Carla Live", "carla@live.example", Set.of("customer"), ADMINISTRATOR)
                .id();
        mira = visitor("Mira Live", "mira@live.example", miraId);
        carla = visitor("Carla Live", "carla@live.example", carlaId);
    }

    private Visitor visitor(String name, String email, String id) {
        return new Visitor(Chromium.shared().browser(), "http://localhost:" + second.port(), clock, name, email)
                .accept("/invitation?token=" + accounts.invite(id, ADMINISTRATOR));
    }

    @AfterAll
    void leave() {
        mira.close();
        carla.close();
        second.close();
    }

    private String reported(Actor by) {
        return items.report(
                        new Items.Report("bug", "LIVE", "It fails", "As told.", Map.of("severity", "high"), null, null),
                        by)
                .key();
    }

    private Streams streams() {
        return second.bean(Streams.class);
    }

    private Page open(Visitor visitor, String path) {
        visitor.go(path);
        until(() -> streams().open() > 0);
        visitor.page().evaluate("window.sameLoad = true");
        return visitor.page();
    }

    private static void until(BooleanSupplier condition) {
        for (var end = System.nanoTime() + 20_000_000_000L; !condition.getAsBoolean(); Thread.onSpinWait()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(end);
        }
    }

    @Test
    void what_somebody_says_at_another_node_appears_and_what_is_being_typed_stays() {
        var key = reported(TOM);
        var page = open(mira, "/items/" + key);

        items.comment(key, "Seen from the first node", null, TOM);
        assertThat(page.locator("main")).containsText("Seen from the first node");
        page.locator("main textarea").first().fill("Half a thought");
        items.comment(key, "While she writes", null, TOM);

        assertThat(page.locator("[data-news]").first()).containsText("changed this while you write");
        assertThat(page.locator("main textarea").first()).hasValue("Half a thought");
        assertThat(page.evaluate("window.sameLoad")).isEqualTo(true);
        assertThat(mira.complaints()).isEmpty();
    }

    @Test
    void a_list_follows_and_a_page_that_was_away_misses_nothing() {
        var page = open(mira, "/lines/bug?q=product:LIVE");
        var first = reported(TOM);
        assertThat(page.locator("main")).containsText(first);

        page.context().setOffline(true);
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
        var missed = reported(TOM);
        page.context().setOffline(false);

        assertThat(page.locator("main"))
                .containsText(
                        missed,
                        new com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions()
                                .setTimeout(20_000));
        assertThat(page.evaluate("window.sameLoad")).isEqualTo(true);
    }

    /// Abuse case 10.
    @Test
    void abuse_10_a_stream_tells_nobody_of_what_they_may_not_see() {
        var others = reported(TOM);
        var own = reported(people.actor(carlaId, "page"));
        var page = open(carla, "/");
        page.evaluate("""
                topics => {
                    window.heard = [];
                    const source = new EventSource('/live?' + topics.map(one => 'topic=' + one).join('&'));
                    for (const kind of ['item', 'list']) source.addEventListener(kind, event => heard.push(event.data));
                    return new Promise(open => source.addEventListener('open', open));
                }
                """, java.util.List.of("item:" + others, "item:" + own, "type:bug"));

        items.comment(others, "Not for her", null, TOM);
        items.comment(own, "Said among ourselves", null, TOM);
        items.edit(new Items.Edit(own, "It still fails", null, Map.of(), null, null, null), TOM);
        // Her own report may be sealed only after the stream began, and is then told too.
        until(() -> Boolean.TRUE.equals(
                page.evaluate("heard.some(one => one.includes('item.edit')) && heard.lastIndexOf('\"bug\"') > 0")));

        @SuppressWarnings("unchecked")
        var heard = (java.util.List<String>) page.evaluate("heard");
        assertThat(heard).noneMatch(one -> one.contains(others)).noneMatch(one -> one.contains("comment"));
        assertThat(heard)
                .filteredOn(one -> one.contains("item.edit"))
                .singleElement()
                .asString()
                .contains(own)
                .doesNotContain("tom");
        assertThat(heard).filteredOn(one -> !one.contains(own)).containsOnly("\"bug\"");
    }

    @Test
    void a_stream_ends_with_its_session_and_does_not_come_back() {
        var id = accounts.add("Ruth Live", "ruth@live.example", Set.of("developer"), ADMINISTRATOR)
                .id();
        var ruth = visitor("Ruth Live", "ruth@live.example", id);
        open(ruth, "/");
        until(() -> streams().all().stream().anyMatch(stream -> stream.reader().equals(id)));

        accounts.deactivate(id, ADMINISTRATOR);

        until(() -> streams().all().stream().noneMatch(stream -> stream.reader().equals(id)));
        ruth.close();
    }
}
