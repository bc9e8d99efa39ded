package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Reason;
import dev.conduct.procedure.Signal;
import dev.conduct.support.ConductTest;
import dev.conduct.support.Staff;
import dev.conduct.support.TestClock;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What the gates of a fix learn from reports.
@ConductTest
class ReportFactsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String FIX = "abc1234def567890abc1234def567890abc12345";
    private static final String OTHER = "fff0000def567890abc1234def567890abc12345";
    private static final String GREEN = "<testsuite name='s'><testcase name='works'/></testsuite>";
    private static final String RED = "<testsuite name='s'><testcase name='works'><failure/></testcase></testsuite>";

    private final Items items;
    private final Products products;
    private final People people;
    private final Intake intake;
    private final JdbcClient database;
    private final TestClock clock;
    private final Actor tom;
    private final Actor lea;
    private final Actor ci;
    private String product = "";

    ReportFactsTest(
            Items items, Products products, People people, Intake intake, JdbcClient database, TestClock clock) {
        this.items = items;
        this.products = products;
        this.people = people;
        this.intake = intake;
        this.database = database;
        this.clock = clock;
        tom = as("Tom", "developer");
        lea = as("Lea", "lead_developer");
        ci = as("CI", "developer");
    }

    private Actor as(String name, String... roles) {
        var person = people.known("report facts", name, name);
        Staff.hire(people, person.id());
        return new Actor(person.id(), name, Set.of(roles), "page");
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "RF" + COUNT.incrementAndGet();
        products.create(product, "Reports", as("Ana", "administrator"));
    }

    @Test
    void results_of_the_fix_clear_their_gates() {
        var bug = inReview();

        send(FIX, "", GREEN);
        send(FIX, "", "mode: set\na.go:1.1,5.2 3 1\n");
        send(FIX, "", sarif("R1"));

        assertThat(signal(bug, "unit_tests_green").clear()).isTrue();
        assertThat(signal(bug, "unit_tests_green").seen()).contains(ci.id()).contains(FIX);
        assertThat(signal(bug, "lines_covered").clear()).isTrue();
        assertThat(signal(bug, "no_new_findings").clear()).isTrue();
    }

    @Test
    void without_a_report_it_is_missing_and_with_one_of_another_commit_of_another_build() {
        var bug = inReview();
        assertThat(kind(bug, "unit_tests_green")).isEqualTo(Reason.Kind.MISSING);

        send(OTHER, "", GREEN);

        assertThat(kind(bug, "unit_tests_green")).isEqualTo(Reason.Kind.OTHER_BUILD);
    }

    @Test
    void a_report_too_old_to_count_is_stale() {
        var bug = inReview();
        send(FIX, "", GREEN);
        database.sql(
                        "update quality.report set received_at = received_at - interval '31 days' where product = :product")
                .param("product", product)
                .update();

        assertThat(kind(bug, "unit_tests_green")).isEqualTo(Reason.Kind.STALE);
        assertThat(reason(bug, "unit_tests_green").says())
                .contains("no longer counts")
                .contains("30 d");
    }

    @Test
    void one_red_report_of_a_run_makes_it_red_and_the_next_run_replaces_it() {
        var bug = inReview();
        send(FIX, "1", GREEN);
        send(FIX, "1", RED);
        assertThat(reason(bug, "unit_tests_green").says()).contains("did not pass");

        send(FIX, "2", GREEN);

        assertThat(signal(bug, "unit_tests_green").clear()).isTrue();
    }

    @Test
    void too_few_covered_lines_do_not_pass() {
        var bug = inReview();

        send(FIX, "", "mode: set\na.go:1.1,7.2 3 1\na.go:8.1,10.2 3 0\n");

        assertThat(reason(bug, "lines_covered").says()).contains("did not pass");
    }

    @Test
    void a_finding_is_new_when_the_scan_before_did_not_have_it() {
        var bug = inReview();
        send(OTHER, "", sarif("R1"));
        send(FIX, "1", sarif("R1"));
        assertThat(signal(bug, "no_new_findings").clear()).isTrue();

        send(FIX, "2", sarif("R2"));

        assertThat(reason(bug, "no_new_findings").says()).contains("did not pass");
    }

    @Test
    void observed_only_it_holds_nobody_up_and_the_event_remembers_what_was_seen() {
        var bug = inReview();
        send(FIX, "7", GREEN);
        items.attest(new Items.Attestation(bug.key(), "review", "approved", FIX, null, null, null, null), lea);

        items.move(new Items.Move(bug.key(), "approve_review", Map.of(), null, null, null, null), lea);

        var payload = database.sql("""
                        select convert_from(entry, 'UTF8') from ledger.event
                         where object = :object order by row desc limit 1
                        """)
                .param("object", "item:" + bug.key())
                .query(String.class)
                .single();
        assertThat(payload)
                .contains("\"facts\":[{")
                .contains("\"kind\":\"unit_tests\"")
                .contains("report:");
    }

    private Item inReview() {
        var bug = items.report(
                new Items.Report("bug", product, "It breaks", "", Map.of("severity", "high"), null, null), tom);
        var sam = as("Sam", "support");
        var paula = as("Paula", "project_manager");
        var quinn = as("Quinn", "qa");
        products.ensureComponent(product, "editor", as("Ana", "administrator"));
        move(bug, sam, "log", Map.of("kind", "functional", "component", "editor", "expected", "a", "actual", "b"));
        move(bug, paula, "assess", Map.of("severity", "high"));
        move(bug, quinn, "assess", Map.of("impact", "All"));
        move(bug, paula, "triage", Map.of("priority", "high"));
        items.move(new Items.Move(bug.key(), "assign", Map.of(), tom.id(), null, null, null), paula);
        move(bug, tom, "start_fix", Map.of());
        items.attest(new Items.Attestation(bug.key(), "local_test", "passed", FIX, null, null, null, null), tom);
        return move(bug, tom, "submit_fix", Map.of("fix_commit", FIX, "root_cause", "Off by one"));
    }

    private Item move(Item bug, Actor actor, String transition, Map<String, Object> fields) {
        return items.move(new Items.Move(bug.key(), transition, fields, null, null, null, null), actor);
    }

    private void send(String commit, String build, String report) {
        clock.advance(Duration.ofSeconds(1));
        var taken = intake.take(
                Binding.of(product, commit, "", build, ""),
                new ByteArrayInputStream(report.getBytes(StandardCharsets.UTF_8)),
                ci);
        assertThat(taken.fresh()).isTrue();
    }

    private static String sarif(String rule) {
        return "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Lint\"}},\"results\":[{\"ruleId\":\""
                + rule + "\",\"message\":{\"text\":\"bad\"}}]}]}";
    }

    private Signal signal(Item bug, String gate) {
        return items.verdicts(bug.key(), lea).stream()
                .flatMap(verdict -> verdict.signals().stream())
                .filter(signal -> signal.gate().name().equals(gate))
                .findFirst()
                .orElseThrow();
    }

    private Reason reason(Item bug, String gate) {
        var reason = signal(bug, gate).reason();
        if (reason == null) {
            throw new AssertionError(gate + " is clear");
        }
        return reason;
    }

    private Reason.Kind kind(Item bug, String gate) {
        return reason(bug, gate).kind();
    }
}
