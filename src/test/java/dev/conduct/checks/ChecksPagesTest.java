package dev.conduct.checks;

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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A check from its first draft to what it found, in a real browser.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChecksPagesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String PRODUCT = "CKP";

    private final Accounts accounts;
    private final CheckWork work;
    private final TestClock clock;
    private final String address;
    private Visitor quinn;

    @SuppressWarnings("NullAway.Init")
    ChecksPagesTest(Accounts accounts, Products products, CheckWork work, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.work = work;
        this.clock = clock;
        this.address = "http://localhost:" + port;
        products.create(PRODUCT, "Checked pages", ADMINISTRATOR);
    }

    @BeforeAll
    void signIn() {
        var email = "checks-" + UUID.randomUUID() + "@brindlemoor.example";
        var person = accounts.add("Quinn Abara", email, Set.of("qa"), ADMINISTRATOR);
        quinn = new Visitor(Chromium.shared().browser(), address, clock, "Quinn Abara", email)
                .accept("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
    }

    @AfterAll
    void leave() {
        quinn.close();
    }

    @Test
    void a_check_is_written_corrected_run_and_read() {
        quinn.go("/checks/" + PRODUCT);
        assertThat(quinn.text()).contains("No checks yet");
        quinn.page().locator("#f-file").setInputFiles(Path.of("src/test/resources/checks/orders.openapi.yaml"));
        quinn.press("Make a draft");
        assertThat(quinn.page().locator("#f-definition").inputValue()).contains("title: Orders API");
        quinn.page().locator("#f-name").fill("names");
        quinn.page()
                .locator("#f-definition")
                .fill("title: Names are known\nenvironment: staging\nsteps:\n  - dsn: localhost\n");
        quinn.press("Keep the check");
        assertThat(quinn.text()).contains("Line 4: this step does nothing.");
        assertThat(quinn.page().locator("#f-name").inputValue())
                .as("what was typed is kept")
                .isEqualTo("names");
        quinn.page()
                .locator("#f-definition")
                .fill(
                        "title: Names are known\nenvironment: staging\nmocked: [payments]\nsteps:\n  - dns: localhost\n  - dns: nowhere.invalid\n");
        quinn.press("Keep the check");
        assertThat(quinn.text()).contains("The check is kept.").contains("It was not done yet.");
        quinn.press("Run it now");
        clock.advance(Duration.ofSeconds(1));
        work.workOff();
        quinn.page().reload();
        assertThat(quinn.text())
                .contains("Failed", "Leads to", "nowhere.invalid leads nowhere.", "payments", "version 1");
        var run = quinn.page().url().substring(address.length());

        var mock = mocked();

        for (var path : List.of(
                "/checks/" + PRODUCT,
                "/checks/" + PRODUCT + "/names",
                "/checks/" + PRODUCT + "/new",
                run,
                "/mocks/" + PRODUCT,
                mock)) {
            for (var width : new int[] {1440, 390}) {
                quinn.page().setViewportSize(width, width == 390 ? 844 : 900);
                quinn.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                quinn.go(path);
                assertThat(quinn.overflow()).as(path + " sticks out").isNotPositive();
                assertThat(quinn.barriers()).as(path + " at " + width).isEmpty();
                quinn.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                assertThat(quinn.faint()).as(path + " in the dark").isEmpty();
            }
        }
        assertThat(quinn.complaints()).isEmpty();
    }

    /// A mock is uploaded, corrected, and shows what it was asked.
    private String mocked() {
        quinn.go("/testing/" + PRODUCT + "/catalogue");
        quinn.page().locator("#n-name").fill("payments");
        quinn.press("Add the part");
        quinn.go("/checks/" + PRODUCT);
        quinn.page()
                .getByText("Mocks", new Page.GetByTextOptions().setExact(true))
                .click();
        quinn.page().locator("#f-name").fill("payments-api");
        quinn.page().locator("#f-external").selectOption("payments");
        quinn.page().locator("#f-mappings").fill("{\"request\": {\"scheme\": \"https\"}, \"response\": {}}");
        quinn.press("Keep the mock");
        assertThat(quinn.text()).contains("mappings[0].request.scheme is not supported");
        assertThat(quinn.page().locator("#f-name").inputValue()).isEqualTo("payments-api");
        quinn.page().locator("#f-mappings").fill("{\"request\": {\"url\": \"/pay\"}, \"response\": {}}");
        quinn.press("Keep the mock");
        var address = quinn.page().locator("pre.code").innerText();
        quinn.page().request().get(address + "/pay");
        quinn.page().request().get(address + "/refund");
        quinn.page().reload();
        assertThat(quinn.text())
                .contains("Stands in for payments, version 1 with 1 mapping")
                .contains("GET /refund", "None matched", "Nearest: ANY /pay (mappings[0]), which expects url /pay");
        var page = quinn.page().url().substring(address.indexOf("/mock/"));
        quinn.go("/testing/" + PRODUCT + "/catalogue");
        assertThat(quinn.text()).contains("payments-api version 1");
        return page;
    }
}
