package dev.conduct.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.support.ConductTest;
import dev.conduct.work.Products;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Imports by a program, over HTTP.
@ConductTest
class ImportApiTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final String BOUNDARY = "----conduct";

    private final Clients clients;
    private final Products products;
    private final String base;
    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private String product = "";

    ImportApiTest(Clients clients, Products products, @LocalServerPort int port) {
        this.clients = clients;
        this.products = products;
        this.base = "http://localhost:" + port;
    }

    @BeforeEach
    void a_product_of_its_own() {
        product = "API" + COUNT.incrementAndGet();
        products.create(product, "Import", new Actor("system:test", "Test", Set.of("administrator"), "api"));
    }

    @Test
    void a_dry_run_and_a_run_give_the_same_account() throws Exception {
        var token = token("project_manager");

        var dry = send(token, file("jira-search.json"), field("dry_run", "true"));
        var run = send(token, file("jira-search.json"));

        assertThat(run.statusCode()).isEqualTo(200);
        assertThat(dry.body()).isEqualTo(run.body());
        assertThat(body(run).get("read").asInt()).isEqualTo(3);
        assertThat(body(run).get("imported").asInt()).isEqualTo(3);
    }

    @Test
    void a_role_that_may_not_import_is_refused() throws Exception {
        assertThat(send(token("developer"), file("jira-search.json")).statusCode())
                .isEqualTo(403);
        assertThat(send("nothing", file("jira-search.json")).statusCode()).isEqualTo(401);
    }

    @Test
    void bad_input_names_what_is_wrong() throws Exception {
        var token = token("administrator");

        var noFile = send(token);
        var badMapping = send(token, file("jira-search.json"), part("mapping", "m.yaml", "states: {Open: nowhere}"));
        var archive = send(token, part("file", "issues.zip", "PK\u0003\u0004"));

        assertThat(noFile.statusCode()).isEqualTo(400);
        assertThat(noFile.body()).contains("\"field\":\"file\"");
        assertThat(badMapping.statusCode()).isEqualTo(400);
        assertThat(badMapping.body()).contains("states.Open").contains("`nowhere` is not one of");
        assertThat(archive.statusCode()).isEqualTo(400);
        assertThat(archive.body()).contains("is an archive");
    }

    private HttpResponse<String> send(String token, String... parts) throws Exception {
        var body = field("format", "jira")
                + field("product", product)
                + field("source", "api")
                + String.join("", parts)
                + "--" + BOUNDARY + "--\r\n";
        return http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/imports"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /// The issues of a fixture, under ids of this test's own.
    private String file(String name) throws IOException {
        return part("file", name, Files.readString(Corpus.own(name)).replace("PAY-", product + "-"));
    }

    private static String field(String name, String value) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }

    private static String part(String name, String file, String text) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"" + file
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + text + "\r\n";
    }

    private JsonNode body(HttpResponse<String> response) {
        return json.readTree(response.body());
    }

    private String token(String role) throws Exception {
        var key = clients.create("importer", Set.of(role), "system:cli", "cli");
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return body(answer).get("access_token").asString();
    }
}
