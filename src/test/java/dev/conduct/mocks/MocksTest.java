package dev.conduct.mocks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import dev.conduct.testing.Programs;
import dev.conduct.work.Products;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Mocks from their upload to what they answer and what runs say of them, over HTTP.
@ConductTest
class MocksTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Actor ADMINISTRATOR = new Actor("system:test", "Test", Set.of("administrator"), "api");
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PAYMENTS = """
            {"mappings": [
              {"name": "Pay", "request": {"method": "POST", "urlPath": "/pay",
                                          "bodyPatterns": [{"matchesJsonPath": "$.amount"}]},
               "response": {"status": 201, "jsonBody": {"paid": true},
                            "headers": {"Content-Type": "application/json", "X-Bank": ["a", "b"]}}},
              {"name": "Open", "scenarioName": "account", "requiredScenarioState": "Started", "newScenarioState": "shut",
               "request": {"urlPath": "/account"}, "response": {"body": "open"}},
              {"name": "Shut", "scenarioName": "account", "requiredScenarioState": "shut",
               "request": {"urlPath": "/account"}, "response": {"status": 410}},
              {"name": "Slow", "request": {"urlPath": "/slow"},
               "response": {"fixedDelayMilliseconds": 150, "body": "at last"}},
              {"name": "Form", "request": {"method": "PUT", "urlPath": "/form",
                                           "bodyPatterns": [{"equalTo": "a=1&b=2"}]}, "response": {"body": "<h1>x</h1>",
                                           "headers": {"Content-Type": "text/html"}}}]}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Programs programs;
    private final Products products;
    private final JdbcClient database;
    private final String base;
    private final String product = "MK" + COUNT.incrementAndGet();
    private final String mocks = "/api/v1/products/" + product + "/mocks";

    MocksTest(Clients clients, Products products, JdbcClient database, @LocalServerPort int port) {
        this.programs = new Programs(clients, port);
        this.products = products;
        this.database = database;
        this.base = "http://localhost:" + port;
    }

    @BeforeEach
    void a_product_that_leans_on_payments() {
        products.create(product, "Mocked", ADMINISTRATOR);
        assertThat(programs.post(
                                "qa",
                                "/api/v1/products/" + product + "/integration-parts",
                                Map.of("name", "payments", "kind", "third_party"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void it_answers_as_its_mappings_say_and_tells_what_it_was_asked() throws Exception {
        var address = written();

        var paid = send("POST", address + "/pay", "{\"amount\": 5}", "Content-Type", "application/json");
        assertThat(paid.statusCode()).isEqualTo(201);
        assertThat(paid.body()).isEqualTo("{\"paid\":true}");
        assertThat(paid.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(paid.headers().allValues("X-Bank")).containsExactly("a", "b");
        assertThat(send("GET", address + "/account", "").body()).isEqualTo("open");
        assertThat(send("GET", address + "/account", "").statusCode()).isEqualTo(410);
        assertThat(send("GET", address + "/slow", "").body()).isEqualTo("at last");

        var unmatched = send("POST", address + "/pay", "{}", "Content-Type", "application/json");
        assertThat(unmatched.statusCode()).isEqualTo(404);
        assertThat(unmatched.body()).contains("Nearest: Pay (mappings[0]), which expects body with $.amount");

        assertThat(asked())
                .containsExactly(
                        "POST /pay 404 ",
                        "GET /slow 200 Slow",
                        "GET /account 410 Shut",
                        "GET /account 200 Open",
                        "POST /pay 201 Pay");
        assertThat(programs.post("qa", mocks + "/payments-api/reset", Map.of()).status())
                .isEqualTo(200);
        assertThat(asked()).isEmpty();
        assertThat(send("GET", address + "/account", "").body()).isEqualTo("open");
    }

    @Test
    void it_shares_nothing_with_the_server_it_lies_on() throws Exception {
        var address = written();

        var form = send("PUT", address + "/form", "a=1&b=2", "Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.body()).as("a body of whatever kind comes unread").isEqualTo("<h1>x</h1>");
        assertThat(form.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("sandbox");
        assertThat(form.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(form.headers().firstValue("Set-Cookie")).isEmpty();
        var window = send("PUT", address + "/form", "a=1&b=2", "Sec-Fetch-Dest", "document");
        assertThat(window.statusCode()).isEqualTo(403);
        assertThat(window.body()).doesNotContain("<h1>");
        assertThat(send("POST", address + "/pay", "x".repeat(1024 * 1024 + 1)).statusCode())
                .isEqualTo(413);
        assertThat(send("GET", base + "/mock/AAAAAAAAAAAAAAAAAAAAAA/pay", "").statusCode())
                .isEqualTo(404);
        assertThat(send("GET", base + "/mock/short/pay", "").statusCode()).isEqualTo(404);
    }

    @Test
    void it_is_versioned_by_what_it_says() {
        var _ = written();
        assertThat(write(PAYMENTS, null).json().get("version").asInt()).isEqualTo(1);
        var changed = PAYMENTS.replace("201", "202");
        assertThat(write(changed, 7).status()).isEqualTo(412);
        assertThat(write(changed, 1).json().get("version").asInt()).isEqualTo(2);
        assertThat(write(changed.replace("urlPath", "urlOfSomeKind"), null).text())
                .contains("mappings[0].request.urlOfSomeKind is not supported");
        assertThat(programs.put(
                                "qa",
                                mocks + "/other",
                                Map.of("external", "nowhere", "mappings", Map.of("response", Map.of())))
                        .text())
                .contains("\"field\":\"external\"")
                .contains("Nothing of the catalogue is called so");
        assertThat(programs.put("support", mocks + "/payments-api", Map.of()).status())
                .isEqualTo(403);
        assertThat(programs.get("customer", mocks).status()).isIn(403, 404);
    }

    @Test
    void a_retired_one_answers_nobody_and_what_it_did_stays() throws Exception {
        var address = written();
        var _ = send("GET", address + "/account", "");

        assertThat(programs.delete("qa", mocks + "/payments-api").status()).isEqualTo(204);

        assertThat(send("GET", address + "/account", "").statusCode()).isEqualTo(404);
        assertThat(asked()).hasSize(1);
        assertThat(write(PAYMENTS, null).json().get("retired").asBoolean()).isFalse();
        assertThat(send("GET", address + "/account", "").statusCode()).isEqualTo(410);
    }

    @Test
    void only_the_last_requests_are_kept() throws Exception {
        var address = written();
        database.sql("""
                        insert into mocks.request (mock, version, at, method, url, status, stub, nearest)
                        select m.id, 1, now(), 'GET', '/old', 200, 'old', ''
                          from mocks.mock m, generate_series(1, 700) where m.product = :product
                        """).param("product", product).update();

        for (var request = 0; request < 60; request++) {
            var _ = send("GET", address + "/slower", "");
        }

        assertThat(database.sql("""
                        select count(*) from mocks.request r join mocks.mock m on m.id = r.mock
                         where m.product = :product
                        """).param("product", product).query(Long.class).single())
                .isLessThanOrEqualTo(560);
    }

    @Test
    void a_report_and_a_run_by_hand_say_which_version_stood_in() {
        var _ = written();
        var report = programs.bytes(
                "qa",
                "/api/v1/reports?product=" + product
                        + "&commit=3f9c1e5a77b0&mocked=payments&mocked=clock%20of%20the%20bank",
                "<testsuite name='s' tests='1'><testcase classname='a' name='b'/></testsuite>");
        assertThat(texts(report.json().get("mocked")))
                .containsExactly("payments: payments-api, version 1", "clock of the bank");

        var plan = programs.post("qa", "/api/v1/products/" + product + "/test-plans", Map.of("title", "Pays"))
                .json()
                .get("id")
                .asString();
        var _ = programs.post("qa", "/api/v1/test-plans/" + plan + "/cases", Map.of("title", "Pays once"));
        var run = programs.post(
                "qa",
                "/api/v1/test-plans/" + plan + "/runs",
                Map.of("commit", "3f9c1e5a77b0", "mocked", List.of("payments-api")));
        assertThat(texts(run.json().get("mocked"))).containsExactly("payments: payments-api, version 1");
    }

    private String written() {
        return base + write(PAYMENTS, null).json().get("address").asString();
    }

    private Programs.Answer write(String mappings, @Nullable Integer version) {
        var body = new HashMap<String, Object>(Map.of("external", "Payments", "mappings", JSON.readTree(mappings)));
        if (version != null) {
            body.put("version", version);
        }
        return programs.put("qa", mocks + "/payments-api", body);
    }

    private List<String> asked() {
        return StreamSupport.stream(
                        programs.get("support", mocks + "/payments-api/requests")
                                .json()
                                .get("items")
                                .spliterator(),
                        false)
                .map(one -> one.get("method").asString() + " " + one.get("url").asString() + " "
                        + one.get("status").asInt() + " " + one.get("stub").asString())
                .toList();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private HttpResponse<String> send(String method, String address, String body, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(address)).method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
