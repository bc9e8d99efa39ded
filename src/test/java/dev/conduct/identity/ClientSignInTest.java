package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.support.ConductTest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ConductTest
class ClientSignInTest {

    private final Clients clients;
    private final JdbcClient db;
    private final Http http;
    private final JsonMapper json = new JsonMapper();

    ClientSignInTest(Clients clients, JdbcClient db, @LocalServerPort int port) {
        this.clients = clients;
        this.db = db;
        this.http = new Http(port);
    }

    @Test
    void a_client_gets_a_token_by_basic_and_acts_with_its_own_roles() {
        var key = clients.create("build server", Set.of("developer", "qa"), "system:cli", "cli");

        var token = token(http.form(
                "/oauth2/token",
                Map.of("grant_type", "client_credentials"),
                "Authorization",
                Http.basic(key.clientId(), key.clientSecret())));

        var me = http.get("/api/v1/me", "Authorization", "Bearer " + token);
        assertThat(me.statusCode()).isEqualTo(200);
        assertThat(me.body())
                .isEqualTo("{\"id\":\"client:" + key.clientId()
                        + "\",\"name\":\"build server\",\"roles\":[\"developer\",\"qa\"]}");
    }

    @Test
    void a_client_gets_a_token_by_form_post() {
        var key = clients.create("poster", Set.of("qa"), "system:cli", "cli");

        assertThat(token(byForm(key))).isNotBlank();
    }

    @Test
    void a_wrong_secret_and_an_unknown_client_are_told_the_same() {
        var key = clients.create("guessed", Set.of("qa"), "system:cli", "cli");

        var wrong = byForm(new Clients.Key(key.clientId(), "cs_wrong"));
        var unknown = byForm(new Clients.Key("018f0000-0000-7000-8000-000000000000", "cs_wrong"));

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body());
    }

    @Test
    void the_token_of_a_disabled_client_opens_nothing() {
        var key = clients.create("to be disabled", Set.of("qa"), "system:cli", "cli");
        var token = token(byForm(key));

        db.sql("update identity.actor set active = false where id = cast(:id as uuid)")
                .param("id", key.clientId())
                .update();

        assertThat(http.get("/api/v1/me", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(byForm(key).statusCode()).isEqualTo(401);
    }

    @Test
    void no_token_a_made_up_token_and_a_password_are_401_problems() {
        for (var authorization : new String[] {"", "Bearer abc", Http.basic("admin", "admin")}) {
            var answer = authorization.isEmpty()
                    ? http.get("/api/v1/me")
                    : http.get("/api/v1/me", "Authorization", authorization);

            assertThat(answer.statusCode()).as(authorization).isEqualTo(401);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }

    @Test
    void an_unknown_role_is_refused_with_the_nearest_name() {
        assertThatThrownBy(() -> clients.create("typo", Set.of("develper"), "system:cli", "cli"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("“develper”")
                .hasMessageContaining("nearest is “developer”");
    }

    private HttpResponse<String> byForm(Clients.Key key) {
        return http.form(
                "/oauth2/token",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", key.clientId(),
                        "client_secret", key.clientSecret()));
    }

    private String token(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return json.readTree(answer.body()).get("access_token").asString();
    }
}
