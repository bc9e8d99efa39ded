package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationResult;

/// Abuse cases 2, 4, 12, 16 and 27 of the security rules, from outside. Cases 1, 3, 6, 7, 8 and 14 are held by
/// `SignInTest`, 15 by `RouteTableTest`, 28 by `LedgerTest`.
@ConductTest
@ExtendWith(OutputCaptureExtension.class)
class AbuseCasesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Accounts accounts;
    private final People people;
    private final Clients clients;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;

    AbuseCasesTest(
            Accounts accounts,
            People people,
            Clients clients,
            JdbcClient db,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.people = people;
        this.clients = clients;
        this.db = db;
        this.clock = clock;
        this.port = port;
    }

    @BeforeEach
    void nobody_has_tried_anything_yet() {
        db.sql("delete from identity.throttle").update();
        clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void case_2_the_api_is_no_way_around_the_second_factor() {
        var email = email();
        var half = invited(accounts.add("Tom Okafor", email, Set.of("administrator"), ADMINISTRATOR));
        var key = clients.create("grants", Set.of("qa"), "system:cli", "cli");

        assertThat(half.http.get("/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(half.http.get("/api/v1/people").statusCode()).isEqualTo(401);
        assertThat(half.http.get("/account").headers().firstValue("Location")).hasValue("/sign-in/code");
        assertThat(half.http.get("/sign-in/again").headers().firstValue("Location"))
                .hasValue("/sign-in/code");
        assertThat(new Http(port)
                        .get("/api/v1/me", "Authorization", Http.basic(email, PASSWORD))
                        .statusCode())
                .isEqualTo(401);
        for (var grant : new String[] {"password", "refresh_token", "authorization_code"}) {
            var answer = new Http(port)
                    .form(
                            "/oauth2/token",
                            Map.of("grant_type", grant, "username", email, "password", PASSWORD, "code", "x"),
                            "Authorization",
                            Http.basic(key.clientId(), key.clientSecret()));
            assertThat(answer.statusCode()).as(grant + answer.body()).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("access_token");
        }
    }

    @Test
    void a_server_without_the_demo_has_no_open_door_and_knows_no_such_factor() {
        var person = accounts.add("Tom Okafor", email(), Set.of("administrator"), ADMINISTRATOR);
        var visitor = new Visitor(port);

        assertThat(visitor.http.get("/sign-in").body()).doesNotContain("/demo/");
        assertThat(visitor.http.get("/demo/sign-in").statusCode()).isNotEqualTo(200);
        var tried = visitor.http.fill("/sign-in", "/demo/sign-in", Map.of("person", person.id()));
        assertThat(tried.statusCode()).isIn(302, 303, 401, 404);
        assertThat(visitor.signedIn()).isFalse();
        var demo = UsernamePasswordAuthenticationToken.authenticated(
                person.id(), null, List.of(Factors.granted(Factors.DEMO, clock.instant())));
        assertThat(Factors.complete(false).authorize(() -> demo, this))
                .extracting(AuthorizationResult::isGranted)
                .isEqualTo(false);
        assertThat(Factors.complete(true).authorize(() -> demo, this))
                .extracting(AuthorizationResult::isGranted)
                .isEqualTo(true);
    }

    @Test
    void case_4_a_link_works_once_ends_with_the_next_and_never_leads_to_a_host_the_caller_named() throws IOException {
        var hana = signedIn("administrator");
        var lena = accounts.add("Lena Vo", email(), Set.of("qa"), ADMINISTRATOR);
        var page = hana.http.get("/admin/people");
        var invited = hana.http.form(
                "/admin/people/" + lena.id() + "/invitation",
                Map.of("_csrf", Http.token(page)),
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Proto",
                "https",
                "Forwarded",
                "host=evil.example");
        assertThat(invited.statusCode()).isEqualTo(200);
        assertThat(invited.body()).contains("/invitation?token=").doesNotContain("evil.example");
        assertThat(answerTo("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .contains("Location: /sign-in")
                .doesNotContain("evil.example");

        var first = accounts.invite(lena.id(), ADMINISTRATOR);
        var second = accounts.invite(lena.id(), ADMINISTRATOR);
        assertThat(takes(first)).as("ended by the next").isEqualTo(404);
        assertThat(takes(second)).isEqualTo(303);
        assertThat(takes(second)).as("used").isEqualTo(404);
    }

    @Test
    void case_12_fields_that_the_server_owns_are_refused_or_change_nothing() {
        var key = clients.create("assigns", Set.of("administrator"), "system:cli", "cli");
        var token = bearer(key);
        for (var field : new String[] {"id", "active", "version", "kind", "created_at"}) {
            var answer = new Http(port)
                    .send(
                            "POST",
                            "/api/v1/people",
                            "{\"name\":\"Rosa\",\"email\":\"" + email() + "\",\"" + field + "\":\"1\"}",
                            "Content-Type",
                            "application/json",
                            "Authorization",
                            token);
            assertThat(answer.statusCode()).as(field).isEqualTo(400);
            assertThat(answer.body()).contains("unknown_field", field);
        }
        var tom = signedIn("developer");
        tom.http.fill(
                "/account",
                "/account/name",
                Map.of("name", "Tom", "roles", "administrator", "role", "administrator", "active", "true"));
        assertThat(tom.http.get("/api/v1/me").body()).contains("\"name\":\"Tom\"", "\"roles\":[\"developer\"]");
        tom.http.fill(
                "/account",
                "/account/tokens",
                Map.of("token-name", "n", "scope", "administer", "person", ADMINISTRATOR.id()));
        assertThat(tom.http.get("/api/v1/people").statusCode()).isEqualTo(403);
    }

    @Test
    void case_16_an_author_known_from_an_import_has_no_rights_and_no_way_in() {
        var hana = accounts.add("Hana Import", email(), Set.of("administrator"), ADMINISTRATOR);
        var author = people.known("jira", "hana-" + UUID.randomUUID(), "Hana Import");

        assertThat(author.id()).isNotEqualTo(hana.id());
        assertThat(author.roles()).isEmpty();
        assertThat(people.signedIn(author.id(), "page")).isEmpty();
        assertThatThrownBy(() -> accounts.invite(author.id(), ADMINISTRATOR)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> accounts.activate(author.id(), ADMINISTRATOR)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> accounts.setRoles(author.id(), Set.of("administrator"), ADMINISTRATOR))
                .isInstanceOf(Problem.class);
    }

    @Test
    void case_27_logs_hold_no_secret_and_no_line_that_somebody_forged(CapturedOutput output) {
        var key = clients.create("logged", Set.of("administrator"), "system:cli", "cli");
        var token = bearer(key);
        var guesser = new Visitor(port);
        guesser.password("x@example.com\n{\"forged\":1}", "a password nobody may read");
        guesser.http.get("/sign-in?x=%0A%7B%22forged%22%3A2%7D");
        guesser.http.get("/invitation?token=a-token-nobody-may-read");
        new Http(port)
                .send(
                        "POST",
                        "/api/v1/people",
                        "{\"name\":\"\\n{\\\"forged\\\":3}\",\"email\":\"body-nobody-may-read\"",
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        token);
        LoggerFactory.getLogger("dev.conduct.test").warn("A name: {}", "x\n{\"forged\":4}\r\n{\"forged\":5}");

        assertThat(output.getAll()).as("something was logged").contains("A name: ");
        assertThat(output.getAll().lines()).noneMatch(line -> line.startsWith("{\"forged\""));
        assertThat(output.getAll()).doesNotContain("nobody may read", "nobody-may-read", key.clientSecret(), token);
    }

    /// Erasing a customer takes more with it than erasing an employee.
    @Test
    void who_holds_a_customers_role_for_one_product_alone_is_a_customer_also_once_deactivated() {
        var carla = accounts.add("Carla", "carla-" + UUID.randomUUID() + "@example.com", Set.of(), ADMINISTRATOR);
        var dario = accounts.add("Dario", "dario-" + UUID.randomUUID() + "@example.com", Set.of(), ADMINISTRATOR);
        var nobody = accounts.add("Nobody", "nobody-" + UUID.randomUUID() + "@example.com", Set.of(), ADMINISTRATOR);
        for (var held : List.of(
                List.of(carla.id(), "customer"), List.of(dario.id(), "customer"), List.of(dario.id(), "developer"))) {
            db.sql("insert into identity.granted_role (actor, role, product) values (:actor, :role, 'ONE')")
                    .param("actor", ActorId.required(held.getFirst()))
                    .param("role", held.getLast())
                    .update();
        }
        accounts.deactivate(carla.id(), ADMINISTRATOR);

        assertThat(people.outside(carla.id())).isTrue();
        assertThat(people.outside(dario.id())).isFalse();
        assertThat(people.outside(nobody.id())).isFalse();
    }

    private Visitor signedIn(String role) {
        var visitor = invited(accounts.add("Hana Iversen", email(), Set.of(role), ADMINISTRATOR));
        visitor.enrol(clock.instant());
        return visitor;
    }

    /// With one factor.
    private Visitor invited(People.Person person) {
        var token = accounts.invite(person.id(), ADMINISTRATOR);
        var visitor = new Visitor(port);
        visitor.http.fill("/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        return visitor;
    }

    private int takes(String token) {
        var stranger = new Http(port);
        var form = Http.token(stranger.get("/sign-in"));
        return stranger.form("/invitation", Map.of("_csrf", form, "token", token, "password", PASSWORD))
                .statusCode();
    }

    private String bearer(Clients.Key key) {
        var answer = new Http(port)
                .form(
                        "/oauth2/token",
                        Map.of("grant_type", "client_credentials"),
                        "Authorization",
                        Http.basic(key.clientId(), key.clientSecret()));
        return "Bearer "
                + new tools.jackson.databind.json.JsonMapper()
                        .readTree(answer.body())
                        .get("access_token")
                        .asString();
    }

    /// By a bare socket: a client library would put the host right.
    private String answerTo(String request) throws IOException {
        try (var socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String email() {
        return "abuse-" + UUID.randomUUID() + "@example.com";
    }
}
