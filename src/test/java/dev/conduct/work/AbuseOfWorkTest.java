package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.ledger.LedgerFixture;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.env.Environment;

/// Abuse cases 13, 17, 18, 25, 26 and 28 of the security rules, from outside.
@ConductTest
class AbuseOfWorkTest {

    private static final String OLD = "4f9c2ae71b3d5e8f90a1b2c3d4e5f60718293a4b";
    private static final String NEW = "a1b2c3d4e5f60718293a4b4f9c2ae71b3d5e8f90";

    private final Items items;
    private final Accounts accounts;
    private final TestClock clock;
    private final String address;
    private final Cast cast;
    private final LedgerFixture fixture;
    private final Api all;
    private final Api other;

    AbuseOfWorkTest(
            Items items,
            Products products,
            People people,
            Clients clients,
            Accounts accounts,
            TestClock clock,
            Environment environment,
            @LocalServerPort int port) {
        this.items = items;
        this.accounts = accounts;
        this.clock = clock;
        this.address = "http://localhost:" + port;
        this.cast = new Cast(items, products, people);
        this.fixture = new LedgerFixture(environment);
        this.all = new Api(port, clients, "developer", "lead_developer", "qa", "release_manager", "support");
        this.other = new Api(port, clients, "lead_developer");
    }

    @Test
    void case_13_nobody_approves_what_they_made_whatever_roles_they_hold() {
        var bug = cast.inFix();
        assertThat(evidence(all, bug, "local_test", "passed", OLD).status()).isEqualTo(201);
        var submitted = all.post(
                "/items/" + bug.key() + "/transitions",
                Map.of("transition", "submit_fix", "fields", Map.of("fix_commit", OLD, "root_cause", "Off by one")));
        assertThat(submitted.status()).as(submitted.response().body()).isEqualTo(200);

        var own = evidence(all, bug, "review", "approved", OLD);
        var approved = all.post("/items/" + bug.key() + "/transitions", Map.of("transition", "approve_review"));

        assertThat(own.status() == 403 || own.status() == 409 || approved.status() == 403 || approved.status() == 409)
                .as(own.response().body() + approved.response().body())
                .isTrue();
        assertThat(cast.found(bug.key()).state()).isEqualTo("in_review");
    }

    @Test
    void case_13_an_approval_of_one_commit_is_none_of_the_next() {
        var bug = cast.inReview(OLD);
        assertThat(evidence(other, bug, "review", "approved", OLD).status()).isEqualTo(201);
        cast.move(bug, "send_back", cast.lea);
        cast.attest(bug, "local_test", NEW, cast.tom);
        cast.move(bug, "submit_fix", cast.tom, "fix_commit", NEW, "root_cause", "Off by one, twice");

        var reused = other.post("/items/" + bug.key() + "/transitions", Map.of("transition", "approve_review"));

        assertThat(reused.status()).isEqualTo(409);
        assertThat(reused.json()
                        .get("blocked_by")
                        .valueStream()
                        .map(one -> one.get("kind").asString()))
                .containsAnyOf("stale", "other_build", "missing");
        assertThat(cast.found(bug.key()).state()).isEqualTo("in_review");
    }

    @Test
    void case_13_no_state_is_skipped() {
        var bug = cast.reported();
        for (var transition :
                List.of("triage", "assign", "submit_fix", "approve_review", "pass_test", "deploy", "close")) {
            var answer = all.post("/items/" + bug.key() + "/transitions", Map.of("transition", transition));
            assertThat(answer.status()).as(transition).isIn(400, 403, 409);
        }
        assertThat(all.patch("/items/" + bug.key(), Map.of("state", "closed")).status())
                .isEqualTo(400);
        assertThat(cast.found(bug.key()).state()).isEqualTo("reported");
    }

    @Test
    void case_17_a_script_in_a_title_a_text_or_an_answer_is_only_text() {
        var script = "<script>alert(1)</script><img src=x onerror=alert(2)><svg/onload=alert(3)>";
        var markdown = script + "\n\n[press](javascript:alert(4)) ![x](data:text/html,<script>alert(5)</script>)"
                + " <a href=\"jAvAsCrIpT:alert(6)\">x</a>\n\n```html\n<script>alert(7)</script>\n```";
        var bug = cast.reported(script, Map.of("severity", "high"));
        items.comment(bug.key(), markdown, null, cast.sam);
        var edited = all.patch("/items/" + bug.key(), Map.of("description", markdown));
        assertThat(edited.status()).as(edited.response().body()).isEqualTo(200);

        try (var mira = visitor()) {
            mira.page().onDialog(dialog -> {
                throw new AssertionError("a script ran: " + dialog.message());
            });
            for (var page : List.of(
                    "/items/" + bug.key(),
                    "/lines/bug?q=product:" + cast.product,
                    "/lines/bug/board",
                    "/find?q=alert")) {
                mira.go(page);
                assertThat(mira.page()
                                .locator("main script:not([src]), main [onerror], main [onload]")
                                .count())
                        .as(page)
                        .isZero();
                assertThat(mira.page()
                                .locator("a[href^='javascript' i], img[src^='data:text']")
                                .count())
                        .as(page)
                        .isZero();
            }
            assertThat(mira.go("/items/" + bug.key()).text())
                    .as("shown as text")
                    .contains("<script>alert(1)</script>");
            assertThat(mira.complaints()).isEmpty();
        }
    }

