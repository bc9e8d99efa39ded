package dev.conduct.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.conduct.support.Chromium;
import dev.conduct.support.Guide;
import dev.conduct.support.ServerProcess;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The pages that the guide shows, in the sample company as anybody starts it: their main parts are there, in both
/// themes and on a phone. With `-Dguide.pictures=true` the guide's pictures are taken on the way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuideTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    static Path data;

    private ServerProcess server;
    private String address;

    @BeforeAll
    void start() throws IOException {
        server = ServerProcess.serving(data.resolve("demo"), Map.of("CONDUCT_SCHEDULING", "true"), "--demo");
        address = server.address();
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
        server.close();
    }

    private Visitor signedIn(String name) {
        var visitor = new Visitor(Chromium.shared().browser(), address, new TestClock(), name, "");
        visitor.page().setViewportSize(1280, 800);
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        visitor.go("/demo/sign-in").press(name);
        return visitor;
    }

    private static Page.LocatorOptions text(String words) {
        return new Page.LocatorOptions().setHasText(words);
    }

    /// All of these are on the page; then its picture. How it looks otherwise, the walk sees.
    private static void shows(Visitor visitor, String picture, String... parts) {
        has(visitor, picture, parts);
        Guide.picture(visitor.page(), picture);
    }

    /// The same, in another look than the walk sees it in.
    private static void open(Visitor visitor, String picture, String... parts) {
        shows(visitor, picture, parts);
        looks(visitor, picture);
    }

    private static void has(Visitor visitor, String picture, String... parts) {
        for (var part : parts) {
            assertThat(visitor.page().locator(part).first().isVisible())
                    .as(visitor.page().url() + " shows " + part)
                    .isTrue();
        }
        assertThat(visitor.layoutShift()).as(picture + " moves").isLessThanOrEqualTo(0.05);
    }

    /// Both themes and both widths, in two looks.
    private static void looks(Visitor visitor, String picture) {
        look(visitor, picture, 390, 844, ColorScheme.DARK);
        look(visitor, picture, 1280, 800, ColorScheme.LIGHT);
    }

    private static void look(Visitor visitor, String picture, int width, int height, ColorScheme scheme) {
        visitor.page().setViewportSize(width, height);
        visitor.page().emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
        assertThat(visitor.barriers()).as(picture + " " + width + " " + scheme).isEmpty();
        assertThat(visitor.overflow()).as(picture + " " + width).isNotPositive();
    }

    @Test
    void a_demo_says_so_and_lets_anybody_be_one_of_its_people() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var page = http.send(
                    HttpRequest.newBuilder(URI.create(address + "/demo/sign-in"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(page.body()).contains("This is a demo", "Mira Solvang");
        }
        try (var mira = signedIn("Mira Solvang")) {
            mira.go("/api/v1/me");
            assertThat(mira.page().content()).contains("Mira Solvang", "developer");
        }
    }

    @Test
    void every_page_is_light_steady_and_open_to_everybody() {
        var walk = new Walk();
        for (var name : List.of("Hana Iversen", "Nele Harms")) {
            try (var visitor = signedIn(name)) {
                var begin = new ArrayList<>(List.of(name.equals("Nele Harms") ? "/portal" : "/me", "/find?q=shipment"));
                if (name.equals("Hana Iversen")) {
                    begin.addAll(Walk.making(visitor, address));
                }
                walk.from(visitor, address, begin);
            }
        }

        assertThat(walk.missing()).as("routes to pages that nobody looked at").isEmpty();
        assertThat(walk.faults()).isEmpty();
    }

    @Test
    void the_places_people_work_in() {
        try (var mira = signedIn("Mira Solvang")) {
            var page = mira.page();
            Awaitility.await("what happened in the year is told to her")
                    .atMost(PATIENCE)
                    .until(() -> mira.go("/me").page().locator("#h-since").count() == 1);
            shows(mira, "my-work", ".board-table tbody tr", "#h-waiting", "#h-since");

            mira.go("/lines/bug");
            shows(mira, "list", ".tabs a[aria-current]", "form.query .chip", "table[data-rows] tbody tr", ".sig");
            for (var row : List.of(0, 2, 3)) {
                page.locator("tbody input[name=row]").nth(row).check();
            }
            page.locator(".bulk", text("3 selected")).waitFor();
            page.locator(".bulk", text("can move now")).waitFor();
            open(mira, "bulk", ".bulk .btn");

            mira.go("/lines/bug/board");
            shows(mira, "board", "[data-board] .card", ".seg [aria-current]");

            mira.go("/lines/bug?q=state:in_fix");
            page.locator("tbody a.title").first().click();
            page.locator("ol.line li.here").waitFor();
            shows(mira, "record", "ol.line li.here", "#signals .gates-list li", ".clock", "#h-fields", "#stream");
            assertThat(page.locator(".print-foot").textContent())
                    .containsPattern("tree head [0-9a-f]{8}…[0-9a-f]{6} at size");
            page.keyboard().press("Control+k");
            page.locator("#palette input").fill("fix");
            page.locator("#palette [aria-selected=true]").waitFor();
            page.locator("#palette [role=option]", text("Inbox"))
                    .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
            open(mira, "commands", "#palette li");

            mira.go("/find?q=shipment");
            has(mira, "search", "mark", "table tbody tr");
            mira.go("/inbox");
            shows(mira, "inbox", "table tbody tr", ".seg");
            assertThat(mira.complaints()).isEmpty();
        }
    }

    @Test
    void the_rules_and_the_proof() {
        try (var hana = signedIn("Hana Iversen")) {
            var page = hana.go("/procedure").page();
            shows(hana, "procedure", ".chapters a", "table tbody tr", ".clause");
            hana.go("/procedure/lines/bug");
            shows(hana, "line", "svg.map", "#main table, #main section");
            hana.go("/log");
            has(hana, "log", "form.query", "table tbody tr");
            // The newest is proven seconds after it was recorded.
            page.locator("tbody tr").last().locator("a").first().click();
            page.locator("ol.proof").waitFor();
            page.locator(".note.clear[data-proof]").waitFor();
            shows(hana, "proof", "ol.proof li", ".note.clear");
            hana.go("/admin/import");
            shows(hana, "import", "#f-format", "#f-file");
            assertThat(hana.complaints()).isEmpty();
        }
    }

    @Test
    void what_was_tested_accepted_and_checked() {
        try (var priya = signedIn("Priya Nandakumar")) {
            var page = priya.go("/testing/TAL").page();
            shows(priya, "test-plans", "#main table tbody tr", ".tabs [aria-current]", ".sig.stop", ".sig.clear");
            priya.go("/testing/TAL/catalogue");
            has(priya, "catalogue", "#main table tbody tr");
            priya.go("/quality/TAL");
            has(priya, "quality", "#main table tbody tr", ".treemap li", ".strip", "#h-causes", "#h-slow");
            page.locator("#main table a[href*='/runs/']").first().click();
            has(priya, "run", "[id^=cause-] a[download]", "#h-compared", "#tests details.disc", "#files a[download]");
            priya.go("/quality/TAL/code");
            has(priya, "code", ".chart", "#main table tbody tr");
            priya.go("/mocks/TAL");
            has(priya, "mocks", "#main table tbody tr");
            priya.go("/standards");
            has(priya, "standards", "#main table tbody tr");
            priya.go("/acceptance/TAL");
            has(priya, "acceptance", "#main table tbody tr", ".sig.clear", ".sig.wait");
            Awaitility.await("the checks of the server by itself")
                    .atMost(PATIENCE)
                    .until(() -> {
                        priya.go("/checks/TAL");
                        return page.locator("#main tbody .sig.clear").count() == 3;
                    });
            assertThat(priya.complaints()).isEmpty();
        }
    }

    @Test
    void what_customers_see_and_what_is_sent_by_mail() throws IOException {
        try (var nele = signedIn("Nele Harms")) {
            nele.go("/portal");
            nele.page().locator("tbody a.title").first().click();
            nele.page().locator("ol.line li.here").waitFor();
            shows(nele, "portal", "ol.line li.here", ".composer", ".stream li.day");
            assertThat(nele.complaints()).isEmpty();
        }
        var mail = data.resolve("demo/mail");
        Awaitility.await("letters are written").atMost(PATIENCE).until(() -> {
            try (var letters = Files.list(mail)) {
                return letters.anyMatch(letter -> letter.toString().endsWith(".eml"));
            }
        });
        try (var letters = Files.list(mail).filter(letter -> letter.toString().endsWith(".eml"));
                var reader = new Visitor(Chromium.shared().browser(), address, new TestClock(), "Reader", "")) {
            var letter = letters.sorted().toList().getLast();
            var parts = Files.readString(letter);
            assertThat(parts).contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click", "multipart/alternative");
            reader.page().setViewportSize(800, 400);
            reader.page().setContent(html(letter));
            assertThat(reader.page().locator("h1, a").first().isVisible()).isTrue();
            assertThat(reader.page()
                            .locator("a", text("Choose what you get by mail"))
                            .count())
                    .isOne();
            assertThat(reader.barriers()).isEmpty();
            Guide.picture(reader.page(), "letter");
        }
    }

    private static String html(Path letter) throws IOException {
        try (var in = Files.newInputStream(letter)) {
            var message = new jakarta.mail.internet.MimeMessage(null, in);
            var parts = (jakarta.mail.Multipart) message.getContent();
            return String.valueOf(parts.getBodyPart(parts.getCount() - 1).getContent());
        } catch (jakarta.mail.MessagingException unreadable) {
            throw new IOException(unreadable);
        }
    }
}
