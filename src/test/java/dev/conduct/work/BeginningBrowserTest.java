package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.conduct.identity.SetUp;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Guide;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The first ten minutes of an installation: each step is ticked by what is there, and they end when they are told to.
@ConductTest(properties = "test.alone=BeginningBrowserTest")
class BeginningBrowserTest {

    private final SetUp setUp;
    private final TestClock clock;
    private final String address;

    BeginningBrowserTest(SetUp setUp, TestClock clock, @LocalServerPort int port) {
        this.setUp = setUp;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @Test
    void set_up_leads_into_first_steps_that_facts_tick_and_one_press_ends() {
        try (var ada =
                new Visitor(Chromium.shared().browser(), address, clock, "Ada Brandt", "ada@brindlemoor.example")) {
            var link = setUp.link(address).orElseThrow();
            ada.page().navigate(link);
            assertThat(ada.text() + ada.page().locator("body").innerText()).contains("--demo");
            ada.setUp(link, "Brindlemoor");
            ada.page().locator("h2", text("Your first ten minutes")).waitFor();
            assertThat(step(ada, "Secure your account")).contains("Done");
            assertThat(step(ada, "Name the first product")).contains("To do");
            assertThat(ada.page().locator("#main").innerText()).contains("1 of 7 done");
            ada.page().setViewportSize(1280, 800);
            Guide.picture(ada.page(), "first-steps");
            PortalBrowserTest.looksRight(ada, "beginning");

            ada.follow("Name it");
            ada.page().locator("[name=name]").last().fill("Tallyport");
            ada.page().locator("[name=key]").fill("TP");
            ada.press("Add the product");
            ada.page().locator("#f-TP-name").fill("doc-render");
            ada.choose("Who knows it best", "Ada Brandt");
            ada.press("Add the component");
            ada.go("/admin/people");
            ada.page().locator("[name=name]").last().fill("Mira Solvang");
            ada.page().locator("[name=email]").last().fill("mira@brindlemoor.example");
            ada.page()
                    .locator("main form[action='/admin/people'] button[type=submit]")
                    .click();
            ada.go("/procedure").go("/me");

            assertThat(ada.page().locator("#main").innerText()).contains("5 of 7 done");
            for (var done : java.util.List.of("Name the first product", "Invite somebody", "Read your procedure")) {
                assertThat(step(ada, done)).as(done).contains("Done");
            }
            ada.go("/lines/bug/new");
            ada.page().locator("#f-product").selectOption("TP");
            ada.fill("Title", "Totals differ by one cent");
            ada.page().locator("#f-severity").selectOption("high");
            ada.press("Report");
            ada.page().locator("h1", text("Totals differ by one cent")).waitFor();
            ada.go("/me");
            assertThat(step(ada, "See a clock run")).contains("Done");
            ada.page().locator("h2", text("You are ready")).waitFor();
            assertThat(step(ada, "Bring your history")).contains("optional", "To do");

            ada.press("Put these away");
            ada.go("/me");
            assertThat(ada.page().locator("#h-first").count()).isZero();
            assertThat(ada.complaints()).isEmpty();
        }
    }

    private static Page.LocatorOptions text(String words) {
        return new Page.LocatorOptions().setHasText(words);
    }

    private static String step(Visitor visitor, String title) {
        return visitor.page()
                .locator("section[aria-labelledby=h-first] li")
                .filter(new Locator.FilterOptions().setHasText(title))
                .innerText();
    }
}
