package dev.conduct.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.kernel.Html;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.Assets;
import dev.conduct.shell.Frame;
import dev.conduct.shell.Words;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The procedure from outside.
@ConductTest
class RulebookTest {

    private static final JsonMapper JSON = new JsonMapper();

    private final Clients clients;
    private final Procedures procedures;
    private final dev.conduct.support.TestClock clock;
    private final Html html;
    private final RegisterPages page;
    private final Assets assets;
    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    RulebookTest(
            Clients clients,
            Procedures procedures,
            dev.conduct.support.TestClock clock,
            Html html,
            RegisterPages page,
            Assets assets,
            @LocalServerPort int port) {
        this.html = html;
        this.page = page;
        this.assets = assets;
        this.clients = clients;
        this.procedures = procedures;
        this.clock = clock;
        base = "http://localhost:" + port;
    }

    private String token(String role) throws IOException, InterruptedException {
        var key = clients.create("reader of rules", Set.of(role), "system:cli", "cli");
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return JSON.readTree(answer.body()).get("access_token").asString();
    }

    private JsonNode get(String path, String token) throws IOException, InterruptedException {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> adopt(Map<String, Object> body, String token)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/procedure/versions"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static Map<String, String> standard() {
        return PackFiles.standard().files().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, it -> new String(it.getValue(), StandardCharsets.UTF_8)));
    }

    @Test
    void the_procedure_in_force_says_version_hash_date_and_parameters() throws Exception {
        var inForce = get("/api/v1/procedure", token("developer"));
        var procedure = procedures.at(clock.instant());

        assertThat(inForce.get("version").asString()).isEqualTo(procedure.version());
        assertThat(inForce.get("hash").asString()).isEqualTo(procedure.hash());
        assertThat(Duration.parse(
                        inForce.get("parameters").get("acknowledge_critical").asString()))
                .isEqualTo(Duration.ofMinutes(15));
        assertThat(inForce.get("effective").asString()).endsWith("Z");
    }

    @Test
    void every_clause_says_what_holds_it() throws Exception {
        var clauses = get("/api/v1/procedure/clauses", token("auditor"));

        assertThat(clauses).hasSize(76);
        clauses.forEach(clause -> assertThat(
                        clause.has("held") && clause.has("controls") && clause.has("title") && clause.has("chapter"))
                .isTrue());
        var review = clauses.valueStream()
                .filter(it -> it.get("id").asString().equals("BUG-5"))
                .findFirst()
                .orElseThrow();
        assertThat(review.get("held").asBoolean()).isTrue();
        assertThat(review.get("controls").valueStream().map(it -> it.get("kind").asString()))
                .contains("gate", "role");
    }

    @Test
    void nobody_reads_or_adopts_without_the_right() throws Exception {
        var nobody = http.send(
                HttpRequest.newBuilder(URI.create(base + "/api/v1/procedure")).build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(adopt(Map.of("files", standard(), "approved_by", "x"), token("developer"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_version_needs_somebody_known_who_answers_for_it() throws Exception {
        var answer = adopt(Map.of("files", standard(), "approved_by", "nobody@example.com"), token("administrator"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("approved_by").contains("unknown_person");
    }

    @Test
    void the_register_shows_every_clause_and_what_holds_it() {
        var words = new Words(java.time.ZoneOffset.UTC, clock.instant());
        var frame = new Frame(
                null, "", "", "/procedure", "/procedure", "", false, words, List.of(), List.of(), "", null, assets);

        var shown = html.render("rulebook/register.jte", Map.of("view", page.register(null, ""), "frame", frame));
        var parameters = html.render("rulebook/parameters.jte", Map.of("view", page.parameters(), "frame", frame));

        procedures
                .at(clock.instant())
                .clauses()
                .keySet()
                .forEach(id -> assertThat(shown).contains("id=\"" + id + "\""));
        assertThat(shown).contains("Not yet");
        assertThat(parameters).contains("Watched in production for");
    }

    @Test
    void words_and_a_chapter_narrow_the_register() {
        assertThat(page.register(null, "reviews the fix").shown())
                .extracting(it -> it.clause().id())
                .contains("BUG-5")
                .hasSizeLessThan(10);
        assertThat(page.register(null, "nosuchword").shown()).isEmpty();
    }
}
