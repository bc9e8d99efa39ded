package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What is around every page: the product it is narrowed to, keys, and the end of the session.
@ConductTest
class ShellBrowserTest {

    private static final Actor FOUNDER = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Accounts accounts;
    private final Products products;
    private final Items items;
    private final TestClock clock;
    private final String address;
    private final String one = key();
    private final String other = key();
    private String ours = "";
    private String theirs = "";
    private Visitor mira;

    @SuppressWarnings("NullAway.Init")
    ShellBrowserTest(Accounts accounts, Products products, Items items, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.products = products;
        this.items = items;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @BeforeEach
    void begin() {
        var _ = products.create(one, "Lantern " + one, FOUNDER);
        var _ = products.create(other, "Anchor " + other, FOUNDER);
        ours = report(one);
        theirs = report(other);
        var email = "mira." + one.toLowerCase(Locale.ROOT) + "@brindlemoor.example";
        var person = accounts.add("Mira Solvang", email, Set.of("project_manager", "support"), FOUNDER);
        mira = new Visitor(Chromium.shared().browser(), address, clock, "Mira Solvang", email)
                .accept("/invitation?token=" + accounts.invite(person.id(), FOUNDER));
    }

    @AfterEach
    void leave() {
        mira.close();
    }

    @Test
    void a_chosen_product_narrows_lists_boards_search_and_my_work_until_its_filter_is_taken_out() {
        choose(one);

        assertThat(mira.go("/lines/bug").text()).contains(ours).doesNotContain(theirs);
        mira.page().getByLabel("Remove filter product " + one).click();
        mira.page().waitForURL(url -> !url.contains(one));
        assertThat(mira.page().getByLabel("Remove filter product " + one).count())
                .isZero();
        assertThat(mira.go("/lines/bug/board").text()).contains(ours).doesNotContain(theirs);
        assertThat(mira.go("/find?q=foghorn").text()).contains(ours).doesNotContain(theirs);
        assertThat(mira.go("/find?q=foghorn&product=").text()).contains(ours).contains(theirs);
        assertThat(mira.go("/me").text()).doesNotContain(theirs);
        assertThat(mira.page().getByLabel("Remove filter product " + one).count())
                .isOne();
        assertThat(mira.barriers()).isEmpty();
        assertThat(mira.complaints()).isEmpty();

        mira.go("/products").press("All products");
        assertThat(mira.page().getByLabel("Remove filter product " + one).count())
                .isZero();
    }

    private void choose(String product) {
        var page = mira.go("/lines/bug?q=is:open").page();
        page.locator(".top-end > [data-products]").click();
        page.locator("#products [role=combobox]").fill(product.toLowerCase(Locale.ROOT));
        page.locator("#products [role=option][value=" + product + "][aria-selected=true]")
                .waitFor();
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("product%3A" + product));
        assertThat(page.locator(".top-end > [data-products]").innerText()).contains("Lantern");
    }

    @Test
    void g_and_a_letter_lead_where_the_side_bar_does_and_the_sheet_tells_what_applies_here() {
        var page = mira.go("/me").page();
        page.keyboard().press("g");
        page.keyboard().press("b");
        page.waitForURL(url -> url.contains("/lines/bug"));
        page.keyboard().press("?");

        var sheet = page.locator("#keys").innerText();
        assertThat(sheet).contains("In this list").contains("Bugs").doesNotContain("On this board");
        page.keyboard().press("Escape");

        mira.go("/account/keyboard");
        page.getByLabel("They do nothing").check();
        mira.press("Use the keyboard so").go("/me");
        page.keyboard().press("g");
        page.keyboard().press("b");
        page.keyboard().press("?");
        assertThat(page.locator("#keys").isVisible()).isFalse();
        assertThat(page.url()).endsWith("/me");
        page.keyboard().press("Control+k");
        page.locator("#palette").waitFor();
    }

    @Test
    void before_the_session_ends_a_note_offers_to_stay_and_after_it_what_was_typed_comes_back() {
        var page = mira.page();
        page.clock().install();
        mira.go("/items/" + ours);
        page.locator("main textarea[name=text]").first().fill("The keeper heard it twice.");
        page.clock().fastForward("55:00");
        var note = page.locator("[data-note=staying]");
        note.getByText("Your session ends in").waitFor();
        assertThat(mira.barriers()).isEmpty();
        note.getByText("Stay signed in").click();
        note.waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
                .setState(com.microsoft.playwright.options.WaitForSelectorState.DETACHED));

        page.clock().fastForward("01:01:00");
        page.locator("[data-note=ended]").getByText("Your session has ended").waitFor();
        page.context().clearCookies();
        page.locator("[data-return]").click();
        page.waitForURL(url -> url.contains("/sign-in"));
        mira.signInHere();
        page.waitForURL(url -> url.endsWith("/items/" + ours));
        assertThat(page.locator("main textarea[name=text]").first().inputValue())
                .isEqualTo("The keeper heard it twice.");
        page.getByText("You are signed in again").waitFor();
    }

    private String report(String product) {
        var fields = Map.<String, Object>of(
                "severity", "high", "steps", "Wait for fog", "expected", "A sound", "actual", "Silence");
        return items.report(
                        new Items.Report("bug", product, "The foghorn stays silent", "", fields, null, null), FOUNDER)
                .key();
    }

    private static String key() {
        return "S"
                + UUID.randomUUID().toString().replace("-", "").substring(0, 6).toUpperCase(Locale.ROOT);
    }
}
