package dev.conduct.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Products;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reports sent by a program, over HTTP.
@ConductTest
class ReportApiTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String COMMIT = "3f9c1e5a77b0c4d2e8a1f6b93d5072c4ee81a0b6";

    private final Clients clients;
    private final Products products;
    private final JdbcClient database;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private String product = "";

    ReportApiTest(Clients clients, Products products, JdbcClient database, @LocalServerPort int port) {
        this.clients = clients;
        this.products = products;
        this.database = database;
        this.base = "http://localhost:" + port;
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "Q" + COUNT.incrementAndGet();
        products.create(product, "Quality", new Actor("system:test", "Test", Set.of("administrator"), "api"));
    }

    @Test
    void a_report_is_kept_with_its_cases_and_an_entry_in_the_ledger() throws Exception {
        var answer = send("developer", "&build=1742&environment=staging&branch=main", fixture("junit.xml"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var report = body(answer);
        assertThat(report.get("kind").asString()).isEqualTo("junit");
        assertThat(report.get("totals").get("tests").asLong()).isEqualTo(7);
        assertThat(report.get("totals").get("flaky").asLong()).isEqualTo(1);
        assertThat(count("test_case", report)).isEqualTo(7);
        assertThat(count("trouble", report)).isEqualTo(1);
        assertThat(database.sql("select says from quality.test_case where report = :id::uuid and name = 'removes'")
                        .param("id", report.get("id").asString())
                        .query(String.class)
                        .single())
                .isEqualTo("expected 1\nat shop.CartTest.removes(CartTest.java:9)");
        assertThat(events(report)).isEqualTo(1);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/api/v1/reports/" + report.get("id").asString());
    }

    @Test
    void the_same_bytes_of_the_same_build_are_taken_once() throws Exception {
        var first = body(send("qa", "&build=1", fixture("lcov.info")));
        var again = send("qa", "&build=1", fixture("lcov.info"));
        var otherBuild = send("qa", "&build=2", fixture("lcov.info"));

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(body(again)).isEqualTo(first);
        assertThat(count("file_coverage", first)).isEqualTo(2);
        assertThat(events(first)).isEqualTo(1);
        assertThat(otherBuild.statusCode()).isEqualTo(201);
    }

    @Test
    void every_kind_is_kept() throws Exception {
        try (var files = Files.list(Path.of("src/test/resources/quality"))) {
            for (var file : files.sorted().toList()) {
                var answer = send("developer", "", Files.readAllBytes(file));

                assertThat(answer.statusCode()).as(file + " " + answer.body()).isEqualTo(201);
            }
        }
        assertThat(database.sql("select label || ' ' || count || ' ' || failed || ' ' || p95 from quality.load_summary"
                                + " join quality.report on report.id = load_summary.report"
                                + " where product = :product and kind = 'jmeter_csv' order by label")
                        .param("product", product)
                        .query(String.class)
                        .list())
                .containsExactly("Cart 1 1 80", "Home, page 1 0 120");
    }

    @Test
    void of_a_broken_report_nothing_is_kept() throws Exception {
        var whole = new String(fixture("junit.xml"), StandardCharsets.UTF_8);
        var cut = whole.substring(0, whole.lastIndexOf("</testsuites>")).getBytes(StandardCharsets.UTF_8);

        var answer = send("developer", "", cut);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(body(answer).get("detail").asString())
                .contains("not well-formed XML")
                .contains("Nothing of it was kept");
        assertThat(database.sql("select count(*) from quality.report where product = :product")
                        .param("product", product)
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(send("developer", "", whole.getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(201);
    }

    @Test
    void what_cannot_be_taken_says_why() throws Exception {
        assertThat(send("customer", "", fixture("junit.xml")).statusCode()).isEqualTo(403);
        assertThat(send("developer", "&environment=a%20b", fixture("junit.xml")).body())
                .contains("\"field\":\"environment\"");
        assertThat(send("developer", "", "hello".getBytes(StandardCharsets.UTF_8))
                        .body())
                .contains("plain text")
                .contains("JUnit XML");
        assertThat(send("developer", "", new byte[0]).statusCode()).isEqualTo(400);
        product = "NOWHERE";
        assertThat(send("developer", "", fixture("junit.xml")).statusCode()).isEqualTo(404);
    }

    @Test
    void a_long_report_is_taken_as_a_stream() throws Exception {
        var cases = 100_000;

        var answer = sendStream("qa", new Cases(cases));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(count("test_case", body(answer))).isEqualTo(cases);
    }

    /// A report made while it is sent.
    private static final class Cases extends InputStream {

        private final int cases;
        private int made = -1;
        private byte[] piece = new byte[0];
        private int at;

        private Cases(int cases) {
            this.cases = cases;
        }

        @Override
        public int read() {
            if (at == piece.length) {
                at = 0;
                made++;
                var text = made == 0
                        ? "<testsuite name='long'>"
                        : made <= cases
                                ? "<testcase classname='shop.Test" + made / 50 + "' name='case " + made
                                        + "' time='0.001'/>\n"
                                : made == cases + 1 ? "</testsuite>" : "";
                piece = text.getBytes(StandardCharsets.UTF_8);
            }
            return piece.length == 0 ? -1 : piece[at++];
        }
    }

    private long count(String table, JsonNode report) {
        return database.sql("select count(*) from quality." + table + " where report = :id::uuid")
                .param("id", report.get("id").asString())
                .query(Long.class)
                .single();
    }

    private long events(JsonNode report) {
        return database.sql("select count(*) from ledger.event where object = :object")
                .param("object", "report:" + report.get("id").asString())
                .query(Long.class)
                .single();
    }

    private JsonNode body(HttpResponse<String> answer) {
        return json.readTree(answer.body());
    }

    private static byte[] fixture(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/resources/quality", name));
    }

    private HttpResponse<String> send(String role, String more, byte[] bytes) throws IOException, InterruptedException {
        return post(role, more, HttpRequest.BodyPublishers.ofByteArray(bytes));
    }

    private HttpResponse<String> sendStream(String role, InputStream bytes) throws IOException, InterruptedException {
        return post(role, "", HttpRequest.BodyPublishers.ofInputStream(() -> bytes));
    }

    private HttpResponse<String> post(String role, String more, HttpRequest.BodyPublisher bytes)
            throws IOException, InterruptedException {
        var uri = URI.create(base + "/api/v1/reports?product=" + product + "&commit=" + COMMIT + more);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Authorization", "Bearer " + token(role))
                        .header("Content-Type", "application/octet-stream")
                        .POST(bytes)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(String role) throws IOException, InterruptedException {
        var key = clients.create("reports " + COUNT.incrementAndGet(), Set.of(role), "system:test", "api");
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return json.readTree(answer.body()).get("access_token").asString();
    }
}
