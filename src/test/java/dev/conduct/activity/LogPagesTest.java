package dev.conduct.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.ledger.Wanted;
import dev.conduct.ledger.verify.Verify;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The log in a real browser: who sees what, and a proof that is checked there.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LogPagesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Accounts accounts;
    private final Activity activity;
    private final TestClock clock;
    private final String address;
    private Visitor auditor;
    private Visitor developer;
    private long entry;

    @SuppressWarnings("NullAway.Init")
    LogPagesTest(Accounts accounts, Activity activity, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.activity = activity;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @BeforeAll
    void signIn() {
        auditor = invited("Piet Lemaire", "auditor");
        developer = invited("Dario Weng", "developer");
        LedgerFixture.until(() -> newest("person.accept").entry() != null
                && activity.proven(newest("person.accept")).isPresent());
        entry = java.util.Objects.requireNonNull(newest("person.accept").entry());
    }

    @AfterAll
    void leave() {
        auditor.close();
        developer.close();
    }

    private Visitor invited(String name, String role) {
        var email = "log-" + UUID.randomUUID() + "@brindlemoor.example";
        var person = accounts.add(name, email, Set.of(role), ADMINISTRATOR);
        return new Visitor(Chromium.shared().browser(), address, clock, name, email)
                .accept("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
    }

    private Event newest(String action) {
        return activity.newest(new Wanted(null, action, null, null, null, null), 1, null)
                .items()
                .getFirst();
    }

    /// How its pages look otherwise, the walk of `GuideTest` sees.
    @Test
    void a_filter_that_is_none_is_told_in_words_that_everybody_can_read() {
        auditor.page().setViewportSize(390, 844);
        auditor.go("/log?q=nonsense");

        assertThat(auditor.overflow()).isNotPositive();
        assertThat(auditor.barriers()).isEmpty();
        assertThat(auditor.complaints()).isEmpty();
        auditor.page().setViewportSize(1440, 900);
    }

    @Test
    void the_browser_checks_the_proof_of_an_entry_itself() {
        auditor.go("/log/entries/" + entry);

        auditor.page().locator(".note.clear[data-proof]").waitFor();

        assertThat(auditor.text()).contains("This entry is in the log, unchanged.", "Invitation accepted", "Equal");
    }

    @Test
    void the_browser_finds_an_entry_that_was_changed_a_neighbour_and_a_signature() {
        for (var forged : List.of(
                "place.dataset.entry = place.dataset.entry.replace('accept', 'decline')",
                "(step => step && (step.dataset.step = '00' + step.dataset.step.slice(2)))(document.querySelector('[data-step]'))",
                "place.dataset.note = place.dataset.note.replace(/(— .*)(.)(?=\\n)/, (whole, line, end) => line.slice(0, -9) + 'AAAAAAAA' + line.slice(-1) + end)",
                "place.dataset.size = String(Number(place.dataset.size) + 1)")) {
            var page = auditor.page();
            page.route("**/log/entries/*", route -> {
                var answer = route.fetch();
                route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                        .setResponse(answer)
                        .setBody(answer.text()
                                .replace("type=\"module\" src=\"/js/proof", "type=\"module\" data-src=\"/js/proof")));
            });
            auditor.go("/log/entries/" + entry);
            page.unroute("**/log/entries/*");
            page.evaluate("() => { const place = document.querySelector('[data-proof]'); " + forged + " }");
            page.evaluate("""
                    () => new Promise(done => {
                        const script = document.createElement('script');
                        script.type = 'module';
                        const trust = window.trustedTypes?.createPolicy('test', { createScriptURL: url => url });
                        const url = document.querySelector('[data-src]').dataset.src;
                        script.src = trust ? trust.createScriptURL(url) : url;
                        script.onload = done;
                        document.head.append(script);
                    })
                    """);
            page.locator(".note.stop[data-proof]").waitFor();
            assertThat(auditor.text()).as(forged).contains("This entry does not fit the signed log.");
        }
    }

    @Test
    void the_proof_file_holds_offline() throws Exception {
        auditor.go("/log/entries/" + entry);
        var file = auditor.page()
                .waitForDownload(
                        () -> auditor.page().locator("a[download]").first().click());
        var out = new ByteArrayOutputStream();

        var status = Verify.run(List.of(file.path().toString()), new PrintStream(out), new PrintStream(out));

        assertThat(file.suggestedFilename()).isEqualTo("entry-" + entry + ".zip");
        assertThat(status).as(out.toString(StandardCharsets.UTF_8)).isZero();
    }

    @Test
    void who_does_not_read_the_log_sees_their_own_acts_and_nothing_else() {
        developer.go("/log");
        assertThat(developer.text())
                .contains("You see what you did yourself", "Dario Weng")
                .doesNotContain("Piet Lemaire");
        assertThat(developer.go("/log?q=who:" + "system:test").text()).contains("Nothing in the log fits.");
        for (var closed : List.of("/log/heads", "/log/state", "/log/entries/0")) {
            assertThat(developer.go(closed).page().title()).as(closed).contains("Not found");
        }
    }

    @Test
    void an_export_stands_in_the_log_before_it_is_answered() {
        auditor.go("/log");
        var file = auditor.page()
                .waitForDownload(() ->
                        auditor.page().locator("a.btn[href*='export.csv']").click());

        assertThat(file.path()).content().startsWith("entry,id,recorded_at").contains("person.accept", "Piet Lemaire");
        var read = newest("log.export");
        assertThat(read.object()).isEqualTo("route:/log/export.csv");
        assertThat(read.content()).containsKey("query");
    }
}
