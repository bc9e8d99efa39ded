package dev.conduct.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Test plans in a real browser: written, run by keyboard, and a defect reported with a screenshot that was pasted.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TestPlanPagesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String PRODUCT = "TPAGES";

    private final Accounts accounts;
    private final Products products;
    private final Catalogue catalogue;
    private final Plans plans;
    private final Cases cases;
    private final TestRuns runs;
    private final TestClock clock;
    private final String address;
    private Visitor quinn;

    @SuppressWarnings("NullAway.Init")
    TestPlanPagesTest(
            Accounts accounts,
            Products products,
            Catalogue catalogue,
            Plans plans,
            Cases cases,
            TestRuns runs,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.products = products;
        this.catalogue = catalogue;
        this.plans = plans;
        this.cases = cases;
        this.runs = runs;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @BeforeAll
    void somebody_who_tests() {
        products.create(PRODUCT, "Tallyport", ADMINISTRATOR);
        var email = "plans-" + UUID.randomUUID() + "@brindlemoor.example";
        var person = accounts.add("Quinn Pages", email, Set.of("qa"), ADMINISTRATOR);
        quinn = new Visitor(Chromium.shared().browser(), address, clock, "Quinn Pages", email)
                .accept("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
    }

    @AfterAll
    void leave() {
        quinn.close();
    }

    private UUID plan(String title) {
        return plans.create(PRODUCT, new Plans.NewPlan(title, "", "staging", true, false), ADMINISTRATOR)
                .id();
    }

    private void write(UUID plan, String title) {
        cases.create(
                plan,
                new CaseText(
                        title,
                        "A cart with one ticket",
                        Step.read("Open the cart => The ticket is shown\nPay => A receipt is shown"),
                        DataSet.read("visa: 4111"),
                        "timeout",
                        "",
                        "",
                        "",
                        null,
                        ""),
                ADMINISTRATOR);
    }

    private TestRun start(UUID plan) {
        return runs.start(plan, new TestRuns.NewRun("", "abcdef1234", "7", "", "Bank: WireMock"), ADMINISTRATOR);
    }

    @Test
    void a_plan_is_written_and_run_by_hand_from_its_page() {
        quinn.go("/testing/" + PRODUCT);
        quinn.fill("Title", "By hand").press("Make the plan");
        quinn.follow("New case");
        quinn.fill("What it shows", "Pays")
                .fill("Steps", "Pay => Paid\nLeave => Left")
                .press("Write the case");
        assertThat(quinn.text()).contains("Pays", "Paid", "version 1");
        quinn.follow("Change it");
        quinn.fill("Steps", "Pay at once => Paid\nLeave => Left").press("Write the case");
        assertThat(quinn.text())
                .contains("version 2", "new in this version", "Pay")
                .contains("Gone since version 1");
        quinn.follow("By hand");
        quinn.fill("Commit", "not one").press("Begin a run");
        assertThat(quinn.text()).contains("7 to 64 hexadecimal digits");
        assertThat(quinn.page().getByLabel("Commit").first().inputValue()).isEqualTo("not one");
        quinn.fill("Commit", "0123abc").press("Begin a run");

        assertThat(quinn.text()).contains("0123abc", "Pay at once", "To be run");
        assertThat(quinn.complaints()).isEmpty();
    }

    @Test
    void a_run_is_gone_through_by_keyboard_and_a_defect_takes_note_and_screenshot_along() {
        var plan = plan("Keys");
        write(plan, "First");
        write(plan, "Second");
        var run = start(plan);
        quinn.go(run.path());
        var page = quinn.page();

        press("p");
        page.locator("[data-steps] tr").nth(1).getByText("Passed").waitFor();
        page.locator("[data-steps] tr.cursor").first().waitFor();
        page.keyboard().press("n");
        page.keyboard().type("No receipt");
        page.keyboard().press("Escape");
        press("f");
        page.locator("[data-steps] tr").nth(2).getByText("Failed").waitFor();
        assertThat(quinn.text()).contains("No receipt");
        page.locator("[data-steps] tr.cursor").first().waitFor();
        page.evaluate("""
                () => {
                    const pixels = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), one => one.charCodeAt(0));
                    const data = new DataTransfer();
                    data.items.add(new File([pixels], 'seen.png', {type: 'image/png'}));
                    document.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
                }
                """);
        page.keyboard().press("d");
        page.locator("[aria-label='Reported of this case'] a").first().waitFor();
        var bug = page.locator("[aria-label='Reported of this case'] a").first().innerText();
        press("Shift+J");
        page.locator("[data-run]").getByText("Second").first().waitFor();
        press("j");
        press("j");
        press("b");
        page.locator("#case header").getByText("Blocked").waitFor();
        quinn.press("End the run");
        assertThat(quinn.text()).contains("has not passed", "1 failed");

        quinn.go("/items/" + bug);
        assertThat(quinn.text()).contains("Case fails: First", "seen.png", "build 7", "Bank: WireMock");
        assertThat(quinn.complaints()).isEmpty();
    }

    /// Keys do something once the script runs, which stands on a step.
    private void press(String key) {
        quinn.page().locator("[data-steps] tr.cursor").first().waitFor();
        quinn.page().keyboard().press(key);
    }

    @Test
    void of_two_testers_the_second_is_told_and_keeps_the_note() {
        var plan = plan("Two");
        write(plan, "Shared");
        var run = start(plan);
        quinn.go(run.path());
        runs.judge(run.id(), number(run), new TestRuns.Judgement(1, "failed", "", 0, 0), ADMINISTRATOR);

        quinn.fill("Note", "I saw it pass");
        quinn.page().locator("[data-verdict=p]").first().click();

        assertThat(quinn.text()).contains("The verdict of step 1 is at version 1 now");
        assertThat(quinn.page().locator("[data-run-note]").inputValue()).isEqualTo("I saw it pass");
        assertThat(quinn.page().locator("[data-steps] tr").nth(1).innerText()).contains("Failed");
    }

    private int number(TestRun run) {
        var path = quinn.page().locator("[data-cases] a").first().getAttribute("href");
        assertThat(path).startsWith(run.path());
        return Integer.parseInt(path.substring(path.indexOf('=') + 1));
    }

    @Test
    void pages_of_test_plans_are_quiet_and_steady_and_can_be_read_by_everybody() {
        var shop =
                catalogue.write(PRODUCT, null, new Catalogue.NewNode("shop", "service", "", "", false), ADMINISTRATOR);
        var bank = catalogue.write(
                PRODUCT, null, new Catalogue.NewNode("bank", "third_party", "", "WireMock", false), ADMINISTRATOR);
        catalogue.write(
                PRODUCT,
                null,
                new Catalogue.NewPoint(shop.id(), bank.id(), "book a payment", "call", "HTTPS", "high", "", false),
                ADMINISTRATOR);
        var plan = plan("Shown");
        write(plan, "Shown case");
        var run = start(plan);
        quinn.go(run.path());
        var number = number(run);
        var key = PRODUCT + "-C" + number;
        for (var path : List.of(
                "/testing",
                "/testing/" + PRODUCT,
                "/testing/" + PRODUCT + "/runs",
                "/testing/" + PRODUCT + "/catalogue",
                "/testing/" + PRODUCT + "/coverage",
                "/testing/" + PRODUCT + "/plans/" + plan,
                "/testing/" + PRODUCT + "/plans/" + plan + "/case",
                "/testing/" + PRODUCT + "/plans/" + plan + "/import",
                "/testing/" + PRODUCT + "/cases/" + key,
                "/testing/" + PRODUCT + "/cases/" + key + "/form",
                run.path())) {
            for (var width : new int[] {1440, 390}) {
                var page = quinn.page();
                page.setViewportSize(width, width == 390 ? 844 : 900);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                quinn.go(path);
                assertThat(quinn.text()).as(path).doesNotContain("was not found");
                assertThat(quinn.overflow())
                        .as(path + " sticks out at " + width)
                        .isNotPositive();
                assertThat(quinn.barriers()).as(path + " at " + width).isEmpty();
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                assertThat(quinn.faint()).as(path + " in the dark").isEmpty();
            }
        }
        quinn.page().setViewportSize(1440, 900);
        assertThat(quinn.complaints()).isEmpty();
    }
}
