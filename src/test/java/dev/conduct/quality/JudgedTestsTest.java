package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import dev.conduct.identity.People;
import dev.conduct.identity.PersonErased;
import dev.conduct.procedure.Case;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Evidence;
import dev.conduct.support.Staff;
import dev.conduct.support.TestClock;
import dev.conduct.work.FactSource;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Flaky tests, tests put aside, tests linked to records, and what the gates learn of them.
@ConductTest
class JudgedTestsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "api");
    private static final String ONE = "1".repeat(40);
    private static final String TWO = "2".repeat(40);
    private static final String ZAP =
            "<OWASPZAPReport version='2.14.0'><site name='https://shop.example'><alerts><alertitem>"
                    + "<pluginid>1</pluginid><alert>Header</alert><riskcode>%d</riskcode></alertitem></alerts></site>"
                    + "</OWASPZAPReport>";

    private final Items items;
    private final Products products;
    private final Intake intake;
    private final RunRows runs;
    private final TestRows tests;
    private final FlakyRows flaky;
    private final Quarantines quarantines;
    private final OwedTests owed;
    private final Triages triages;
    private final ApplicationEventPublisher events;
    private final TestLinks links;
    private final TellLinkedItems teller;
    private final Defects defects;
    private final SeenProducts seen;
    private final ComponentPaths paths;
    private final CoverageRows coverage;
    private final List<FactSource> sources;
    private final JdbcClient database;
    private final TestClock clock;
    private final TransactionTemplate transaction;
    private final Actor tom;
    private String product = "";

    JudgedTestsTest(
            Items items,
            Products products,
            People people,
            Intake intake,
            RunRows runs,
            TestRows tests,
            FlakyRows flaky,
            Quarantines quarantines,
            OwedTests owed,
            Triages triages,
            ApplicationEventPublisher events,
            TestLinks links,
            TellLinkedItems teller,
            Defects defects,
            SeenProducts seen,
            ComponentPaths paths,
            CoverageRows coverage,
            List<FactSource> sources,
            JdbcClient database,
            TestClock clock,
            PlatformTransactionManager transactions) {
        this.items = items;
        this.products = products;
        this.intake = intake;
        this.runs = runs;
        this.tests = tests;
        this.flaky = flaky;
        this.quarantines = quarantines;
        this.owed = owed;
        this.triages = triages;
        this.events = events;
        this.links = links;
        this.teller = teller;
        this.defects = defects;
        this.seen = seen;
        this.paths = paths;
        this.coverage = coverage;
        this.sources = sources;
        this.database = database;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        var person = people.known("judged tests", "Tom", "Tom");
        Staff.hire(people, person.id());
        tom = new Actor(person.id(), "Tom", Set.of("developer"), "page");
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "JT" + COUNT.incrementAndGet();
        products.create(product, "Judged", ANA);
    }

    @Test
    void a_test_that_came_out_both_ways_on_one_commit_is_flaky_and_one_that_was_broken_is_not() {
        send(ONE, "1", both("<failure/>", ""));
        send(ONE, "2", both("", ""));
        send(TWO, "3", both("", "<failure/>"));

        var found = flaky.since(product, clock.instant().minus(Duration.ofDays(1)), 10);

        assertThat(found).singleElement().satisfies(one -> {
            assertThat(one.name()).isEqualTo("first");
            assertThat(one.wavered()).isEqualTo(1);
            assertThat(one.ran()).isEqualTo(3);
            assertThat(one.strip()).containsExactly("failed", "passed", "passed");
        });
    }

    @Test
    void put_aside_a_failure_holds_nothing_until_the_time_is_over() {
        send(ONE, "1", both("<failure/>", ""));
        var test = failing();
        assertThat(fact("unit_tests", "").passed()).isFalse();
        assertThatThrownBy(() -> quarantines.begin(product, test, "It is in the way.", 3, tom))
                .hasMessageContaining("did not come out both ways");
        intake.take(
                Binding.of(product, ONE, "main", "1", "staging"),
                new ByteArrayInputStream(both("", "").getBytes(StandardCharsets.UTF_8)),
                ANA);
        assertThatThrownBy(() -> quarantines.begin(product, test, "It passes elsewhere.", 3, tom))
                .hasMessageContaining("did not come out both ways");
        assertThat(flaky.since(product, clock.instant().minus(Duration.ofDays(1)), 10))
                .isEmpty();
        send(ONE, "2", both("", ""));
        send(ONE, "3", both("<failure/>", ""));

        quarantines.begin(product, test, "Race in the mail server, being mended.", 3, tom);

        assertThat(fact("unit_tests", "").passed()).isTrue();
        assertThat(fact("unit_tests", "").source()).endsWith("put aside: s.T first");
        assertThat(owed.of(tom)).anySatisfy(duty -> {
            assertThat(duty.does()).isEqualTo("Mend the test first");
            assertThat(duty.href()).isEqualTo("/quality/" + product + "/tests/" + test);
            assertThat(duty.due()).isEqualTo(clock.instant().plus(Duration.ofDays(3)));
        });
        assertThatThrownBy(() -> quarantines.begin(product, test, "Again", 3, tom))
                .hasMessageContaining("already");
        assertThatThrownBy(() -> quarantines.begin(product, test, "Long", 400, tom))
                .hasMessageContaining("1 to 14");
        clock.advance(Duration.ofDays(3).plusSeconds(1));
        assertThat(fact("unit_tests", "").passed()).isFalse();
        assertThat(quarantines.inForce(product)).isEmpty();
    }

    @Test
    void what_somebody_noted_of_a_failure_goes_with_them_and_the_cause_stays() {
        send(ONE, "1", both("<failure>java.io.IOException: gone</failure>", ""));
        var shape = Cause.of(tests.broken(runs.tested(product, 1).getFirst().id()))
                .getFirst()
                .print();
        triages.say(product, shape, "environment", "My laptop was asleep.", tom);

        events.publishEvent(new PersonErased(tom.id(), Set.of()));

        assertThat(triages.of(product, List.of(shape)).get(shape)).satisfies(said -> {
            assertThat(said.note()).isEmpty();
            assertThat(said.cause()).isEqualTo("environment");
        });
    }

    @Test
    void a_defect_is_reported_of_a_cause_and_hears_when_its_tests_turn() {
        send(ONE, "1", both("<failure>java.io.IOException: gone</failure>", ""));
        var run = runs.tested(product, 1).getFirst();
        var cause = Cause.of(tests.broken(run.id())).getFirst();

        var bug = defects.report(product, run.id(), cause.print(), "high", tom);

        assertThat(items.findVisible(bug, tom).title()).contains("first").contains("gone");
        assertThat(links.ofItem(product, bug))
                .singleElement()
                .satisfies(one -> assertThat(one.fails()).isTrue());
        assertThat(fact("fix_proof", bug).passed()).isFalse();
        send(TWO, "2", both("", ""));
        assertThat(events(bug)).endsWith("test.link", "test.passes");
        assertThat(fact("fix_proof", bug).commit()).isEqualTo(ONE);
        assertThat(proofOf(TWO, bug).passed()).isTrue();
        send(ONE, "3", both("<failure/>", ""));
        assertThat(events(bug)).endsWith("test.passes", "test.fails");
    }

    @Test
    void the_proof_of_a_fix_asks_for_its_tests_even_when_they_are_put_aside() {
        send(ONE, "1", both("", ""));
        send(ONE, "2", both("<failure/>", ""));
        var test = failing();
        var bug = items.report(
                        new Items.Report("bug", product, "It breaks", "", Map.of("severity", "high"), null, null), tom)
                .key();
        links.link(product, test, bug, tom);

        quarantines.begin(product, test, "Not now.", 2, tom);

        assertThat(fact("unit_tests", bug).passed()).isTrue();
        assertThat(fact("fix_proof", bug).passed()).isFalse();
    }

    @Test
    void what_fixes_several_is_proved_by_the_tests_of_each_as_it_was_then() {
        send(ONE, "0", both("<failure/>", "<failure/>"));
        var broken = tests.broken(runs.tested(product, 1).getFirst().id());
        send(ONE, "1", both("", ""));
        var whole = bug(product);
        var first = bug(product);
        var second = bug(product);
        links.link(product, broken.get(0).test(), first, tom);
        items.link(whole, "fixes", first, null, tom);
        clock.advance(Duration.ofSeconds(1));
        assertThat(fact("fix_proof", whole).passed()).isTrue();
        var before = clock.instant();

        clock.advance(Duration.ofSeconds(1));
        items.link(whole, "fixes", second, null, tom);

        assertThat(fact("fix_proof", whole).passed()).isFalse();
        assertThat(fact("fix_proof", whole).source()).endsWith("Fixes without a linked test: 1");
        assertThat(facts(ONE, "fix_proof", whole, before).getFirst().passed())
                .as("as it was known then")
                .isTrue();
        links.link(product, broken.get(1).test(), second, tom);
        assertThat(fact("fix_proof", whole).passed()).isTrue();

        var other = product + "B";
        products.create(other, "Beside", ANA);
        var third = bug(other);
        items.link(whole, "fixes", third, null, tom);
        assertThat(fact("fix_proof", whole).passed()).isFalse();
        intake.take(
                Binding.of(other, TWO, "main", "1", ""),
                new ByteArrayInputStream(both("", "").getBytes(StandardCharsets.UTF_8)),
                ANA);
        links.link(other, broken.get(1).test(), third, tom);
        assertThat(fact("fix_proof", whole).passed())
                .as("a fix in another product, whose test passed in this run")
                .isTrue();
    }

    @Test
    void an_older_report_that_is_told_last_turns_nothing() {
        send(ONE, "1", both("<failure/>", ""));
        var bug = bug(product);
        links.link(product, failing(), bug, tom);
        var old = send(ONE, "2", both("<failure/>", "")).report();
        send(TWO, "3", both("", ""));
        assertThat(events(bug)).endsWith("test.passes");

        teller.tell(old);

        assertThat(events(bug)).endsWith("test.passes");
        assertThat(links.ofItem(product, bug).getFirst().passes()).isTrue();
    }

    @Test
    void a_report_that_comes_while_an_older_one_is_told_has_the_last_word() {
        send(ONE, "1", both("<failure/>", ""));
        var bug = bug(product);
        links.link(product, failing(), bug, tom);
        send(ONE, "2", both("", ""));

        CompletableFuture<Intake.Taken> older;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            older = transaction.execute(_ -> {
                database.sql("select 0 from quality.test_link where item = :item for update")
                        .param("item", bug)
                        .query((row, number) -> 0)
                        .single();
                var sent = CompletableFuture.supplyAsync(() -> send(TWO, "3", both("<failure/>", "")), threads);
                Awaitility.await()
                        .until(() -> database.sql("""
                                select exists (select from pg_stat_activity
                                                where wait_event_type = 'Lock' and query like 'update quality.test_link%')
                                """).query(Boolean.class).single());
                CompletableFuture.supplyAsync(() -> send(TWO, "4", both("", "")), threads)
                        .join();
                return sent;
            });
        }

        assertThat(older.join().report().commit()).isEqualTo(TWO);
        assertThat(links.ofItem(product, bug).getFirst().passes()).isTrue();
        assertThat(events(bug)).endsWith("test.fails", "test.passes");
    }

    @Test
    void a_load_test_is_held_against_the_newest_that_kept_the_budget_in_all_its_reports() {
        send(ONE, "1", load(400, "Cart"));
        send(ONE, "1", load(300, "Pay"));
        assertThat(fact("performance", "").passed()).isTrue();

        send(TWO, "2", load(700, "Cart"));
        assertThat(factOf(TWO, "performance", "").passed()).isFalse();
        send("3".repeat(40), "3", load(701, "Cart"));
        assertThat(factOf("3".repeat(40), "performance", "").passed())
                .as("as slow as the one before, which was too slow")
                .isFalse();
        send("4".repeat(40), "4", load(700, "Pay"));
        assertThat(factOf("4".repeat(40), "performance", "").passed())
                .as("against the second report of the build")
                .isFalse();
        send("5".repeat(40), "5", load(410, "Cart"));
        assertThat(factOf("5".repeat(40), "performance", "").passed()).isTrue();
        send("6".repeat(40), "6", load(700, "Pay"));
        assertThat(factOf("6".repeat(40), "performance", "").passed())
                .as("against the newest that has the label")
                .isFalse();
    }

    private static String load(int milliseconds, String label) {
        return "timeStamp,elapsed,label,responseCode,success\n1," + milliseconds + "," + label + ",200,true\n";
    }

    private String bug(String of) {
        return items.report(new Items.Report("bug", of, "It breaks", "", Map.of("severity", "high"), null, null), tom)
                .key();
    }

    @Test
    void load_and_scans_of_the_commit_are_judged() {
        send(ONE, "1", "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Lint\"}},\"results\":[]}]}");
        send(ONE, "1", "timeStamp,elapsed,label,responseCode,success\n1,900,Cart,200,true\n2,910,Cart,200,true\n");

        assertThat(facts(ONE, "build_scan", "")).isEmpty();
        send(ONE, "", ZAP.formatted(0));
        assertThat(facts(ONE, "build_scan", "")).isEmpty();
        send(ONE, "1", ZAP.formatted(1));
        assertThat(fact("build_scan", "").passed()).isTrue();
        send(ONE, "1", ZAP.formatted(3));
        assertThat(fact("build_scan", "").passed()).isFalse();
        send(ONE, "1", ZAP.formatted(2));
        assertThat(fact("build_scan", "").passed())
                .as("scanned again, and it is gone")
                .isTrue();
        clock.advance(Duration.ofSeconds(1));
        intake.take(
                Binding.of(product, ONE, "main", "1", "staging"),
                new ByteArrayInputStream(ZAP.formatted(3).getBytes(StandardCharsets.UTF_8)),
                ANA);
        send(ONE, "1", ZAP.formatted(2).replace("Header", "Cookie"));
        assertThat(fact("build_scan", "").passed())
                .as("it is open in another environment")
                .isFalse();
        assertThat(fact("performance", "").passed()).isTrue();
        send(TWO, "2", "timeStamp,elapsed,label,responseCode,success\n1,1990,Cart,200,true\n");
        assertThat(factOf(TWO, "performance", "").passed()).isFalse();
    }

    @Test
    void a_critical_component_without_a_line_in_the_report_is_named() {
        products.createComponent(new Products.ProductComponent(product, "Cart", true, List.of()), ANA);
        products.createComponent(new Products.ProductComponent(product, "Pay", true, List.of()), ANA);
        paths.say(product, "Cart", "cart/**", ANA);

        send(ONE, "", "mode: set\ncart/a.go:1.1,5.2 3 1\npay/a.go:1.1,5.2 3 1\n");

        assertThat(fact("critical_coverage", "").passed()).isFalse();
        assertThat(fact("critical_coverage", "").source()).endsWith("reach it: Pay");
    }

    @Test
    void a_line_that_several_reports_of_a_run_tell_of_counts_once() {
        products.createComponent(new Products.ProductComponent(product, "Cart", true, List.of()), ANA);
        paths.say(product, "Cart", "cart/**", ANA);

        send(ONE, "", "mode: set\ncart/a.go:1.1,4.2 3 1\ncart/a.go:5.1,8.2 3 0\n");
        send(ONE, "", "mode: set\ncart/a.go:1.1,4.2 3 0\ncart/a.go:5.1,10.2 3 1\nother/b.go:1.1,10.2 3 0\n");
        send(ONE, "", "mode: set\ncart/a.go:1.1,4.2 3 0\ncart/a.go:5.1,8.2 3 0\n");

        var run = runs.covered(product, 1).getFirst();
        assertThat(run.lines()).isEqualTo(20);
        assertThat(run.linesCovered()).isEqualTo(10);
        assertThat(coverage.components(product, run.id()))
                .filteredOn(part -> part.name().equals("Cart"))
                .singleElement()
                .satisfies(part -> {
                    assertThat(part.lines()).isEqualTo(10);
                    assertThat(part.covered()).isEqualTo(10);
                });
        assertThat(coverage.file(run.id(), "cart/a.go").orElseThrow().file().missing())
                .isZero();
        assertThat(fact("critical_coverage", "").passed()).isTrue();
        assertThat(fact("coverage", "").passed()).isFalse();
    }

    @Test
    void a_run_on_a_branch_of_other_work_says_nothing_to_an_item_and_an_unlinked_test_is_silent() {
        send(ONE, "1", both("<failure/>", ""));
        var test = failing();
        var bug = items.report(
                        new Items.Report("bug", product, "It breaks", "", Map.of("severity", "high"), null, null), tom)
                .key();
        links.link(product, test, bug, tom);

        on("bug/" + product + "-9999-other", both("", ""));
        assertThat(events(bug)).doesNotContain("test.passes");
        assertThat(links.ofItem(product, bug).getFirst().fails()).isTrue();
        on("bug/" + bug.toLowerCase(java.util.Locale.ROOT) + "-mend", both("", ""));
        assertThat(events(bug)).endsWith("test.passes");
        assertThat(links.ofItem(product, bug).getFirst().passes()).isTrue();

        links.unlink(product, test, bug, tom);
        send(ONE, "9", both("<failure/>", ""));

        assertThat(events(bug)).endsWith("test.unlink");
        assertThat(links.ofItem(product, bug)).isEmpty();
        assertThatThrownBy(() -> links.unlink(product, test, bug, tom)).hasMessageContaining("not found");
    }

    private void on(String branch, String report) {
        clock.advance(Duration.ofSeconds(1));
        intake.take(
                Binding.of(product, TWO, branch, branch, ""),
                new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)),
                ANA);
    }

    @Test
    void nobody_outside_a_product_reads_or_judges_its_tests() {
        products.show(product, true, ANA);
        send(ONE, "1", both("<failure/>", ""));
        var stranger = new Actor(
                "person:" + UUID.randomUUID(),
                "Stranger",
                Set.of(),
                "page",
                null,
                null,
                new Membership(Map.of("ELSEWHERE", Set.of("developer")), Set.of(), null, Membership.Reach.PRODUCTS));

        assertThat(seen.sees(product, stranger)).isFalse();
        assertThatThrownBy(() -> seen.find(product, stranger)).hasMessageContaining("not found");
        assertThatThrownBy(() -> quarantines.begin(product, failing(), "Mine", 1, stranger))
                .hasMessageContaining("not found");
    }

    private UUID failing() {
        return tests.broken(runs.tested(product, 1).getFirst().id()).getFirst().test();
    }

    private Case.Fact fact(String kind, String item) {
        return factOf(ONE, kind, item);
    }

    private Case.Fact proofOf(String commit, String item) {
        return factOf(commit, "fix_proof", item);
    }

    private Case.Fact factOf(String commit, String kind, String item) {
        return facts(commit, kind, item).getFirst();
    }

    private List<Case.Fact> facts(String commit, String kind, String item) {
        return facts(commit, kind, item, clock.instant());
    }

    private List<Case.Fact> facts(String commit, String kind, String item, Instant at) {
        var question = new FactSource.Question(item, product, "", commit, at, Evidence.TOLD);
        return sources.stream()
                .flatMap(source -> source.facts(question).stream())
                .filter(fact -> fact.kind().equals(kind))
                .toList();
    }

    private List<String> events(String bug) {
        return database.sql("select action from ledger.event where object = :object order by row")
                .param("object", "item:" + bug)
                .query((row, number) -> row.getString("action"))
                .list();
    }

    private static String both(String first, String second) {
        return "<testsuite name='s'><testcase classname='s.T' name='first'>" + first
                + "</testcase><testcase classname='s.T' name='second'>" + second + "</testcase></testsuite>";
    }

    private Intake.Taken send(String commit, String build, String report) {
        clock.advance(Duration.ofSeconds(1));
        return intake.take(
                Binding.of(product, commit, "main", build, ""),
                new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)),
                ANA);
    }
}
