package dev.conduct.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Accounts;
import dev.conduct.identity.Actor;
import dev.conduct.identity.Clients;
import dev.conduct.identity.GroupRoles;
import dev.conduct.identity.People;
import dev.conduct.identity.Scope;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// SCIM 2.0 from outside, as directories speak it.
@ConductTest
class ScimTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Accounts accounts;
    private final Clients clients;
    private final GroupRoles groupRoles;
    private final People people;
    private final String address;
    private String token = "";

    ScimTest(Accounts accounts, Clients clients, GroupRoles groupRoles, People people, @LocalServerPort int port) {
        this.accounts = accounts;
        this.clients = clients;
        this.groupRoles = groupRoles;
        this.people = people;
        this.address = "http://localhost:" + port;
    }

    @BeforeEach
    void a_directory_has_a_token() throws IOException, InterruptedException {
        token = token(Set.of("administrator"), Set.of(Scope.SCIM));
    }

    @Test
    void only_the_program_of_an_administrator_with_the_scope_comes_in_and_to_nothing_else()
            throws IOException, InterruptedException {
        assertThat(get("/scim/v2/Users").statusCode()).isEqualTo(200);
        assertThat(get("/api/v1/people").statusCode()).isEqualTo(403);
        assertThat(get("/api/v1/me").statusCode()).isEqualTo(403);

        token = token(Set.of("administrator"), Set.of(Scope.READ, Scope.WRITE, Scope.ADMINISTER));
        assertThat(get("/scim/v2/Users").statusCode()).isEqualTo(403);
        token = token(Set.of("developer"), Set.of(Scope.SCIM, Scope.READ, Scope.WRITE));
        assertThat(get("/scim/v2/Users").statusCode()).isEqualTo(403);
        token = "nonsense";
        assertThat(get("/scim/v2/Users").statusCode()).isEqualTo(401);
    }

    @Test
    void a_person_is_made_found_changed_deactivated_removed_and_brought_back()
            throws IOException, InterruptedException {
        var email = mail();
        var external = "ext-" + UUID.randomUUID();
        var made = send("POST", "/scim/v2/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s", "externalId": "%s",
                 "name": {"givenName": "Rosa", "familyName": "Lind"}, "active": true,
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "x"}}
                """.formatted(email, external));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var user = JSON.readTree(made.body());
        var id = user.path("id").asString();
        assertThat(user.path("displayName").asString()).isEqualTo("Rosa Lind");
        assertThat(made.headers().firstValue("Location").orElseThrow()).endsWith("/scim/v2/Users/" + id);
        assertThat(send(
                                "POST",
                                "/scim/v2/Users",
                                "{\"userName\": \"" + email.toUpperCase(java.util.Locale.ROOT) + "\"}")
                        .body())
                .contains("\"status\":\"409\"", "uniqueness");

        assertThat(found("userName eq \"" + email.toUpperCase(java.util.Locale.ROOT) + "\" and active eq true"))
                .isEqualTo(1);
        assertThat(found("externalId eq \"" + external + "\"")).isEqualTo(1);
        assertThat(found("externalId eq \"" + external + "\" and active eq false"))
                .isZero();
        assertThat(get("/scim/v2/Users?filter=userName%20co%20%22x%22").body()).contains("invalidFilter");

        var stale = made.headers().firstValue("ETag").orElseThrow();
        var renamed = patch(
                id,
                "{\"op\": \"Replace\", \"path\": \"name.familyName\", \"value\": \"Lindholm\"}, "
                        + "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Rosa Lindholm\"}");
        assertThat(JSON.readTree(renamed.body()).path("displayName").asString()).isEqualTo("Rosa Lindholm");
        assertThat(send("PATCH", "/scim/v2/Users/" + id, operations(""), "If-Match", stale)
                        .statusCode())
                .isEqualTo(412);

        assertThat(patch(id, "{\"op\": \"Replace\", \"value\": {\"active\": \"False\"}}")
                        .body())
                .contains("\"active\":false");
        assertThat(people.find("person:" + id).orElseThrow().active()).isFalse();
        assertThat(patch(id, "{\"op\": \"replace\", \"path\": \"active\", \"value\": true}")
                        .statusCode())
                .isEqualTo(200);

        assertThat(send("DELETE", "/scim/v2/Users/" + id, "").statusCode()).isEqualTo(204);
        assertThat(get("/scim/v2/Users/" + id).statusCode()).isEqualTo(404);
        assertThat(found("userName eq \"" + email + "\"")).isZero();
        assertThat(people.find("person:" + id).orElseThrow().active()).isFalse();
        var back = send("POST", "/scim/v2/Users", "{\"userName\": \"" + email + "\", \"displayName\": \"Rosa\"}");
        assertThat(JSON.readTree(back.body()).path("id").asString()).isEqualTo(id);
        assertThat(people.find("person:" + id).orElseThrow().active()).isTrue();
    }

    @Test
    void groups_give_their_members_roles_at_once_and_take_them_back() throws IOException, InterruptedException {
        var name = "Testers " + UUID.randomUUID();
        groupRoles.add(name, "qa", ADMINISTRATOR);
        var tom = accounts.add("Tom Okafor", mail(), Set.of("developer"), ADMINISTRATOR);
        var lena = accounts.add("Lena Vo", mail(), Set.of(), ADMINISTRATOR);
        var made = send(
                "POST",
                "/scim/v2/Groups",
                "{\"displayName\": \"%s\", \"members\": [{\"value\": \"%s\"}]}".formatted(name, id(tom)));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        var group = JSON.readTree(made.body()).path("id").asString();
        assertThat(roles(tom)).containsExactlyInAnyOrder("developer", "qa");

        var added = send(
                "PATCH",
                "/scim/v2/Groups/" + group,
                operations("{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"" + id(lena) + "\"}]}"));
        assertThat(added.body()).contains("Tom Okafor", "Lena Vo");
        assertThat(roles(lena)).containsExactly("qa");
        assertThat(get("/scim/v2/Users/" + id(lena)).body()).contains(name);

        send(
                "PATCH",
                "/scim/v2/Groups/" + group,
                operations("{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + id(tom) + "\\\"]\"}"));
        assertThat(roles(tom)).containsExactly("developer");
        send(
                "PATCH",
                "/scim/v2/Groups/" + group,
                operations(
                        "{\"op\": \"Remove\", \"path\": \"members\", \"value\": [{\"value\": \"" + id(lena) + "\"}]}"));
        assertThat(roles(lena)).isEmpty();
        assertThat(send(
                                "PATCH",
                                "/scim/v2/Groups/" + group,
                                operations("{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \""
                                        + UUID.randomUUID() + "\"}]}"))
                        .statusCode())
                .isEqualTo(400);

        assertThat(send("DELETE", "/scim/v2/Groups/" + group, "").statusCode()).isEqualTo(204);
        assertThat(get("/scim/v2/Groups/" + group).statusCode()).isEqualTo(404);
    }

    @Test
    void lists_come_in_pages_and_show_what_was_asked_for() throws IOException, InterruptedException {
        accounts.add("Page One", mail(), Set.of(), ADMINISTRATOR);
        accounts.add("Page Two", mail(), Set.of(), ADMINISTRATOR);
        var first = JSON.readTree(
                get("/scim/v2/Users?startIndex=1&count=1&attributes=userName").body());
        var second = JSON.readTree(get("/scim/v2/Users?startIndex=2&count=1&excludedAttributes=emails,groups")
                .body());

        assertThat(first.path("totalResults").asInt()).isGreaterThan(1);
        assertThat(first.path("Resources").size()).isEqualTo(1);
        assertThat(first.at("/Resources/0").propertyNames())
                .contains("userName", "id")
                .doesNotContain("displayName");
        assertThat(second.at("/Resources/0").propertyNames())
                .contains("displayName")
                .doesNotContain("emails");
        assertThat(first.at("/Resources/0/id")).isNotEqualTo(second.at("/Resources/0/id"));
        assertThat(JSON.readTree(get("/scim/v2/Users?count=0").body())
                        .path("Resources")
                        .size())
                .isZero();
    }

    @Test
    void hostile_bodies_get_a_clear_refusal() throws IOException, InterruptedException {
        for (var body : new String[] {
            "",
            "[]",
            "{",
            "{\"userName\": 5}",
            "{\"userName\": \"\"}",
            "{\"userName\": \"a\", \"userName\": \"b\"}",
            "{\"userName\": \"no address\"}",
            "{\"userName\": \"x@example.com\\u0000\"}",
            "[".repeat(100),
            "{\"userName\": \"" + "a".repeat(400) + "@example.com\"}"
        }) {
            var answer = send("POST", "/scim/v2/Users", body);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body()).contains("urn:ietf:params:scim:api:messages:2.0:Error");
        }
        var tom = id(accounts.add("Tom Okafor", mail(), Set.of(), ADMINISTRATOR));
        for (var operation : new String[] {
            "",
            "{\"op\": \"drop\"}",
            "{\"op\": \"remove\"}",
            "{\"op\": \"replace\", \"path\": \"a[b\", \"value\": 1}",
            "{\"op\": \"replace\", \"path\": \"active\", \"value\": \"perhaps\"}"
        }) {
            assertThat(patch(tom, operation).statusCode()).as(operation).isEqualTo(400);
        }
    }

    @Test
    void it_says_what_it_can_do() throws IOException, InterruptedException {
        assertThat(get("/scim/v2/ServiceProviderConfig").body()).contains("\"patch\":{\"supported\":true}");
        assertThat(get("/scim/v2/ResourceTypes").body()).contains("\"/Users\"", "\"/Groups\"");
        assertThat(get("/scim/v2/ResourceTypes/Group").statusCode()).isEqualTo(200);
        assertThat(get("/scim/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User")
                        .body())
                .contains("userName");
        assertThat(get("/scim/v2/Schemas").headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/scim+json");
    }

    private Set<String> roles(People.Person person) {
        return people.find(person.id()).orElseThrow().roles();
    }

    private int found(String filter) throws IOException, InterruptedException {
        var encoded = java.net.URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20");
        return JSON.readTree(get("/scim/v2/Users?filter=" + encoded).body())
                .path("totalResults")
                .asInt();
    }

    private HttpResponse<String> patch(String id, String operation) throws IOException, InterruptedException {
        return send("PATCH", "/scim/v2/Users/" + id, operations(operation));
    }

    private static String operations(String operation) {
        return "{\"schemas\": [\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"], \"Operations\": [" + operation
                + "]}";
    }

    private String token(Set<String> roles, Set<Scope> scopes) throws IOException, InterruptedException {
        var key = clients.create("directory", roles, scopes, "system:cli", "cli");
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(address + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        JsonNode body = JSON.readTree(answer.body());
        return body.path("access_token").asString();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/scim+json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        return http.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String id(People.Person person) {
        return person.id().substring("person:".length());
    }

    private static String mail() {
        return "scim-" + UUID.randomUUID() + "@example.com";
    }
}
