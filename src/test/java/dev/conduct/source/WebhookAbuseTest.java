package dev.conduct.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conduct.identity.Actor;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.work.Products;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Abuse case 22 of the security rules: webhooks forged, sent again, sent late and out of order.
@ConductTest
class WebhookAbuseTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ANA = new Actor("system:test", "Ana", Set.of("administrator"), "page");
    private static final String HEAD = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private final Repositories repositories;
    private final Products products;
    private final DeliveryWork work;
    private final JdbcClient database;
    private final DataSource source;
    private final TestClock clock;
    private final Sender sender;
    private String product = "";

    WebhookAbuseTest(
            Repositories repositories,
            Products products,
            DeliveryWork work,
            JdbcClient database,
            DataSource source,
            TestClock clock,
            @LocalServerPort int port) {
        this.repositories = repositories;
        this.products = products;
        this.work = work;
        this.database = database;
        this.source = source;
        this.clock = clock;
        this.sender = new Sender(port);
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "HK" + COUNT.incrementAndGet();
        products.create(product, "Hooks", ANA);
    }

    @Test
    void case_22_what_is_not_signed_with_the_secret_is_refused_and_kept_nowhere() {
        var key = connect("github");
        var other = connect("gitea");
        var body = pullRequest("open", null, "2026-11-20T10:00:00Z");
        var name = UUID.randomUUID().toString();

        assertThat(sender.send(key, body, "X-GitHub-Event", "pull_request").statusCode())
                .isEqualTo(401);
        assertThat(signed(key, body, "sha256=" + Sender.hex(bytes("guessed"), body)))
                .isEqualTo(401);
        assertThat(signed(key, body, "sha256=" + Sender.hex(bytes(other.secret()), body)))
                .isEqualTo(401);
        assertThat(signed(key, body, "sha256=" + Sender.hex(bytes(key.secret()), body + " ")))
                .as("another body under this signature")
                .isEqualTo(401);
        assertThat(signed(key, body, "sha256=")).isEqualTo(401);
        var nowhere = sender.send("/hooks/" + UUID.randomUUID(), body, "X-Hub-Signature-256", "sha256=00");
        assertThat(nowhere.statusCode()).isEqualTo(401);
        assertThat(nowhere.body())
                .as("a repository that is not there answers as one whose secret is another")
                .isEqualTo(sender.send(key, body, "X-Hub-Signature-256", "sha256=00")
                        .body());

        assertThat(deliveries(key)).isZero();
        assertThat(repositories.known(key.repository().id()).refused()).isEqualTo(6);
        assertThat(sender.github(key, "pull_request", name, body).statusCode()).isEqualTo(202);
    }

    @Test
    void case_22_a_report_is_taken_of_the_commit_that_was_signed_and_of_no_other() {
        var key = connect("jenkins");
        var of = "commit=" + HEAD + "&branch=main&build=17";
        var now = clock.instant().getEpochSecond();
        var report = "<testsuite><testcase classname='s.T' name='came by a webhook'/></testsuite>";

        var taken = sender.report(key, of, of, now, report);

        assertThat(taken.statusCode()).as(taken.body()).isEqualTo(201);
        assertThat(taken.body()).contains("junit");
        assertThat(sender.report(key, of, of, now, report).statusCode())
                .as("again")
                .isEqualTo(200);
        var another = of.replace('a', 'b');
        assertThat(sender.report(key, another, of, now, report).statusCode()).isEqualTo(401);
        assertThat(sender.report(key, of, of, now - 600, report).statusCode()).isEqualTo(401);
        assertThat(sender.report(connect("github"), of, of, now, report).statusCode())
                .as("signs no time")
                .isEqualTo(401);
        var none = sender.report(key, of, of, now, "hello");
        assertThat(none.statusCode()).isEqualTo(400);
        assertThat(none.body()).contains("plain text");
        assertThat(sender.report(key, "build=1", "build=1", now, report).body()).contains("commit");
        var twice = of + "&build=18";
        assertThat(sender.report(key, twice, twice, now, report)).satisfies(answer -> {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("build: is given twice");
        });
        var delivery = "{\"name\":\"build\"}";
        assertThat(sender.sent(
                                key.repository().hook() + "?" + of,
                                "application/octet-stream",
                                report,
                                "X-Conduct-Timestamp",
                                String.valueOf(now),
                                "X-Conduct-Signature",
                                "sha256=" + Sender.hex(bytes(key.secret()), now + "." + of + "." + report))
                        .statusCode())
                .as("signed as a delivery")
                .isEqualTo(401);
        assertThat(sender.send(
                                key,
                                delivery,
                                "X-Conduct-Timestamp",
                                String.valueOf(now),
                                "X-Conduct-Signature",
                                "sha256=" + Sender.hex(bytes(key.secret()), "report." + now + "." + delivery))
                        .statusCode())
                .as("a delivery signed as a report")
                .isEqualTo(401);
        assertThat(database.sql("""
                                select via || ' ' || convert_from(entry, 'UTF8') from ledger.event
                                 where action = 'report.receive' and actor = 'system:source'
                                 order by row desc limit 1
                                """).query(String.class).single())
                .startsWith("hook ")
                .contains("\"from\":\"repository:" + key.repository().id() + "\"");
        assertThat(database.sql("select commit from quality.report where product = :product")
                        .param("product", product)
                        .query(String.class)
                        .list())
                .containsExactly(HEAD);
    }

    @Test
    void case_22_what_was_sent_before_changes_nothing_under_whatever_name_it_comes_again() {
        var key = connect("github");
        var body = pullRequest("open", null, "2026-11-20T10:00:00Z");
        var name = UUID.randomUUID().toString();
        assertThat(sender.github(key, "pull_request", name, body).body()).contains("waiting");

        assertThat(sender.github(key, "pull_request", name, body).body()).contains("known");
        assertThat(sender.github(key, "pull_request", body).body())
                .as("the name is not signed")
                .contains("known");
        assertThat(sender.github(key, "ping", body).body())
                .as("nor is the event")
                .contains("known");

        assertThat(deliveries(key)).isEqualTo(1);
    }

    @Test
    void case_22_where_the_sender_signs_the_time_what_is_five_minutes_old_is_refused() {
        var gitlab = connect("gitlab");
        var script = connect("jenkins");
        var old = clock.instant().minus(Duration.ofMinutes(6)).getEpochSecond();
        var now = clock.instant().getEpochSecond();
        var build = "{\"name\":\"build\",\"build\":{\"number\":1,\"phase\":\"COMPLETED\",\"status\":\"SUCCESS\","
                + "\"scm\":{\"commit\":\"" + HEAD + "\"}}}";
        var push = "{\"object_kind\":\"push\",\"ref\":\"refs/heads/main\",\"after\":\"" + HEAD + "\",\"commits\":[]}";

        assertThat(standard(gitlab, old, push, push)).isEqualTo(401);
        assertThat(standard(gitlab, now, push, push + " ")).isEqualTo(401);
        assertThat(standard(gitlab, now, push, push)).isEqualTo(202);
        assertThat(timed(script, old, old, build)).isEqualTo(401);
        assertThat(timed(script, old, now, build))
                .as("a time that was not signed")
                .isEqualTo(401);
        assertThat(timed(script, now, now, build)).isEqualTo(202);
        assertThat(sender.send(gitlab, push + "\n", "X-Gitlab-Token", "guessed").statusCode())
                .isEqualTo(401);
    }

    @Test
    void case_22_what_comes_out_of_order_never_moves_a_change_back() {
        var key = connect("github");
        sender.github(key, "pull_request", pullRequest("closed", "2026-11-20T12:00:00Z", "2026-11-20T12:00:00Z"));
        sender.github(key, "pull_request", pullRequest("open", null, "2026-11-20T10:00:00Z"));
        sender.github(key, "pull_request", pullRequest("open", null, "2026-11-20T13:00:00Z"));
        sender.github(key, "workflow_run", run("completed", "failure", "2026-11-20T11:05:00Z"));
        sender.github(key, "workflow_run", run("in_progress", "", "2026-11-20T11:06:00Z"));
        sender.github(key, "workflow_run", run("completed", "success", "2026-11-20T11:04:00Z"));

        work.workOff();

        assertThat(state(key, "change")).isEqualTo("merged");
        assertThat(state(key, "run")).isEqualTo("failed");
        assertThat(database.sql("select count(*) from source.delivery where repository = :id and state = 'passed_over'")
                        .param("id", key.repository().id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void a_database_gone_in_the_middle_has_the_sender_deliver_again_and_nothing_is_half_written() throws Exception {
        var key = connect("github");
        var body = pullRequest("open", null, "2026-11-20T10:00:00Z");
        var name = UUID.randomUUID().toString();
        HttpResponse<String> answer;
        try (var holding = source.getConnection()) {
            holding.setAutoCommit(false);
            holding.createStatement().execute("lock table source.delivery in exclusive mode");
            var coming = CompletableFuture.supplyAsync(() -> sender.github(key, "pull_request", name, body));
            await().until(() -> cut("insert into source.delivery") > 0);
            answer = coming.get(30, TimeUnit.SECONDS);
            holding.rollback();
        }

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(count("source.delivery", key)).isZero();
        assertThat(sender.github(key, "pull_request", name, body).body()).contains("waiting");
        work.workOff();
        assertThat(count("source.change", key)).isEqualTo(1);
    }

    @Test
    void a_database_gone_under_a_report_has_the_sender_send_it_again() throws Exception {
        var key = connect("jenkins");
        var of = "commit=" + HEAD + "&build=18";
        var now = clock.instant().getEpochSecond();
        var report = "<testsuite><testcase classname='s.T' name='came twice'/></testsuite>";
        HttpResponse<String> answer;
        try (var holding = source.getConnection()) {
            holding.setAutoCommit(false);
            holding.createStatement().execute("lock table quality.report in exclusive mode");
            var coming = CompletableFuture.supplyAsync(() -> sender.report(key, of, of, now, report));
            await().until(() -> cut("insert into quality.report") > 0);
            answer = coming.get(30, TimeUnit.SECONDS);
            holding.rollback();
            holding.createStatement().execute("lock table quality.test_case in exclusive mode");
            coming = CompletableFuture.supplyAsync(() -> sender.report(key, of, of, now, report));
            await().until(() -> cut("copy quality.test_case") > 0);
            assertThat(coming.get(30, TimeUnit.SECONDS).statusCode())
                    .as("while rows are copied")
                    .isEqualTo(503);
            holding.rollback();
        }

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(sender.report(key, of, of, now, report).statusCode()).isEqualTo(201);
    }

    /// Ends the connections on which that is under way, as a database does that goes.
    private long cut(String statement) {
        return database.sql("""
                        select count(pg_terminate_backend(pid)) from pg_stat_activity
                         where wait_event_type = 'Lock' and query like :statement and pid <> pg_backend_pid()
                        """)
                .param("statement", statement + "%")
                .query(Long.class)
                .single();
    }

    private long count(String table, Repositories.Key key) {
        return database.sql("select count(*) from " + table + " where repository = :id")
                .param("id", key.repository().id())
                .query(Long.class)
                .single();
    }

    @Test
    void what_is_too_large_no_json_or_from_who_was_disconnected_is_refused() {
        var key = connect("github");
        var large = "{\"a\":\"" + "x".repeat(HookController.MOST) + "\"}";
        assertThat(sender.github(key, "push", large).statusCode()).isEqualTo(413);

        assertThat(sender.github(key, "push", "no json").statusCode()).isEqualTo(202);
        assertThat(sender.github(key, "push", "{\"ref\":\"refs/heads/main\",\"commits\":[{\"id\":\"x\"}],\"after\":7}")
                        .statusCode())
                .isEqualTo(202);
        work.workOff();
        assertThat(database.sql("select says from source.delivery where repository = :id order by place")
                        .param("id", key.repository().id())
                        .query(String.class)
                        .list())
                .containsExactly("It is no JSON.", "The commit of a commit is missing, or is none.");

        repositories.activate(key.repository().id(), false, ANA);
        assertThat(sender.github(key, "ping", "{}").statusCode()).isEqualTo(401);
    }

    private Repositories.Key connect(String host) {
        return repositories.add(new Repositories.Wanted(product, "octo/" + host, host, "", "main"), ANA);
    }

    private int signed(Repositories.Key key, String body, String signature) {
        return sender.send(key, body, "X-GitHub-Event", "pull_request", "X-Hub-Signature-256", signature)
                .statusCode();
    }

    private int standard(Repositories.Key key, long time, String signed, String sent) {
        return sender.send(
                        key,
                        sent,
                        "webhook-id",
                        "d1",
                        "webhook-timestamp",
                        String.valueOf(time),
                        "webhook-signature",
                        Sender.standard(key.secret(), "d1", time, signed))
                .statusCode();
    }

    private int timed(Repositories.Key key, long signed, long said, String body) {
        return sender.send(
                        key,
                        body,
                        "X-Conduct-Timestamp",
                        String.valueOf(said),
                        "X-Conduct-Signature",
                        "sha256=" + Sender.hex(bytes(key.secret()), signed + "." + body))
                .statusCode();
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    private long deliveries(Repositories.Key key) {
        return database.sql("select count(*) from source.delivery where repository = :id")
                .param("id", key.repository().id())
                .query(Long.class)
                .single();
    }

    private String state(Repositories.Key key, String table) {
        return database.sql("select state from source." + table + " where repository = :id")
                .param("id", key.repository().id())
                .query(String.class)
                .single();
    }

    private static String pullRequest(String state, @org.jspecify.annotations.Nullable String merged, String updated) {
        return """
                {"action":"x","pull_request":{"number":7,"title":"T","body":null,"state":"%s","user":{"login":"octo"},
                 "head":{"ref":"fix","sha":"%s"},"base":{"ref":"main"},"html_url":"https://example.org/7",
                 "merged":%s,"merged_at":%s,"merge_commit_sha":null,"created_at":"2026-11-20T09:00:00Z","updated_at":"%s"}}
                """.formatted(
                state, HEAD, merged != null, merged == null ? "null" : "\"" + merged + "\"", Instant.parse(updated));
    }

    private static String run(String status, String conclusion, String updated) {
        return """
                {"workflow_run":{"id":5,"name":"ci","head_sha":"%s","status":"%s","conclusion":"%s","run_attempt":1,
                 "html_url":"https://example.org/5","created_at":"2026-11-20T11:00:00Z","updated_at":"%s"}}
                """.formatted(HEAD, status, conclusion, updated);
    }
}
