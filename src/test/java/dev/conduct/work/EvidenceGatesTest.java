package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.procedure.Signal;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What machines know, as the gates of a bug and of a release candidate read it: not there, of another commit, passed,
/// too old; and where it would come from.
@ConductTest
class EvidenceGatesTest {

    private static final String FIX = "abc1234def567890abc1234def567890abc12345";
    private static final String OTHER = "fff0000def567890abc1234def567890abc12345";
    private static final Map<String, String> PLACES = new TreeMap<>(Map.of(
            "unit_tests", "/quality/%s/runs?commit=" + FIX,
            "ci", "/items/%2$s#code",
            "critical_coverage", "/quality/%s/runs?commit=" + FIX,
            "scan", "/quality/%s/runs?commit=" + FIX,
            "fix_proof", "/quality/%s/runs?commit=" + FIX,
            "plan_run", "/testing/%s",
            "performance", "/quality/%s/runs?commit=" + FIX,
            "build_scan", "/quality/%s/runs?commit=" + FIX,
            "acceptance", "/acceptance/%s"));

    private final Items items;
    private final RecordDesk desk;
    private final Clients clients;
    private final Api ci;
    private final JdbcClient database;
    private final TestClock clock;
    private final int port;
    private final Cast cast;

    EvidenceGatesTest(
            Items items,
            Products products,
            People people,
            RecordDesk desk,
            Clients clients,
            JdbcClient database,
            TestClock clock,
            @LocalServerPort int port) {
        this.items = items;
        this.desk = desk;
        this.clients = clients;
        this.database = database;
        this.clock = clock;
        this.port = port;
        this.cast = new Cast(items, products, people);
        this.ci = new Api(port, clients, "developer", "qa", "product_owner");
    }

    @Test
    void both_lines_read_every_fact_and_tell_missing_other_build_and_stale_apart() {
        var line = List.of(cast.inReview(FIX), inTest(), cast.approved(FIX));
        var release = candidate(line);
        prepare(line);

        assertThat(kinds(line)).isEqualTo(every("missing"));
        assertThat(kinds(List.of(release))).isEqualTo(every("missing"));
        assertThat(places(release)).isEqualTo(wanted(release));

        happen(OTHER);
        assertThat(kinds(line)).isEqualTo(every("other_build"));
        assertThat(kinds(List.of(release))).isEqualTo(every("other_build"));

        happen(FIX);
        assertThat(kinds(line)).isEqualTo(every("clear"));
        assertThat(kinds(List.of(release))).isEqualTo(every("clear"));

        clock.advance(Duration.ofDays(31));
        assertThat(kinds(line)).isEqualTo(every("stale"));
        assertThat(kinds(List.of(release))).isEqualTo(every("stale"));
    }

    @Test
    void a_candidate_is_accepted_while_the_facts_are_observed_and_what_was_accepted_is_deployed() {
        var release = candidate(List.of());

        var accepted = cast.move(release, "accept", cast.quinn);
        assertThat(accepted.state()).isEqualTo("accepted");
        assertThat(api("release_manager")
                        .post("/items/" + release.key() + "/transitions", Map.of("transition", "deploy")))
                .satisfies(answer -> {
                    assertThat(answer.status()).isEqualTo(409);
                    assertThat(answer.json()
                                    .get("blocked_by")
                                    .get(0)
                                    .get("link")
                                    .stringValue())
                            .isEqualTo("/items/" + release.key() + "?evidence=deployment#form");
                });
        cast.attest(release, "deployment", FIX, cast.ruth);
        assertThat(cast.move(release, "deploy", cast.ruth).state()).isEqualTo("deployed");
        clock.advance(Duration.ofDays(2));
        cast.attest(release, "watch", FIX, cast.ruth);
        assertThat(cast.move(release, "close", cast.ruth).state()).isEqualTo("closed");
    }

