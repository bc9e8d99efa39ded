package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

/// A repository from its connection to the record's page, in a real browser.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SourcePagesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String PRODUCT = "SPG";
    private static final String HEAD = "d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0d0";
    private static final String LONE = "e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0";

    private final Accounts accounts;
    private final Items items;
    private final Repositories repositories;
    private final DeliveryWork work;
    private final TestClock clock;
    private final String address;
    private final Sender sender;
    private final String bug;
    private Visitor hana;

    @SuppressWarnings("NullAway.Init")
    SourcePagesTest(
            Accounts accounts,
            Items items,
            Products products,
            Repositories repositories,
            DeliveryWork work,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.items = items;
        this.repositories = repositories;
        this.work = work;
        this.clock = clock;
        this.address = "http://localhost:" + port;
        this.sender = new Sender(port);
        products.create(PRODUCT, "Source pages", ADMINISTRATOR);
        bug = items.report(
                        new Items.Report("bug", PRODUCT, "It breaks", "", Map.of("severity", "high"), null, null),
                        ADMINISTRATOR)
                .key();
    }

    @BeforeAll
    void signIn() {
        var email = "source-" + UUID.randomUUID() + "@brindlemoor.example";
        var person = accounts.add("Hana Brandt", email, Set.of("administrator", "developer"), ADMINISTRATOR);
        hana = new Visitor(Chromium.shared().browser(), address, clock, "Hana Brandt", email)
                .accept("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
    }

    @AfterAll
    void leave() {
        hana.close();
    }

    @Test
    void a_repository_is_connected_tells_and_is_seen_on_the_record_and_in_the_lists() {
        hana.go("/admin/repositories").choose("Product whose code", PRODUCT + " Source pages");
        hana.page().locator("#f-name").fill("octo/pages");
        hana.page().locator("#f-url").fill("ftp://example.org/x");
        hana.press("Connect");
        assertThat(hana.text()).contains("Give an address that begins with https://");
        assertThat(hana.page().locator("#f-name").inputValue())
                .as("what was typed is kept")
                .isEqualTo("octo/pages");
        hana.page().locator("#f-url").fill("");
        hana.page().locator("#f-main_branch").fill("main");
        hana.page()
                .locator("form[action='/admin/repositories'] button[type=submit]")
                .click();
        var secret = hana.page().locator("#hook-secret").innerText();
        var repository = repositories.all().stream()
                .filter(one -> one.name().equals("octo/pages"))
                .findFirst()
                .orElseThrow();
        hana.go("/admin/repositories");
        assertThat(hana.page().content()).as("shown this once").doesNotContain(secret);

        var key = new Repositories.Key(repository, secret);
        assertThat(sender.github(key, "pull_request", change()).statusCode()).isEqualTo(202);
        assertThat(sender.github(key, "push", push()).statusCode()).isEqualTo(202);
        assertThat(sender.github(key, "push", "{}" + " ").statusCode()).isEqualTo(202);
        work.workOff();

        hana.go("/items/" + bug);
        assertThat(hana.page().locator("#code").innerText())
                .contains("Commit", "d0d0d0d0d0", "by octo", "by nobody else named here yet", "has not run", "not yet");
        hana.go("/code/unkeyed?product=" + PRODUCT);
        assertThat(hana.text()).contains("Quick repair", "octo/pages").doesNotContain("SPG-");
        hana.go("/admin/repositories/" + repository.id());
        assertThat(hana.text()).contains("Push to main, 1 told, 1 new.", "Change 7 of fix.");
        hana.press("Work off again");
        assertThat(hana.text()).contains("worked off once more");

        for (var path : List.of(
                "/admin/repositories", "/admin/repositories/" + repository.id(), "/code/unkeyed", "/items/" + bug)) {
            for (var width : new int[] {1440, 390}) {
                hana.page().setViewportSize(width, width == 390 ? 844 : 900);
                hana.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                hana.go(path);
                assertThat(hana.overflow()).as(path + " sticks out").isNotPositive();
                assertThat(hana.barriers()).as(path + " at " + width).isEmpty();
                hana.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                assertThat(hana.faint()).as(path + " in the dark").isEmpty();
            }
        }
        assertThat(hana.complaints()).isEmpty();
    }

    private static String change() {
        return """
                {"pull_request":{"number":7,"title":"Mend it","body":"For SPG-1.","state":"open","user":{"login":"octo"},
                 "head":{"ref":"fix","sha":"%s"},"base":{"ref":"main"},"html_url":"https://example.org/7","merged":false,
                 "merged_at":null,"created_at":"2026-11-20T09:00:00Z","updated_at":"2026-11-20T09:00:00Z"}}""".formatted(HEAD);
    }

    private static String push() {
        return """
                {"ref":"refs/heads/main","after":"%s","repository":{"default_branch":"main"},"commits":[{"id":"%s",
                 "message":"Quick repair","timestamp":"2026-11-20T09:00:00Z","author":{"name":"P","email":"","username":"pia"}}]}""".formatted(LONE, LONE);
    }
}
