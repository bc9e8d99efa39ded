package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What a customer sees of what was said with them, and nothing that was said among those who work on it.
@ConductTest
class PortalBrowserTest {

    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg==";
    private static final String PASTE = """
            (area, [name, base64]) => {
                const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], name, { type: "image/png" }));
                area.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """;

    private final Items items;
    private final People people;
    private final Accounts accounts;
    private final TestClock clock;
    private final Cast cast;
    private final String address;

    PortalBrowserTest(
            Items items,
            Products products,
            People people,
            Accounts accounts,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.people = people;
        this.accounts = accounts;
        this.clock = clock;
        this.cast = new Cast(items, products, people);
        this.address = "http://localhost:" + port;
    }

    private record Guest(Visitor visitor, Actor actor) {}

    private Guest guest(String name, String role) {
        var email = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "." + cast.product.toLowerCase(Locale.ROOT)
                + "@oleander.example";
        var person = accounts.add(name, email, Set.of(role), cast.ana);
        var visitor = new Visitor(Chromium.shared().browser(), address, clock, name, email)
                .accept("/invitation?token=" + accounts.invite(person.id(), cast.ana));
        return new Guest(visitor, people.actor(person.id(), "page"));
    }

    private static void say(Page page, String file, String words, boolean outside) {
        page.waitForLoadState();
        page.locator("#f-say").click();
        page.locator(".composer button", new Page.LocatorOptions().setHasText("Preview"))
                .waitFor();
        page.locator("#f-say").evaluate(PASTE, List.of(file, PNG));
        page.waitForCondition(() -> page.locator("#f-say").inputValue().contains("![" + file + "]"));
        page.locator("#f-say").press("End");
        page.locator("#f-say").pressSequentially(" " + words);
        if (outside) {
            // Ticked after the picture was pasted: what is said to the customer is said with its picture.
            page.locator(".composer [name=outside]").check();
        }
        page.locator(".composer button[type=submit]").click();
        page.locator(".stream .said", new Page.LocatorOptions().setHasText(words))
                .waitFor();
    }

    @Test
    void a_picture_that_was_pasted_before_customer_reads_it_was_ticked_is_shown_to_the_customer() {
        var nele = guest("Nele Harms", "customer");
        var salma = guest("Salma Oyelaran", "support");
        try (var customer = nele.visitor();
                var support = salma.visitor()) {
            var key = items.report(
                            new Items.Report(
                                    "bug",
                                    cast.product,
                                    "The declaration misses lines",
                                    "See below.",
                                    Map.of("severity", "high"),
                                    null,
                                    null),
                            nele.actor())
                    .key();
            var page = support.go("/items/" + key).page();
            say(page, "inner.png", "only among us", false);
            say(page, "shown.png", "this is what we see", true);

            var portal = customer.go("/portal/requests/" + key).page();

            assertThat(customer.text()).contains("this is what we see").doesNotContain("only among us", "UTC");
            assertThat(portal.locator(".said img").count()).isOne();
            portal.waitForCondition(
                    () -> (Boolean) portal.locator(".said img").evaluate("it => it.complete && it.naturalWidth === 2"));
            assertThat(portal.locator(".said img").getAttribute("src")).startsWith("/portal/requests/" + key);
            assertThat(portal.locator(".said a[href*='/items/']").count()).isZero();
            looksRight(customer, "portal-request");
            customer.go("/portal");
            assertThat(customer.text()).contains("The declaration misses lines").doesNotContain("UTC");
            looksRight(customer, "portal");
            assertThat(customer.complaints()).isEmpty();
            assertThat(support.complaints()).isEmpty();
        }
    }

    /// In both themes, and at the width of a phone.
    static void looksRight(Visitor visitor, String name) {
        assertThat(visitor.layoutShift()).isLessThanOrEqualTo(0.05);
        for (var width : new int[] {1440, 390}) {
            visitor.page().setViewportSize(width, 900);
            for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
                assertThat(visitor.barriers())
                        .as(name + " " + width + " " + scheme)
                        .isEmpty();
                visitor.picture(name + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT));
            }
            assertThat(visitor.overflow()).as(name + " " + width).isNotPositive();
        }
        visitor.page().setViewportSize(1440, 900);
    }
}
