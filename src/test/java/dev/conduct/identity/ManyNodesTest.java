package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import dev.conduct.support.SecondNode;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/// Two applications on one database: what one decides, the other knows at once; what one counted, the other goes on
/// counting, which is as well what happens over a restart. The second has a public address.
@ConductTest(properties = "test.alone=ManyNodesTest")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyNodesTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final ConfigurableApplicationContext context;
    private final Accounts accounts;
    private final Clients clients;
    private final TestClock clock;
    private final int port;
    private SecondNode second;

    ManyNodesTest(
            ConfigurableApplicationContext context,
            Accounts accounts,
            Clients clients,
            TestClock clock,
            @LocalServerPort int port) {
        this.context = context;
        this.accounts = accounts;
        this.clients = clients;
        this.clock = clock;
        this.port = port;
    }

    @BeforeAll
    void a_second_node_starts() {
        second = SecondNode.beside(
                context,
                Map.of(
                        "conduct.url", "https://conduct.example.com",
                        "conduct.requests-per-minute", 20,
                        "conduct.least-free", "8000000TB"));
    }

    @AfterAll
    void it_stops() {
        second.close();
    }

    @Test
    void tries_are_counted_across_nodes_and_over_a_restart() {
        var first = new Visitor(port);
        for (var i = 0; i < 3; i++) {
            first.password("guessed@example.com", "wrong password " + i);
        }
        var throttle = second.bean(Throttle.class);
        for (var i = 0; i < 2; i++) {
            throttle.count("guessed@example.com", "127.0.0.1");
        }

        var paused = first.password("guessed@example.com", "wrong password 5");

        assertThat(paused.statusCode()).isEqualTo(429);
        assertThat(paused.headers().firstValue("Retry-After")).hasValue("900");
    }

    @Test
    void whoever_is_deactivated_on_one_node_is_out_of_the_other_within_a_second() {
        var email = "member-" + UUID.randomUUID() + "@example.com";
        var person = accounts.add("Tom Okafor", email, Set.of("developer"), ADMINISTRATOR);
        var member = new Visitor(port);
        member.http.fill(
                "/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR),
                "/invitation",
                Map.of("token", accounts.invite(person.id(), ADMINISTRATOR), "password", PASSWORD));
        member.enrol(clock.instant());
        var owned = clients.create("owned", Set.of("developer"), person.id(), "page");
        var token = token(port, owned, "");
        var session = "__Host-conduct=" + member.http.cookie("conduct");
        assertThat(me(session, token)).containsExactly(200, 200);

        var began = System.nanoTime();
        accounts.deactivate(person.id(), ADMINISTRATOR);

        assertThat(me(session, token)).containsExactly(401, 401);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
        assertThat(exchange(second.port(), owned, "")).isEqualTo(401);
    }

    @Test
    void measurements_are_for_this_computer_and_behind_a_public_address_for_a_token_with_their_scope() {
        var key = clients.create("prometheus", Set.of("auditor"), "system:cli", "cli");
        var here = new Http(port);
        var there = new Http(second.port());

        assertThat(here.get("/metrics").statusCode()).isEqualTo(200);
        assertThat(here.get("/metrics", "X-Forwarded-For", "203.0.113.7").statusCode())
                .isEqualTo(401);
        assertThat(there.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(there.get("/metrics", "Authorization", "Bearer " + token(port, key, "read"))
                        .statusCode())
                .isEqualTo(403);
        var measured = there.get("/metrics", "Authorization", "Bearer " + token(port, key, "metrics"));
        assertThat(measured.statusCode()).as(measured.body()).isEqualTo(200);
        assertThat(measured.body()).contains("jvm_memory_used_bytes");
    }

    @Test
    void a_node_whose_disk_has_no_room_lives_and_is_not_ready() {
        var here = new Http(port);
        var there = new Http(second.port());

        assertThat(here.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(there.get("/health/live").statusCode()).isEqualTo(200);
        var refused = there.get("/health/ready");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("DOWN");
    }

    @Test
    void behind_tls_the_session_goes_to_this_host_alone_and_no_script_reads_it() {
        var cookie = new Http(second.port())
                .get("/sign-in").headers().allValues("Set-Cookie").stream()
                        .filter(one -> one.startsWith("__Host-conduct="))
                        .findFirst()
                        .orElseThrow();

        assertThat(cookie)
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain=");
    }

    @Test
    void one_actor_makes_so_many_requests_a_minute_and_is_told_how_many_are_left() {
        var key = clients.create("hasty", Set.of("developer"), "system:cli", "cli");
        var bearer = "Bearer " + token(port, key, "read");
        var there = new Http(second.port());

        var first = there.get("/api/v1/me", "Authorization", bearer);
        for (var i = 0; i < 19; i++) {
            assertThat(there.get("/api/v1/me", "Authorization", bearer).statusCode())
                    .isEqualTo(200);
        }
        var refused = there.get("/api/v1/me", "Authorization", bearer);

        assertThat(first.headers().firstValue("RateLimit-Policy")).hasValue("\"minute\";q=20;w=60");
        assertThat(first.headers().firstValue("RateLimit"))
                .hasValueSatisfying(left -> assertThat(left).startsWith("\"minute\";r=19;t="));
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.body()).contains("\"code\":\"too_many_requests\"");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        var other = clients.create("patient", Set.of("developer"), "system:cli", "cli");
        assertThat(there.get("/api/v1/me", "Authorization", "Bearer " + token(port, other, "read"))
                        .statusCode())
                .isEqualTo(200);
    }

    /// The statuses of a session and of a token at the second node.
    private int[] me(String session, String token) {
        var there = new Http(second.port());
        return new int[] {
            there.get("/api/v1/me", "Cookie", session).statusCode(),
            there.get("/api/v1/me", "Authorization", "Bearer " + token).statusCode()
        };
    }

    private static int exchange(int port, Clients.Key key, String scope) {
        return new Http(port).form("/oauth2/token", request(key, scope)).statusCode();
    }

    private static String token(int port, Clients.Key key, String scope) {
        var answer = new Http(port).form("/oauth2/token", request(key, scope));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return new JsonMapper().readTree(answer.body()).get("access_token").asString();
    }

    private static Map<String, String> request(Clients.Key key, String scope) {
        var fields = new java.util.HashMap<>(Map.of(
                "grant_type", "client_credentials",
                "client_id", key.clientId(),
                "client_secret", key.clientSecret()));
        if (!scope.isEmpty()) {
            fields.put("scope", scope);
        }
        return fields;
    }
}
