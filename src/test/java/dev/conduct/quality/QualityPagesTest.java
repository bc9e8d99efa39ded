package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import dev.conduct.work.ComponentRenamed;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Quality in a real browser: what failed, by cause, down to a line that no test runs.
@ConductTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QualityPagesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String PRODUCT = "QPAGES";
    private static final String GOOD = "a".repeat(40);
    private static final String BAD = "b".repeat(40);

    private final Accounts accounts;
    private final Products products;
    private final Intake intake;
    private final RunRows runs;
    private final RunFiles files;
    private final ReportRows reports;
    private final Items items;
    private final JdbcClient database;
    private final TestClock clock;
    private final ComponentPaths paths;
    private final CoverageRows coverage;
    private final ApplicationEventPublisher listeners;
    private final String address;
    private Visitor dario;

    @SuppressWarnings("NullAway.Init")
    QualityPagesTest(
            Accounts accounts,
            Products products,
            Intake intake,
            RunRows runs,
            RunFiles files,
            ReportRows reports,
            Items items,
            JdbcClient database,
            TestClock clock,
            ComponentPaths paths,
            CoverageRows coverage,
            ApplicationEventPublisher listeners,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.products = products;
        this.intake = intake;
        this.runs = runs;
        this.files = files;
        this.reports = reports;
        this.items = items;
        this.database = database;
        this.clock = clock;
        this.paths = paths;
        this.coverage = coverage;
        this.listeners = listeners;
        this.address = "http://localhost:" + port;
    }

    @BeforeAll
    void reports_have_come() {
        products.create(PRODUCT, "Tallyport", ADMINISTRATOR);
        products.createComponent(new Products.ProductComponent(PRODUCT, "pay", true, List.of()), ADMINISTRATOR);
        dario = visitor("Dario Pages", Set.of("lead_developer", "support"));
        dario.go("/quality/" + PRODUCT + "/coverage");
        dario.page().locator("#p-pay").fill("shop/pay");
        dario.press("Save");
        dario.page().locator(".flash, .note").first().waitFor();
        send(
                GOOD,
                suite("<testcase classname='shop.pay.CardTest' name='pays' time='1.5'/>"
                        + "<testcase classname='shop.CartTest' name='adds' time='0.1'/>"));
        send(
                GOOD,
                "TN:\nSF:shop/pay/Card.java\nDA:1,1\nDA:2,0\nDA:3,0\nend_of_record\nTN:\nSF:shop/Cart.java\nDA:1,1\n"
                        + "end_of_record\n");
        send(
                BAD,
                suite("<testcase classname='shop.pay.CardTest' name='pays' time='2.5'>" + failure(4711)
                        + "</testcase><testcase classname='shop.CartTest' name='adds' time='0.1'>" + failure(4712)
                        + "</testcase>"));
        send(GOOD, "<checkstyle><file name='shop/pay/Card.java'>" + found("Indentation") + "</file></checkstyle>");
        send(
                BAD,
                "<checkstyle><file name='shop/pay/Card.java'>" + found("Indentation") + found("LineLength")
                        + "</file></checkstyle>");
        send(BAD, "TN:\nSF:shop/pay/Card.java\nDA:1,1\nDA:2,1\nDA:3,0\nend_of_record\n");
    }

    private static String found(String rule) {
        return "<error line='3' severity='error' message='Not as the standard says.' source='x.%sCheck'/>"
                .formatted(rule);
    }

    @Test
    void what_was_counted_for_a_component_follows_its_name() {
        products.create("QPN", "Namer", ADMINISTRATOR);
        products.createComponent(new Products.ProductComponent("QPN", "card", true, List.of()), ADMINISTRATOR);
        paths.say("QPN", "card", "shop/pay", ADMINISTRATOR);
        send("QPN", GOOD, suite("<testcase classname='shop.pay.CardTest' name='pays' time='1.5'/>"));
        send("QPN", GOOD, "TN:\nSF:shop/pay/Card.java\nDA:1,1\nDA:2,0\nend_of_record\n");

        listeners.publishEvent(new ComponentRenamed("QPN", "card", "purse"));

        assertThat(paths.written("QPN")).containsOnlyKeys("purse");
        var run = database.sql("select id from quality.run where product = 'QPN'")
                .query(UUID.class)
                .single();
        assertThat(coverage.components("QPN", run)).singleElement().satisfies(purse -> {
            assertThat(purse.name()).isEqualTo("purse");
            assertThat(purse.tests()).isEqualTo(1);
            assertThat(purse.lines()).isEqualTo(2);
        });
        assertThat(database.sql("select distinct component from quality.run_file where run = :run")
                        .param("run", run)
                        .query(String.class)
                        .list())
                .containsExactly("purse");
    }

    private static String suite(String cases) {
        return "<testsuite name='s'>" + cases + "</testsuite>";
    }

    private static String failure(int order) {
        return "<failure>java.lang.IllegalStateException: order " + order
                + " is not paid\n\tat shop.Bank.book(Bank.java:7)</failure>";
    }

    private void send(String commit, String report) {
        send(PRODUCT, commit, report);
    }

    private void send(String product, String commit, String report) {
        clock.advance(Duration.ofSeconds(1));
        intake.take(
                Binding.of(product, commit, "main", "", ""),
                new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)),
                ADMINISTRATOR);
    }

    private Visitor visitor(String name, Set<String> roles) {
        var email = "quality-" + UUID.randomUUID() + "@brindlemoor.example";
        var person = accounts.add(name, email, roles, ADMINISTRATOR);
        return new Visitor(Chromium.shared().browser(), address, clock, name, email)
                .accept("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
    }

    @AfterAll
    void leave() {
        dario.close();
    }

    private Run newest() {
        return runs.tested(PRODUCT, 1).getFirst();
    }

    @Test
    void pages_of_quality_are_quiet_and_steady_and_can_be_read_by_everybody() {
        var run = newest().id();
        for (var path : List.of(
                "/quality",
                "/quality/" + PRODUCT,
                "/quality/" + PRODUCT + "/runs",
                "/quality/" + PRODUCT + "/runs?commit=ccccccc",
                "/quality/" + PRODUCT + "/runs/" + run,
                "/quality/" + PRODUCT + "/runs/" + run + "?outcome=failed&q=card",
                "/quality/" + PRODUCT + "/tests/" + test(),
                "/quality/" + PRODUCT + "/flaky",
                "/quality/" + PRODUCT + "/code",
                "/quality/" + PRODUCT + "/coverage",
                "/quality/" + PRODUCT + "/coverage?folder=shop/pay",
                "/quality/" + PRODUCT + "/coverage/file?path=shop/pay/Card.java&run=" + run)) {
            for (var width : new int[] {1440, 390}) {
                var page = dario.page();
                page.setViewportSize(width, width == 390 ? 844 : 900);
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                dario.go(path);
                assertThat(dario.text()).as(path).doesNotContain("was not found");
                assertThat(dario.overflow()).as(path + " sticks out").isNotPositive();
                assertThat(dario.barriers()).as(path + " at " + width).isEmpty();
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                assertThat(dario.faint()).as(path + " in the dark").isEmpty();
            }
        }
        assertThat(dario.complaints()).isEmpty();
    }

    /// PostgreSQL makes a test's id of the digest as it is, without the marks of a version.
    private static UUID test() {
        try {
            var digest = java.security.MessageDigest.getInstance("MD5")
                    .digest("shop.CartTest\u001fadds".getBytes(StandardCharsets.UTF_8));
            var bytes = java.nio.ByteBuffer.wrap(digest);
            return new UUID(bytes.getLong(), bytes.getLong());
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void failures_of_one_cause_stand_together_and_what_is_said_of_them_is_remembered() {
        dario.page().setViewportSize(1440, 900);
        dario.go("/quality/" + PRODUCT + "/runs/" + newest().id());
        assertThat(dario.text())
                .contains("2 tests, first seen in this run")
                .contains("is not paid")
                .contains("Broken between aaaaaaaa and bbbbbbbb")
                .contains("Compared with the last run in which all passed", "Failed since: 2 tests");
        var reported = reports.newest(PRODUCT, BAD, 1).getFirst();
        var picture = new ByteArrayInputStream("what was seen".getBytes(StandardCharsets.UTF_8));
        files.keep(reported, "checkout.log", "shop.CartTest#adds", picture, ADMINISTRATOR);
        dario.page().reload();
        var link = dario.page().locator("#files a", onPage("checkout.log"));
        assertThat(dario.page()
                        .locator("[id^=cause-] a", onPage("checkout.log"))
                        .count())
                .isEqualTo(1);
        assertThat(dario.page()
                        .request()
                        .get(address + link.getAttribute("href"))
                        .text())
                .isEqualTo("what was seen");
        a_full_run_takes_what_it_has(reported);
        database.sql("update quality.run set tests = tests + 20000 where id = :run")
                .param("run", newest().id())
                .update();
        dario.page().reload();
        assertThat(dario.text()).contains("tests are not compared test by test").doesNotContain("Failed since");
        database.sql("update quality.run set tests = tests - 20000 where id = :run")
                .param("run", newest().id())
                .update();

        dario.page().locator("button[name=cause][value=environment]").click();
        dario.page().locator(".flash, .note").first().waitFor();
        send("c".repeat(40), suite("<testcase classname='shop.CartTest' name='adds'>" + failure(9) + "</testcase>"));
        dario.go("/quality/" + PRODUCT + "/runs/" + newest().id());

        assertThat(dario.text()).contains("environment says Dario Pages");
    }

    private void a_full_run_takes_what_it_has(Report reported) {
        database.sql("""
                        insert into quality.attachment (id, run, suite, test_name, name, media_type, size, sha256, sent_by,
                                                        sent_at)
                        select gen_random_uuid(), run, '', '', 'filler', 'text/plain', 1, lpad(n::text, 64, '0'), 'x', now()
                          from quality.report cross join generate_series(1, 499) n where id = :report
                        """).param("report", reported.id()).update();
        var again = new ByteArrayInputStream("what was seen".getBytes(StandardCharsets.UTF_8));
        assertThat(files.keep(reported, "checkout.log", "shop.CartTest#adds", again, ADMINISTRATOR)
                        .fresh())
                .isFalse();
        var more = new ByteArrayInputStream("more".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> files.keep(reported, "more.log", "", more, ADMINISTRATOR))
                .hasMessageContaining("500 files");
        database.sql("delete from quality.attachment where name = 'filler'").update();
    }

    @Test
    void a_record_is_proposed_to_go_on_when_its_tests_pass_and_to_be_reopened_when_one_fails_again() {
        var product = "QTURN";
        products.create(product, "Turned", ADMINISTRATOR);
        var red = suite("<testcase classname='s.T' name='turns'>" + failure(1) + "</testcase>");
        send(product, "1".repeat(40), red);
        dario.page().setViewportSize(1440, 900);
        dario.go("/quality/" + product + "/runs/"
                + runs.tested(product, 1).getFirst().id());
        dario.page().locator("button[name=severity][value=high]").click();
        dario.page().waitForURL("**/items/**");
        var bug = dario.page().url().replaceFirst(".*/", "");
        var tests = dario.page().locator("#tests");

        send(product, "2".repeat(40), suite("<testcase classname='s.T' name='turns'/>"));
        dario.page().reload();
        assertThat(tests.innerText()).contains("Its tests pass.", "Log");

        items.move(
                new Items.Move(bug, "reject", Map.of("reason", "cannot_reproduce"), null, null, null, null),
                new Actor("system:test", "test", Set.of("support"), "api"));
        send(product, "3".repeat(40), red);
        dario.page().reload();
        assertThat(tests.innerText()).contains("A test of it fails.", "Reopen");
        tests.locator("a.btn", text("Reopen")).click();
        assertThat(dario.page().url()).contains("move=reopen");
    }

    private static Page.LocatorOptions onPage(String words) {
        return new Page.LocatorOptions().setHasText(words);
    }

    private static Locator.LocatorOptions text(String words) {
        return new Locator.LocatorOptions().setHasText(words);
    }

    @Test
    void a_new_finding_is_named_and_let_stay_with_a_reason() {
        dario.page().setViewportSize(1440, 900);
        dario.go("/quality/" + PRODUCT + "/code");
        assertThat(dario.text()).contains("LineLengthCheck").doesNotContain("IndentationCheck");
        assertThat(dario.page().locator("[role=img]").getAttribute("aria-label"))
                .isEqualTo("Findings of linters between 1 and 2 over 2 runs");

        dario.page().locator("input[name=reason]").fill("A table that reads better whole.");
        dario.press("Let it stay");
        dario.page().locator(".flash, .note").first().waitFor();

        assertThat(dario.text()).contains("Everything found was there before").contains("Checkstyle");
    }

    @Test
    void the_keys_g_and_q_lead_to_quality() {
        dario.go("/procedure");

        dario.page().keyboard().press("g");
        dario.page().keyboard().press("q");

        dario.page().waitForURL("**/quality**");
        assertThat(dario.text()).contains("Quality");
    }

    @Test
    void a_critical_component_stands_against_its_limit_and_a_file_shows_its_lines() {
        dario.page().setViewportSize(1440, 900);
        dario.go("/quality/" + PRODUCT);
        dario.page().locator("#main a[href$='component=pay']").click();
        dario.page().waitForURL("**component=pay");
        assertThat(dario.text()).contains("Trends, flaky and slowest tests of pay alone");
        assertThat(dario.page()
                        .locator("section[aria-labelledby=h-passed] [role=img]")
                        .getAttribute("aria-label"))
                .isEqualTo("Pass rate between 0.0 % and 100.0 % over 2 runs");
        dario.go("/quality/" + PRODUCT + "/coverage");
        assertThat(dario.text()).contains("66.6 %").contains("1 critical below 80 %");

        dario.go("/quality/" + PRODUCT + "/coverage/file?path=shop/pay/Card.java&run="
                + runs.covered(PRODUCT, 1).getFirst().id());
        assertThat(dario.text()).contains("1 to 2").contains("Not run");
    }

    /// The names a report gives, shown wherever they are shown, in a browser that would run what they hold.
    @Test
    void case_17_names_and_messages_in_reports_are_only_text() {
        var product = "QEVIL";
        var script = "<script>alert(17)</script><img src=x onerror=alert(17)>";
        var written = script.replace("<", "&lt;").replace(">", "&gt;");
        products.create(product, "Evil", ADMINISTRATOR);
        send(
                product,
                GOOD,
                "<testsuite name='s" + written + "'><testcase classname='c" + written + "' name='n" + written
                        + "'><failure type='f" + written + "' message='m" + written + "'>at t" + written
                        + "</failure></testcase></testsuite>");
        send(product, GOOD, "TN:\nSF:shop/" + script.replace("/", "") + ".java\nDA:1,1\nDA:2,0\nend_of_record\n");
        var first = "{'version':'2.1.0','runs':[{'tool':{'driver':{'name':'TOOL'}},'results':[]}]}";
        var finding = "{'ruleId':'rTOOL','level':'error','message':{'text':'mTOOL'},'locations':[{'physicalLocation':"
                + "{'artifactLocation':{'uri':'shop/TOOL.java'},'region':{'startLine':3}}}]}";
        for (var report : List.of(first, first.replace("[]", "[" + finding + "]"))) {
            send(product, GOOD, report.replace("TOOL", script).replace('\'', '"'));
        }
        dario.page().setViewportSize(1440, 900);
        dario.page().onDialog(dialog -> {
            throw new AssertionError("a script ran: " + dialog.message());
        });
        var seen = new java.util.TreeSet<String>();
        var left = new java.util.ArrayDeque<>(List.of(
                "/quality/" + product,
                "/quality/" + product + "/runs",
                "/quality/" + product + "/code",
                "/quality/" + product + "/coverage",
                "/quality/" + product + "/flaky"));
        var words = new StringBuilder();
        while (!left.isEmpty() && seen.size() < 25) {
            var path = left.removeFirst();
            if (!seen.add(path)) {
                continue;
            }
            dario.go(path);
            words.append(dario.text());
            var main = dario.page().locator("main");
            assertThat(main.locator("script:not([src]), [onerror], img[src='x']")
                            .count())
                    .as(path)
                    .isZero();
            var links = (List<?>) main.locator("a[href^='/quality/" + product + "/']")
                    .evaluateAll("links => links.map(link => link.getAttribute('href'))");
            links.forEach(link -> left.add(String.valueOf(link)));
        }

        assertThat(words.toString())
                .contains("c" + script, "n" + script, "m" + script)
                .contains("shop");
        assertThat(seen).anyMatch(path -> path.contains("/tests/")).anyMatch(path -> path.contains("/runs/"));
        assertThat(dario.complaints()).isEmpty();
    }
}
