package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

@ConductTest(properties = "test.alone=ClientSignInTest")
class ClientSignInTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Clients clients;
    private final ClientList list;
    private final JdbcClient db;
    private final Accounts accounts;
    private final AccountList people;
    private final Upkeep upkeep;
    private final Ledger ledger;
    private final TestClock clock;
    private final Http http;
    private final JsonMapper json = new JsonMapper();

    ClientSignInTest(
            Clients clients,
            ClientList list,
            JdbcClient db,
            Accounts accounts,
            AccountList people,
            Upkeep upkeep,
            Ledger ledger,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.people = people;
        this.upkeep = upkeep;
        this.ledger = ledger;
        this.clock = clock;
        this.clients = clients;
        this.list = list;
        this.db = db;
        this.http = new Http(port);
    }

    @BeforeEach
    void nobody_has_tried_anything_yet() {
        db.sql("delete from identity.throttle").update();
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
    void a_failed_sign_in_is_recorded_and_five_pause_that_client_from_there() {
        var key = clients.create("attacked", Set.of("qa"), "system:cli", "cli");
        var wrong = new Clients.Key(key.clientId(), "cs_wrong");
        for (var i = 0; i < 5; i++) {
            assertThat(byForm(wrong).statusCode()).isEqualTo(401);
        }

        var paused = byForm(key);

        assertThat(paused.statusCode()).isEqualTo(429);
        assertThat(paused.headers().firstValue("Retry-After")).hasValue("900");
        var denied = ledger.eventsOf("client:" + key.clientId()).stream()
                .filter(event -> event.action().equals("auth.token"))
                .map(event -> event.outcome())
                .toList();
        assertThat(denied).hasSize(5).containsOnly(Outcome.DENIED);
        clock.advance(Duration.ofMinutes(16));
        assertThat(byForm(key).statusCode()).isEqualTo(200);
    }

    @Test
    void a_secret_ends_after_ninety_days_and_is_warned_of_once_before() {
        var key = clients.create("ages", Set.of("qa"), "system:cli", "cli");
        var client = "client:" + key.clientId();
        assertThat(key.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(90)));
        upkeep.run(clock.instant());
        assertThat(warnings(client)).isZero();

        clock.advance(Duration.ofDays(77));
        upkeep.run(clock.instant());
        upkeep.run(clock.instant());
        assertThat(warnings(client)).isEqualTo(1);
        assertThat(byForm(key).statusCode()).isEqualTo(200);

        clock.advance(Duration.ofDays(13));
        assertThat(byForm(key).statusCode()).isEqualTo(401);
    }

    @Test
    void one_secret_takes_over_from_another_without_a_gap_and_a_revoked_one_ends_with_its_tokens() {
        var key = clients.create("rotates", Set.of("qa"), "system:cli", "cli");
        var client = "client:" + key.clientId();
        clock.advance(Duration.ofMinutes(1));
        var next = clients.rotate(client, ADMINISTRATOR);
        assertThat(byForm(key).statusCode()).isEqualTo(200);
        var token = token(byForm(next));

        var old = list.all().stream()
                .filter(each -> each.id().equals(client))
                .findFirst()
                .orElseThrow()
                .secrets()
                .getLast();
        assertThat(old.lastUsedAt()).isEqualTo(clock.instant());
        clients.revokeSecret(client, old.id(), ADMINISTRATOR);

        assertThat(byForm(key).statusCode()).isEqualTo(401);
        assertThat(byForm(next).statusCode()).isEqualTo(200);
        assertThat(http.get("/api/v1/me", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(ledger.eventsOf(client).stream()
                        .filter(event -> event.action().startsWith("client."))
                        .map(event -> event.action() + " " + event.objectVersion()))
                .containsExactly("client.create 1", "client.add_secret 2", "client.revoke_secret 3");
    }

    @Test
    void a_token_opens_no_more_than_the_scopes_it_asked_for() {
        var key = clients.create("reader", Set.of("administrator"), "system:cli", "cli");
        var reading = "Bearer " + token(asking(key, "read"));
        var writing = "Bearer " + token(asking(key, "read write"));
        var all = "Bearer " + token(byForm(key));
        var person = "{\"name\":\"Rosa\",\"email\":\"rosa@example.com\"}";

        assertThat(http.get("/api/v1/me", "Authorization", reading).body()).contains("\"roles\":[]");
        assertThat(http.get("/api/v1/people", "Authorization", reading).statusCode())
                .isEqualTo(403);
        assertThat(posted("/api/v1/products", "{\"key\":\"SCP\",\"name\":\"S\"}", reading))
                .isEqualTo(403);
        assertThat(posted("/api/v1/people", person, writing)).isEqualTo(403);
        assertThat(posted("/api/v1/people", person, all)).isEqualTo(201);
        var narrow = clients.create("narrow", Set.of("qa"), Set.of(Scope.READ), "system:cli", "cli");
        assertThat(asking(narrow, "write").statusCode()).isEqualTo(400);
        assertThat(posted("/api/v1/people", person, "Bearer " + token(byForm(narrow))))
                .isEqualTo(403);
    }

    @Test
    void a_client_asks_about_its_own_tokens_only_and_revokes_them_at_once() {
        var key = clients.create("asks", Set.of("qa"), "system:cli", "cli");
        var other = clients.create("curious", Set.of("qa"), "system:cli", "cli");
        var token = token(asking(key, "read"));

        assertThat(about("/oauth2/introspect", token, key).body())
                .contains("\"active\":true", "\"scope\":\"read\"", key.clientId());
        assertThat(about("/oauth2/introspect", token, other).body()).isEqualTo("{\"active\":false}");
        about("/oauth2/revoke", token, other);
        assertThat(http.get("/api/v1/me", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(200);

        assertThat(about("/oauth2/revoke", token, key).statusCode()).isEqualTo(200);

        assertThat(http.get("/api/v1/me", "Authorization", "Bearer " + token).statusCode())
                .isEqualTo(401);
        assertThat(about("/oauth2/introspect", token, key).body()).isEqualTo("{\"active\":false}");
        assertThat(about("/oauth2/introspect", "made.up.token", key).body()).isEqualTo("{\"active\":false}");
        assertThat(http.form("/oauth2/introspect", Map.of("token", token)).statusCode())
                .isEqualTo(401);
    }

    @Test
    void keys_that_sign_rotate_without_a_token_that_stops_working() {
        var key = clients.create("signs", Set.of("qa"), "system:cli", "cli");
        upkeep.run(clock.instant());
        var first = keyOf(token(byForm(key)));

        clock.advance(SigningKeys.SIGNS.minus(Duration.ofDays(1)));
        upkeep.run(clock.instant());
        assertThat(published()).hasSizeGreaterThanOrEqualTo(2).contains(first);
        clock.advance(Duration.ofHours(23));
        var old = token(byForm(key));
        assertThat(keyOf(old)).as("published, but does not sign yet").isEqualTo(first);

        clock.advance(Duration.ofHours(1));
        var fresh = token(byForm(key));
        assertThat(keyOf(fresh)).isNotEqualTo(first).isIn(published());
        for (var token : new String[] {old, fresh}) {
            assertThat(http.get("/api/v1/me", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
        }

        clock.advance(Duration.ofHours(2));
        upkeep.run(clock.instant());
        assertThat(published()).containsExactly(keyOf(fresh));
        assertThat(http.get("/oauth2/jwks").body()).doesNotContain("\"d\"", "\"p\"", "\"q\"");
    }

    private HttpResponse<String> about(String path, String token, Clients.Key key) {
        return http.form(path, Map.of("token", token), "Authorization", Http.basic(key.clientId(), key.clientSecret()));
    }

    private List<String> published() {
        return json.readTree(http.get("/oauth2/jwks").body())
                .get("keys")
                .valueStream()
                .map(key -> key.get("kid").asString())
                .toList();
    }

    private String keyOf(String token) {
        return json.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .get("kid")
                .asString();
    }

    @Test
    void people_are_listed_page_by_page_each_once() {
        for (var i = 0; i < 5; i++) {
            accounts.add("Paged " + i, "paged" + i + "@example.com", Set.of("qa"), ADMINISTRATOR);
        }
        var key = clients.create("lists", Set.of("administrator"), "system:cli", "cli");
        var bearer = "Bearer " + token(byForm(key));

        var seen = new ArrayList<String>();
        String cursor = "";
        for (var pages = 0; cursor != null && pages < 500; pages++) {
            var page = json.readTree(http.get(
                            "/api/v1/people?limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor),
                            "Authorization",
                            bearer)
                    .body());
            page.get("items").forEach(item -> seen.add(item.get("id").asString()));
            cursor = page.get("next").isNull() ? null : page.get("next").asString();
        }

        assertThat(seen).doesNotHaveDuplicates();
        assertThat((long) seen.size()).isEqualTo(people.count().all());
        assertThat(http.get("/api/v1/people?cursor=bm9wZQ", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(400);
    }

    private int posted(String path, String body, String authorization) {
        return http.send("POST", path, body, "Content-Type", "application/json", "Authorization", authorization)
                .statusCode();
    }

    private HttpResponse<String> asking(Clients.Key key, String scope) {
        return http.form(
                "/oauth2/token",
                Map.of("grant_type", "client_credentials", "scope", scope),
                "Authorization",
                Http.basic(key.clientId(), key.clientSecret()));
    }

    private long warnings(String client) {
        return ledger.eventsOf(client).stream()
                .filter(event -> event.action().equals("client.secret_ends"))
                .count();
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