    @Test
    void case_18_a_file_is_only_ever_a_download_whatever_it_is_called_and_says_it_is() {
        var bug = cast.reported();
        for (var name :
                List.of("../../../etc/passwd", "a.html", "x.svg\"; filename=\"y.exe", "c:\\\\windows\\\\win.ini")) {
            var sent = all.upload(
                    "/items/" + bug.key() + "/attachments",
                    "filename=\"" + name + "\"",
                    "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8));
            assertThat(sent.status()).as(name + sent.response().body()).isIn(201, 400);
            if (sent.status() == 201) {
                var file = all.download(sent.text("href"));
                assertThat(file.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
                assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                        .startsWith("attachment");
                assertThat(file.headers().firstValue("Content-Security-Policy").orElse(""))
                        .contains("sandbox");
                assertThat(file.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
                assertThat(sent.text("name")).doesNotContain("/", "\\");
            }
        }
    }

    @Test
    void case_25_no_cell_of_an_export_is_a_formula() throws Exception {
        for (var title : List.of("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "=HYPERLINK(\"http://x\",\"y\")")) {
            cast.reported(title, Map.of("severity", "low"));
        }
        var query = URLEncoder.encode("product:" + cast.product, StandardCharsets.UTF_8);

        String file;
        try (var mira = visitor()) {
            mira.go("/lines/bug");
            var download = mira.page()
                    .waitForDownload(() ->
                            mira.page().evaluate("url => { location.href = url }", "/lines/bug/export.csv?q=" + query));
            file = java.nio.file.Files.readString(download.path());
        }

        assertThat(file).contains("'=1+1", "'+1+1", "'-1+1", "'@SUM(A1)", "'=HYPERLINK");
        assertThat(file.lines().flatMap(line -> java.util.Arrays.stream(line.split(","))))
                .noneMatch(cell -> cell.matches("\"?[=+@\t].*"));
    }

    @Test
    void case_26_a_costly_query_or_pattern_is_answered_or_refused_in_time() {
        var queries = List.of(
                "(a+)+$".repeat(100),
                "%".repeat(2_000),
                "severity:" + "high,".repeat(1_000) + "low",
                "\"" + "lost line ".repeat(500) + "\"",
                "title:" + "*".repeat(500),
                "a ".repeat(1_000));
        for (var query : queries) {
            var began = System.nanoTime();
            var answer = all.find(query);
            assertThat(answer.status()).as(query.substring(0, 20)).isIn(200, 400, 414, 431, 503);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
        }
    }

    @Test
    void case_28_what_cannot_be_recorded_is_not_done_and_not_shown() throws Exception {
        var bug = cast.reported();
        var version = cast.found(bug.key()).version();
        asOwner(
                "create function ledger.suppress() returns trigger language plpgsql as"
                        + " $$ begin raise exception 'suppressed' using errcode = 'insufficient_privilege'; end $$",
                "create trigger suppressed before insert on ledger.event for each statement execute function ledger.suppress()");
        try {
            assertThat(all.patch("/items/" + bug.key(), Map.of("title", "Nobody saw this"))
                            .status())
                    .isIn(500, 503);
            assertThat(all.post("/items/" + bug.key() + "/transitions", Map.of("transition", "close"))
                            .status())
                    .as("a refusal that cannot be recorded")
                    .isEqualTo(503);
            var read = all.get("/items/" + bug.key() + "/bundle");
            assertThat(read.status()).as("a sensitive read").isEqualTo(503);
        } finally {
            asOwner("drop trigger suppressed on ledger.event", "drop function ledger.suppress()");
        }
        assertThat(cast.found(bug.key()).version()).isEqualTo(version);
        assertThat(all.patch("/items/" + bug.key(), Map.of("title", "Everybody may see this"))
                        .status())
                .isEqualTo(200);
    }

    private Visitor visitor() {
        var email = "abuse-" + UUID.randomUUID() + "@brindlemoor.example";
        var person = accounts.add("Mira Solvang", email, Set.of("support", "qa"), cast.ana);
        return new Visitor(Chromium.shared().browser(), address, clock, "Mira Solvang", email)
                .accept("/invitation?token=" + accounts.invite(person.id(), cast.ana));
    }

    private Api.Answer evidence(Api by, Item bug, String kind, String verdict, String commit) {
        return by.post(
                "/items/" + bug.key() + "/evidence",
                Map.of("kind", kind, "verdict", verdict, "commit", commit, "build", "b1"));
    }

    private void asOwner(String... statements) throws Exception {
        try (var connection = fixture.asOwner();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