    @Test
    void a_candidate_is_scanned_accepted_and_deployed_as_one_build() {
        prepare(List.of());
        var release = candidate(List.of());
        happen(FIX);
        assertThat(held(release, "one_build")).isNull();

        clock.advance(Duration.ofSeconds(1));
        var later =
                "<OWASPZAPReport version='2.15.0'><site name='https://shop.example'><alerts/></site></OWASPZAPReport>";
        assertThat(ci.send("/reports?product=" + cast.product + "&commit=" + FIX + "&build=8", later)
                        .status())
                .isEqualTo(201);

        assertThat(held(release, "build_scanned")).isNull();
        assertThat(held(release, "one_build")).isEqualTo("other_build");
        cast.move(release, "accept", cast.quinn);
        deployed(release, "8");
        assertThat(held(release, "deployed_to_production")).isNull();
        assertThat(held(release, "accepted_build")).isEqualTo("other_build");
        assertThat(api("release_manager")
                        .post("/items/" + release.key() + "/transitions", Map.of("transition", "deploy"))
                        .status())
                .isEqualTo(409);
        deployed(release, "7");
        assertThat(cast.move(release, "deploy", cast.ruth).state()).isEqualTo("deployed");
    }

    private void deployed(Item release, String build) {
        clock.advance(Duration.ofSeconds(1));
        items.attest(
                new Items.Attestation(release.key(), "deployment", "succeeded", FIX, build, null, null, null),
                cast.ruth);
    }

    /// The word of why a gate is not clear, null when it is.
    private @Nullable String held(Item item, String gate) {
        var reason = signals(item).stream()
                .filter(signal -> signal.gate().name().equals(gate))
                .findFirst()
                .orElseThrow()
                .reason();
        return reason == null ? null : reason.kind().word();
    }

    private Api api(String role) {
        return new Api(port, clients, role);
    }

    private Item inTest() {
        var bug = cast.inReview(FIX);
        cast.attest(bug, "review", FIX, cast.lea);
        return cast.move(bug, "approve_review", cast.lea);
    }

    private Item candidate(List<Item> fixes) {
        var release = items.report(
                new Items.Report("release", cast.product, "Release 4.18", "", Map.of(), null, null), cast.ruth);
        fixes.forEach(bug -> items.link(release.key(), "fixes", bug.key(), null, cast.ruth));
        return cast.move(release, "cut", cast.ruth, "commit", FIX, "way_back", "The build before it");
    }

    /// What people set up before: what is critical, which plan counts, which test shows the bugs.
    private void prepare(List<Item> line) {
        rows(
                "insert into quality.component_path (product, component, pattern) values (:product, 'editor', 'editor/**')");
        rows("""
                insert into testing.plan (id, product, title, regression, version, changed_by, changed_at)
                values (gen_random_uuid(), :product, 'Regression', true, 1, 'x', now())
                """);
        rows("""
                insert into source.repository (id, product, name, host, url, secret, created_at)
                values (gen_random_uuid(), :product, 'app', 'jenkins', '', '', now())
                """);
        line.forEach(bug -> rows("""
                insert into quality.test_link (product, test, item, suite, name, linked_by, linked_at)
                values (:product, md5('s' || chr(31) || 'works')::uuid, '%s', 's', 'works', 'x', now() - interval '9 years')
                """.formatted(bug.key())));
        // Which products have a repository is remembered for half a minute.
        clock.advance(Duration.ofMinutes(1));
    }

