package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Apps that act for people: authorization code with PKCE, tokens that rotate, and what a thief of one gets.
@ConductTest
class AppsTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String BACK = "https://app.example.com/back?x=1";
    private static final String VERIFIER = "a-verifier-of-an-app-that-is-long-enough-to-be-one";

    private final Accounts accounts;
    private final Apps apps;
    private final TestClock clock;
    private final int port;
    private String app = "";
    private Visitor tom;
    private People.Person person;

    AppsTest(Accounts accounts, Apps apps, JdbcClient db, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.apps = apps;
        this.clock = clock;
        this.port = port;
        db.sql("delete from identity.throttle").update();
        this.person = accounts.add(
                "Tom Okafor", "apps-" + UUID.randomUUID() + "@example.com", Set.of("developer"), ADMINISTRATOR);
        this.tom = new Visitor(port);
    }

    @BeforeEach
    void an_app_is_registered_and_tom_is_signed_in() {
        app = apps.register(
                "Field notes",
                List.of(BACK, "http://127.0.0.1/back", "com.example.notes:/back"),
                Set.of(Scope.READ, Scope.WRITE),
                ADMINISTRATOR);
        var token = accounts.invite(person.id(), ADMINISTRATOR);
        tom.http.fill("/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        tom.enrol(clock.instant());
    }

    @Test
    void an_app_that_the_person_agreed_to_acts_as_the_person_within_its_scopes() {
        var page = tom.http.get(question(Map.of("scope", "read")));
        assertThat(page.body())
                .contains("Let Field notes act for you?", "Read records")
                .doesNotContain("Report, move");
        var tokens = exchange(code(agree(Map.of("scope", "read"))), Map.of());
        var bearer = "Bearer " + tokens.path("access_token").asString();

        assertThat(tokens.path("scope").asString()).isEqualTo("read");
        assertThat(me(bearer)).isEqualTo(200);
        assertThat(new Http(port).get("/api/v1/me", "Authorization", bearer).body())
                .contains(person.id(), "Tom Okafor");
        assertThat(new Http(port)
                        .send(
                                "POST",
                                "/api/v1/items",
                                "{}",
                                "Authorization",
                                bearer,
                                "Content-Type",
                                "application/json")
                        .statusCode())
                .isEqualTo(403);
        clock.advance(Duration.ofMinutes(61));
        assertThat(me(bearer)).isEqualTo(401);
    }

    @Test
    void a_refresh_token_is_used_once_and_its_second_use_ends_everything() {
        var first = exchange(code(agree(Map.of())), Map.of());
        var second = refresh(first.path("refresh_token").asString());
        assertThat(me("Bearer " + second.path("access_token").asString())).isEqualTo(200);

        var thief = refresh(first.path("refresh_token").asString());

        assertThat(thief.path("error").asString()).isEqualTo("invalid_grant");
        assertThat(me("Bearer " + second.path("access_token").asString())).isEqualTo(401);
        assertThat(refresh(second.path("refresh_token").asString()).has("error"))
                .isTrue();
    }

    @Test
    void a_code_counts_once_for_its_app_its_address_and_its_verifier() {
        assertThat(exchange(code(agree(Map.of())), Map.of("code_verifier", VERIFIER + "x"))
                        .has("error"))
                .isTrue();
        assertThat(exchange(code(agree(Map.of())), Map.of("redirect_uri", "http://127.0.0.1/back"))
                        .has("error"))
                .isTrue();
        var other = apps.register("Other", List.of(BACK), Set.of(Scope.READ), ADMINISTRATOR);
        assertThat(exchange(code(agree(Map.of())), Map.of("client_id", other)).has("error"))
                .isTrue();
        var late = code(agree(Map.of()));
        clock.advance(Duration.ofSeconds(61));
        assertThat(exchange(late, Map.of()).has("error")).isTrue();

        var code = code(agree(Map.of()));
        var bearer = "Bearer " + exchange(code, Map.of()).path("access_token").asString();
        assertThat(me(bearer)).isEqualTo(200);
        assertThat(exchange(code, Map.of()).has("error")).isTrue();
        assertThat(me(bearer)).as("stolen codes end what they gave").isEqualTo(401);
    }

    @Test
    void what_does_not_fit_is_told_to_the_app_and_never_sent_to_an_address_that_it_did_not_register() {
        for (var address : List.of(
                "https://evil.example/back",
                BACK + "&y=2",
                "https://app.example.com/back",
                "http://127.0.0.1/other",
                "http://127.0.0.1@evil.example/back",
                "javascript:alert(1)",
                "")) {
            var answer = tom.http.get(question(Map.of("redirect_uri", address)));
            assertThat(answer.statusCode()).as(address).isEqualTo(400);
            assertThat(answer.headers().firstValue("Refresh")).isEmpty();
        }
        assertThat(tom.http
                        .get(question(Map.of("client_id", UUID.randomUUID().toString())))
                        .statusCode())
                .isEqualTo(400);
        assertThat(tom.http
                        .get(question(Map.of("redirect_uri", "http://127.0.0.1:5555/back")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(leads(tom.http.get(question(Map.of("code_challenge_method", "plain")))))
                .startsWith(BACK + "&error=invalid_request");
        assertThat(leads(tom.http.get(question(Map.of("code_challenge", ""))))).contains("error=invalid_request");
        assertThat(leads(tom.http.get(question(Map.of("response_type", "token")))))
                .contains("error=unsupported_response_type", "state=s");
        assertThat(leads(tom.http.get(question(Map.of("scope", "administer"))))).contains("error=invalid_scope");
        assertThat(leads(send(Map.of(), "no"))).contains("error=access_denied");
        assertThat(location(new Visitor(port).http.get(question(Map.of()), "Accept", "text/html")))
                .isEqualTo("/sign-in");
        for (var address : List.of("javascript:alert(1)", "data:text/html,x", "http://evil.example/", "https://u@h/")) {
            assertThatThrownBy(() -> apps.register("Bad", List.of(address), Set.of(Scope.READ), ADMINISTRATOR))
                    .isInstanceOf(Problem.class);
        }
    }

    @Test
    void person_app_and_administrator_can_each_end_it() {
        var mine = "Bearer "
                + exchange(code(agree(Map.of())), Map.of()).path("access_token").asString();
        var page = tom.http.get("/account");
        assertThat(page.body()).contains("Field notes");
        var grant = page.body().replaceAll("(?s).*?/account/apps/([0-9a-f-]{36})/.*", "$1");
        tom.http.form("/account/apps/" + grant + "/revocation", Map.of("_csrf", Http.token(page)));
        assertThat(me(mine)).isEqualTo(401);

        var given = exchange(code(agree(Map.of())), Map.of());
        var back = new Http(port)
                .form(
                        "/oauth2/revoke",
                        Map.of(
                                "client_id",
                                app,
                                "token",
                                given.path("refresh_token").asString()));
        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(me("Bearer " + given.path("access_token").asString())).isEqualTo(401);

        var last = exchange(code(agree(Map.of())), Map.of());
        accounts.deactivate(person.id(), ADMINISTRATOR);
        assertThat(me("Bearer " + last.path("access_token").asString())).isEqualTo(401);
        accounts.activate(person.id(), ADMINISTRATOR);
        assertThat(me("Bearer " + last.path("access_token").asString())).isEqualTo(401);
        assertThat(refresh(last.path("refresh_token").asString()).has("error")).isTrue();
        apps.shutOut(app, ADMINISTRATOR);
        assertThat(tom.http.get(question(Map.of())).statusCode()).isNotEqualTo(200);
    }

    private String question(Map<String, String> differing) {
        return "/oauth2/authorize?" + Http.encoded(fields(differing));
    }

    private Map<String, String> fields(Map<String, String> differing) {
        var fields = new HashMap<>(Map.of(
                "response_type",
                "code",
                "client_id",
                app,
                "redirect_uri",
                BACK,
                "state",
                "s",
                "code_challenge_method",
                "S256",
                "code_challenge",
                Base64.getUrlEncoder().withoutPadding().encodeToString(Tokens.hash(VERIFIER))));
        fields.putAll(differing);
        return fields;
    }

    private HttpResponse<String> agree(Map<String, String> differing) {
        return send(differing, "yes");
    }

    private HttpResponse<String> send(Map<String, String> differing, String agree) {
        var form = fields(differing);
        form.put("_csrf", Http.token(tom.http.get("/account")));
        form.put("agree", agree);
        return tom.http.form("/oauth2/authorize", form);
    }

    private static String leads(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Refresh")
                .orElse("(" + answer.statusCode() + ")")
                .replaceFirst("0; url=", "");
    }

    private static String code(HttpResponse<String> answer) {
        assertThat(leads(answer)).startsWith(BACK + "&code=").endsWith("&state=s");
        return leads(answer).replaceAll(".*code=([^&]*).*", "$1");
    }

    private JsonNode exchange(String code, Map<String, String> differing) {
        var form = new HashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", app,
                "code", code,
                "code_verifier", VERIFIER,
                "redirect_uri", BACK));
        form.putAll(differing);
        return new JsonMapper()
                .readTree(new Http(port).form("/oauth2/token", form).body());
    }

    private JsonNode refresh(String token) {
        var form = Map.of("grant_type", "refresh_token", "client_id", app, "refresh_token", token);
        return new JsonMapper()
                .readTree(new Http(port).form("/oauth2/token", form).body());
    }

    private int me(String bearer) {
        return new Http(port).get("/api/v1/me", "Authorization", bearer).statusCode();
    }
}
