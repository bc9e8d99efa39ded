package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Products;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/// Abuse cases 19, 20 and 29 of the security rules, from outside: what programs send in.
@ConductTest
class AbuseOfReportsTest {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Clients clients;
    private final JdbcClient database;
    private final String base;
    private final String product = "AB" + COUNT.incrementAndGet();
    private final HttpClient http = HttpClient.newHttpClient();

    AbuseOfReportsTest(Clients clients, Products products, JdbcClient database, @LocalServerPort int port) {
        this.clients = clients;
        this.database = database;
        this.base = "http://localhost:" + port;
        products.create(product, "Abused", new Actor("system:test", "Test", Set.of("administrator"), "api"));
    }

    @Test
    void case_19_a_bomb_is_refused_before_it_bursts() throws Exception {
        var spaces = new byte[1 << 20];
        java.util.Arrays.fill(spaces, (byte) ' ');
        var bomb = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bomb)) {
            packed.write("<testsuite><system-out>".getBytes(StandardCharsets.UTF_8));
            for (var i = 0; i < 200; i++) {
                packed.write(spaces);
            }
        }
        var began = System.nanoTime();

        var answer = send("developer", bomb.toByteArray());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        assertThat(kept()).isZero();
    }

    @Test
    void case_20_entities_are_not_expanded_and_a_genuine_jacoco_report_is_taken() throws Exception {
        var laughs = new StringBuilder("<!DOCTYPE testsuite [<!ENTITY a0 \"ha\">");
        for (var i = 1; i < 12; i++) {
            laughs.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        laughs.append("]><testsuite name=\"x\"><testcase name=\"y\"><failure>&a11;</failure></testcase></testsuite>");
        var file = "<!DOCTYPE testsuite [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                + "<testsuite name=\"x\"><testcase name=\"y\"><failure>&x;</failure></testcase></testsuite>";
        for (var hostile : new String[] {laughs.toString(), file}) {
            var answer = send("developer", hostile.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("root:", "hahaha");
        }
        assertThat(kept()).isZero();

        var genuine = Files.readAllBytes(Path.of("src/test/resources/quality/jacoco.xml"));
        assertThat(new String(genuine, StandardCharsets.UTF_8)).contains("<!DOCTYPE report");
        assertThat(send("developer", genuine).statusCode()).isEqualTo(201);
    }

    @Test
    void case_29_only_who_builds_and_tests_sends_reports_and_a_program_shut_out_sends_none() throws Exception {
        var report = Files.readAllBytes(Path.of("src/test/resources/quality/junit.xml"));
        for (var role : new String[] {"customer", "auditor", "support"}) {
            assertThat(send(role, report).statusCode()).as(role).isEqualTo(403);
        }
        var key = clients.create("flood", Set.of("developer"), "system:cli", "cli");
        var token = token(key);
        clients.deactivate(
                "client:" + key.clientId(), new Actor("system:test", "Test", Set.of("administrator"), "api"));
        assertThat(send(token, report, product).statusCode()).as("shut out").isEqualTo(401);
        assertThat(send(token(clients.create("typo", Set.of("qa"), "system:cli", "cli")), report, "NONE" + product)
                        .statusCode())
                .isEqualTo(404);
        assertThat(kept()).isZero();

        for (var again = 0; again < 20; again++) {
            assertThat(send("developer", report).statusCode()).isIn(200, 201);
        }
        assertThat(kept()).as("the same bytes however often").isEqualTo(1);
        assertThat(send("developer", report).headers().firstValue("RateLimit")).isPresent();
    }

    private long kept() {
        return database.sql("select count(*) from quality.report where product = :product")
                .param("product", product)
                .query(Long.class)
                .single();
    }

    private HttpResponse<String> send(String role, byte[] body) throws IOException, InterruptedException {
        return send(token(clients.create("sends", Set.of(role), "system:cli", "cli")), body, product);
    }

    private HttpResponse<String> send(String token, byte[] body, String to) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/reports?product=" + to
                                + "&commit=3f9c1e5a77b0c4d2e8a1f6b93d5072c4ee81a0b6"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(Clients.Key key) throws IOException, InterruptedException {
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body()).get("access_token").asString();
    }
}