    /// Everything that a gate asks for, of one commit.
    private void happen(String commit) {
        clock.advance(Duration.ofSeconds(1));
        for (var report : List.of(
                "<testsuite name='s'><testcase name='works'/></testsuite>",
                "TN:\nSF:editor/a.java\nDA:1,1\nend_of_record\n",
                "{\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":{\"name\":\"Lint\"}},\"results\":[]}]}",
                "timeStamp,elapsed,label,responseCode,success\n1,900,Cart,200,true\n",
                "<OWASPZAPReport version='2.14.0'><site name='https://shop.example'><alerts/></site></OWASPZAPReport>")) {
            var sent = ci.send("/reports?product=" + cast.product + "&commit=" + commit + "&build=7", report);
            assertThat(sent.status()).as(sent.response().body()).isEqualTo(201);
        }
        at("""
                insert into source.run (repository, name, number, attempt, commit, state, url, began_at, told_at)
                select id, 'build', '%1$s', 1, '%1$s', 'passed', '', :at, :at from source.repository where product = :product
                """.formatted(commit));
        at("""
                with ran as (
                       insert into testing.test_run (id, product, plan, title, commit, build, environment, mocked, started_by,
                                                     started_at, ended_by, ended_at)
                       select gen_random_uuid(), product, id, 'Run', '%s', '7', '', '{}', 'x', :at, 'x', :at
                         from testing.plan where product = :product
                       returning id, product, plan),
                     proved as (
                       insert into testing.test_case (id, product, plan, number, version)
                       select gen_random_uuid(), product, plan,
                              (select count(*) from testing.test_case where product = :product), 1
                         from ran returning id, number)
                insert into testing.run_case (run, test_case, version, number, verdict)
                select ran.id, proved.id, 1, proved.number, 'passed' from ran, proved
                """.formatted(commit));
        at("""
                with opened as (
                       insert into acceptance.session (id, product, title, commit, build, environment, criteria, signs,
                                                       opened_by, opened_at)
                       values (gen_random_uuid(), :product, 'Try it', '%s', '7', '', 'It works', repeat('0', 64), 'x', :at)
                       returning id)
                insert into acceptance.invitation (session, person, invited_at, verdict, signed_at)
                select id, 'x', :at, 'accepted', :at from opened
                """.formatted(commit));
    }

    /// They are made of events, and other tests hold them against the ledger.
    @AfterEach
    void leave() {
        Stream.of(
                        "acceptance.invitation where session in (select id from acceptance.session where product = :product)",
                        "acceptance.session where product = :product",
                        "testing.run_case where run in (select id from testing.test_run where product = :product)",
                        "testing.test_run where product = :product",
                        "testing.test_case where product = :product",
                        "testing.plan where product = :product")
                .forEach(rows -> rows("delete from " + rows));
    }

    private void rows(String sql) {
        database.sql(sql).param("product", cast.product).update();
    }

    private void at(String sql) {
        database.sql(sql)
                .param("product", cast.product)
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .update();
    }

    /// By kind of evidence, how the signals of these records that read it stand.
    private Map<String, String> kinds(List<Item> records) {
        var kinds = new TreeMap<String, String>();
        for (var item : records) {
            for (var signal : signals(item)) {
                var kind = signal.gate().evidence();
                if (kind != null && PLACES.containsKey(kind)) {
                    var reason = signal.reason();
                    kinds.put(kind, reason == null ? "clear" : reason.kind().word());
                }
            }
        }
        return kinds;
    }

    private Map<String, String> wanted(Item release) {
        var wanted = new TreeMap<String, String>();
        PLACES.forEach((kind, place) -> wanted.put(kind, place.formatted(cast.product, release.key())));
        return wanted;
    }

    private static Map<String, String> every(String word) {
        var all = new TreeMap<String, String>();
        PLACES.keySet().forEach(kind -> all.put(kind, word));
        return all;
    }

    private List<Signal> signals(Item item) {
        return items.verdicts(item.key(), cast.quinn).stream()
                .filter(verdict -> verdict.transition().to() != null
                        && !verdict.transition().back())
                .flatMap(verdict -> verdict.signals().stream())
                .toList();
    }

    /// Where the page of the candidate leads for each of them.
    private Map<String, String> places(Item release) {
        var titles = new TreeMap<String, String>();
        signals(release)
                .forEach(signal ->
                        titles.put(signal.gate().title(), signal.gate().evidence()));
        var places = new TreeMap<String, String>();
        var signals = Objects.requireNonNull(
                desk.page(release.key(), Map.of(), cast.quinn).signals());
        signals.rows().forEach(row -> {
            var kind = titles.get(row.title());
            if (kind != null && PLACES.containsKey(kind)) {
                places.put(kind, Objects.requireNonNull(row.place()).href());
            }
        });
        return places;
    }
}
