package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.SetUp;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// One bug from its report to its closure, by six people in six browsers, from an empty installation, on the real
/// pages with both factors.
@ConductTest(properties = "test.alone=BugLineBrowserTest")
class BugLineBrowserTest {

    private static final String COMMIT = "4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b";

    private final SetUp setUp;
    private final Accounts accounts;
    private final People people;
    private final TestClock clock;
    private final String address;
    private final List<Visitor> visitors = new ArrayList<>();
    private final List<String> barriers = new ArrayList<>();
    private Chromium chromium;

    @SuppressWarnings("NullAway.Init")
    BugLineBrowserTest(SetUp setUp, Accounts accounts, People people, TestClock clock, @LocalServerPort int port) {
        this.setUp = setUp;
        this.accounts = accounts;
        this.people = people;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @BeforeEach
    void openTheBrowser() {
        chromium = Chromium.shared();
    }

    @AfterEach
    void closeTheBrowser() {
        if (chromium != null) {
            visitors.forEach(Visitor::close);
        }
    }

    @Test
    void six_people_take_one_bug_from_report_to_closure() {
        var ada = visitor("Ada Brandt", "ada@brindlemoor.example");
        ada.setUp(setUp.link(address).orElseThrow(), "Brindlemoor");
        var product = nameTheProduct(ada);
        var salma = invited(product, "Salma Oyelaran", "support");
        var anouk = invited(product, "Anouk Petrescu", "project_manager");
        var quentin = invited(product, "Quentin Abara", "qa");
        var dario = invited(product, "Dario Weng", "developer");
        var yuki = invited(product, "Yuki Aldana", "developer");
        var rana = invited(product, "Rana Devlin", "release_manager");

        var bug = report(salma);
        log(salma, bug);
        triage(anouk, quentin, bug);
        fix(dario, bug);
        review(dario, yuki, bug);
        test(quentin, bug);
        deploy(rana, bug);
        confirm(quentin, bug);
        close(anouk, bug);

        assertThat(barriers).as("serious accessibility barriers").isEmpty();
        assertThat(visitors)
                .allSatisfy(visitor -> assertThat(visitor.complaints())
                        .as("what the browser of %s complains about", visitor.name())
                        .isEmpty());
    }

    private Actor nameTheProduct(Visitor ada) {
        ada.go("/").follow("Name it");
        assertThat(ada.text()).contains("No products yet");
        look(ada, "products-empty");
        ada.page().locator("[name=name]").fill("Tallyport");
        ada.page().locator("[name=key]").fill("TP");
        ada.press("Add the product");
        ada.page().locator("#f-TP-name").fill("doc-render");
        ada.page().locator("[name=critical]").check();
        ada.press("Add the component");
        assertThat(ada.text()).contains("doc-render", "critical module");
        look(ada, "products");
        ada.go("/lines/bug");
        assertThat(ada.text()).contains("No bugs yet");
        look(ada, "list-empty");
        return people.actor(
                people.resolve("ada@brindlemoor.example").orElseThrow().id(), "page");
    }

    private String report(Visitor salma) {
        salma.signOut().signIn().go("/lines/bug").follow("Report");
        salma.press("Report");
        assertThat(salma.page().title()).startsWith("Error:");
        assertThat(salma.page().locator(".error-summary").innerText()).contains("Title");
        salma.fill("Title", "Declaration PDF drops line items after page 3 when a consignee name has an umlaut");
        salma.choose("Severity", "High");
        salma.fill(
                "Steps to reproduce",
                "1. Open shipment `SHP-77120` (58 goods lines).\n2. Set the consignee to “Müßiggang Spedition”.\n3. Choose Documents, Export declaration, PDF.");
        salma.picture("report");
        barriers.addAll(salma.barriers());
        salma.press("Report");
        var bug = salma.page().locator(".crumbs .rid").innerText();
        assertThat(bug).isEqualTo("TP-1");
        assertThat(salma.text()).contains("Reported", "SHP-77120");
        return bug;
    }

    private void log(Visitor salma, String bug) {
        salma.page().locator("[data-key=m]").click();
        salma.choose("Kind", "Functional");
        salma.page().locator("[name=component]").selectOption("doc-render");
        salma.fill("Expected", "Five pages, 58 lines, totals match the screen.");
        salma.fill("Actual", "Three pages, 36 lines. The total is right, so the gap is easy to miss.");
        clock.advance(Duration.ofMinutes(14));
        salma.press("Log");
        assertStation(salma, "Logged");
    }

    private void triage(Visitor anouk, Visitor quentin, String bug) {
        anouk.signOut().signIn().go("/items/" + bug);
        assertThat(anouk.page().locator("[data-key=m]").innerText()).contains("held by");
        assertThat(anouk.page().locator("#signals").innerText()).contains("Assessed by project manager and QA");
        look(anouk, "record-held");
        anouk.follow("Assess");
        anouk.fill("Impact", "Customs refuses declarations of three customers.").press("Assess");
        quentin.signOut().signIn().go("/items/" + bug).follow("Assess");
        quentin.press("Assess");

        anouk.go("/items/" + bug).page().locator("[data-key=m]").click();
        anouk.choose("Priority", "High");
        clock.advance(Duration.ofMinutes(33));
        anouk.press("Triage");
        assertStation(anouk, "Triaged");

        anouk.page().locator("[data-key=m]").click();
        anouk.choose("Assignee", "Dario Weng");
        anouk.press("Assign");
        assertStation(anouk, "Assigned");
    }

    private void fix(Visitor dario, String bug) {
        dario.signOut().signIn().go("/items/" + bug).press("Start the fix");
        assertStation(dario, "In fix");
        assertThat(dario.page().locator("[data-key=m]").innerText()).contains("held by");
        assertThat(dario.page().locator("#signals").innerText())
                .contains("Local test")
                .contains("Missing:")
                .contains("Test the fix on your machine and attest it.");
        clock.advance(Duration.ofHours(2));

        attest(dario, bug, "local_test", COMMIT);
        dario.page().locator("[data-key=m]").click();
        dario.fill("Commit of the fix", COMMIT);
        dario.fill("Root cause", "The page height is measured in bytes, so an umlaut counts twice. No test had one.");
        dario.press("Submit the fix");
        assertStation(dario, "In review");
    }

    private void review(Visitor author, Visitor yuki, String bug) {
        assertThat(author.page().locator("#signals").innerText()).contains("The author of a fix may not");
        look(author, "record-in-review");
        author.page()
                .emulateMedia(new com.microsoft.playwright.Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        look(author, "record-in-review-dark");
        author.page().setViewportSize(390, 844);
        assertThat((Integer) author.page().evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(390);
        look(author, "record-in-review-dark-390");

        yuki.signOut().signIn().go("/items/" + bug);
        attest(yuki, bug, "review", COMMIT);
        yuki.press("Approve the review");
        assertStation(yuki, "In test");
    }

    private void test(Visitor quentin, String bug) {
        attest(quentin, bug, "staging_test", "0000000000000000000000000000000000000001");
        assertThat(quentin.page().locator("#signals").innerText()).contains("Other build:");
        attest(quentin, bug, "staging_test", COMMIT);
        quentin.go("/items/" + bug);
        assertThat(quentin.page().locator("#signals").innerText())
                .contains("Quentin Abara")
                .doesNotContain("person:");
        look(quentin, "record-in-test");
        attest(quentin, bug, "regression", COMMIT);
        quentin.press("Pass the test");
        assertStation(quentin, "Approved");
    }

    private void deploy(Visitor rana, String bug) {
        rana.signOut().signIn().go("/items/" + bug);
        attest(rana, bug, "deployment", COMMIT);
        rana.press("Deploy");
        assertStation(rana, "Deployed");
    }

    private void confirm(Visitor quentin, String bug) {
        quentin.go("/items/" + bug);
        assertThat(quentin.page().locator("#signals").innerText()).contains("watch window");
        clock.advance(Duration.ofMinutes(30));
        attest(quentin, bug, "watch", COMMIT);
        quentin.press("Confirm");
        assertStation(quentin, "Resolved");
    }

    private void close(Visitor anouk, String bug) {
        anouk.go("/items/" + bug).page().locator("[data-key=m]").click();
        anouk.fill("Lessons", "Measure text by grapheme. Every layout test has an umlaut and an emoji now.");
        anouk.press("Close");
        assertStation(anouk, "Closed");
        look(anouk, "record-closed");
        anouk.go("/lines/bug?q=state:closed");
        assertThat(anouk.text()).contains(bug);
        look(anouk, "list");
        anouk.page().locator("[data-key='/']").fill("severity:hihg");
        anouk.page().keyboard().press("Enter");
        anouk.page().locator("#list .note.stop").waitFor();
        assertThat(anouk.page().locator("#list").innerText()).contains("hihg", "high");
        anouk.go("/lines/bug?q=sort:updated").page().setViewportSize(390, 844);
        assertThat((Integer) anouk.page().evaluate("document.documentElement.scrollWidth"))
                .isEqualTo(390);
        look(anouk, "list-390");
        anouk.go("/items/" + bug);
        assertThat(anouk.page().locator("#stream").innerText())
                .contains("Salma Oyelaran", "Quentin Abara", "Dario Weng", "Yuki Aldana", "Rana Devlin");
    }

    private void attest(Visitor visitor, String bug, String kind, String commit) {
        visitor.go("/items/" + bug + "?evidence=" + kind);
        visitor.page()
                .locator("[name=verdict]")
                .selectOption(new com.microsoft.playwright.options.SelectOption().setIndex(1));
        visitor.page().locator("[name=commit]").fill(commit);
        visitor.page().locator("[name=build]").fill("1284");
        visitor.press("Record");
        assertThat(visitor.page().locator(".flash").innerText()).contains("Recorded by your name");
    }

    private static void assertStation(Visitor visitor, String station) {
        assertThat(visitor.page().locator(".line .here b").first().innerText()).isEqualTo(station);
    }

    private void look(Visitor visitor, String name) {
        visitor.picture(name);
        barriers.addAll(
                visitor.barriers().stream().map(found -> name + ": " + found).toList());
    }

    private Visitor visitor(String name, String email) {
        var visitor = new Visitor(chromium.browser(), address, clock, name, email);
        visitors.add(visitor);
        return visitor;
    }

    private Visitor invited(Actor by, String name, String role) {
        var email = name.toLowerCase(java.util.Locale.ROOT).replace(' ', '.') + "@brindlemoor.example";
        var person = accounts.add(name, email, Set.of(role), by);
        var visitor = visitor(name, email);
        return visitor.accept("/invitation?token=" + accounts.invite(person.id(), by));
    }
}
