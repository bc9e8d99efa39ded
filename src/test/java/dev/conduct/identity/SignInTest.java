package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Abuse cases 1, 3, 6, 7 and 14 of the security rules, from outside.
@ConductTest(properties = {"test.alone=SignInTest", "conduct.proxies=127.0.0.1,::1,0:0:0:0:0:0:0:1"})
class SignInTest extends SignedUp {

    SignInTest(
            SetUp setUp,
            Accounts accounts,
            RouteTable routes,
            dev.conduct.keys.BlindIndex index,
            JdbcClient db,
            TestClock clock,
            @LocalServerPort int port) {
        super(setUp, accounts, routes, index, db, clock, port);
    }

    @Test
    void case_14_the_first_administrator_is_set_up_once_and_for_ever() {
        db.sql("update identity.installation set set_up_at = null").update();
        var stale = setUp.link("http://localhost").orElseThrow();
        var link = setUp.link("http://localhost").orElseThrow();
        assertThat(visitor.http.get(stale.substring(16)).statusCode()).isEqualTo(404);

        assertThat(location(visitor.setUp(link, "hana@example.com"))).isEqualTo("/sign-in/enrolment");
        assertThat(visitor.signedIn()).isFalse();
        visitor.enrol(clock.instant());

        assertThat(visitor.signedIn()).isTrue();
        assertThat(visitor.http.get("/api/v1/me").body()).contains("Hana Iversen", "administrator");
        assertThat(visitor.http.get(link.substring(16)).statusCode()).isEqualTo(404);
        assertThat(visitor.another().http.get(link.substring(16)).statusCode()).isEqualTo(404);
        assertThat(setUp.link("http://localhost")).isEmpty();
    }

    @Test
    void set_up_refuses_a_short_and_a_breached_password_and_keeps_what_was_typed() {
        db.sql("update identity.installation set set_up_at = null").update();
        var token = setUp.link("").orElseThrow().substring("/setup?token=".length());
        for (var password : new String[] {"short", "password1234", "qwertyuiop12", "brindlemoor1"}) {
            var answer = visitor.http.fill(
                    "/setup?token=" + token,
                    "/setup",
                    Map.of(
                            "token", token,
                            "company", "Brindlemoor",
                            "name", "Hana",
                            "email", "h@example.com",
                            "password", password));

            assertThat(answer.statusCode()).as(password).isEqualTo(422);
            assertThat(answer.body()).contains("value=\"Brindlemoor\"").doesNotContain("value=\"" + password);
        }
    }

    @Test
    void case_7_sign_in_takes_password_then_code_and_each_factor_begins_a_new_session() {
        var email = member();
        var enrolled = enrolled(email);
        clock.advance(Duration.ofMinutes(1));
        var planted = visitor.another();
        planted.http.get("/sign-in");
        var before = planted.http.cookie("conduct");

        assertThat(location(planted.password(email, PASSWORD))).isEqualTo("/sign-in/code");
        var half = planted.http.cookie("conduct");
        assertThat(planted.signedIn()).isFalse();
        assertThat(location(planted.code(enrolled.code(clock.instant())))).isEqualTo("/");

        assertThat(planted.signedIn()).isTrue();
        assertThat(before).isNotBlank().isNotEqualTo(half);
        assertThat(half).isNotEqualTo(planted.http.cookie("conduct"));
    }

    @Test
    void a_stream_without_a_session_or_half_signed_in_is_told_to_stop_and_led_to_no_page() {
        var email = member();
        enrolled(email);
        clock.advance(Duration.ofMinutes(1));
        var stream = visitor.another();

        assertThat(stream.http.get("/live", "Accept", "text/event-stream").statusCode())
                .isEqualTo(204);
        stream.password(email, PASSWORD);
        assertThat(stream.http.get("/live", "Accept", "text/event-stream").statusCode())
                .isEqualTo(204);
        assertThat(location(stream.http.get("/live", "Accept", "text/html"))).isEqualTo("/sign-in/code");
    }

    @Test
    void case_3_a_code_counts_once() {
        var email = member();
        var enrolled = enrolled(email);
        clock.advance(Duration.ofMinutes(1));
        var code = enrolled.code(clock.instant());
        var first = visitor.another();
        first.password(email, PASSWORD);
        assertThat(location(first.code(code))).isEqualTo("/");

        var second = visitor.another();
        second.password(email, PASSWORD);
        var again = second.code(code);

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("was used");
        assertThat(second.signedIn()).isFalse();
    }

    @Test
    void case_3_after_five_wrong_codes_even_the_right_one_waits() {
        var email = member();
        var enrolled = enrolled(email);
        clock.advance(Duration.ofMinutes(1));
        var guesser = visitor.another();
        guesser.password(email, PASSWORD);
        for (var i = 0; i < 5; i++) {
            assertThat(guesser.code(wrong(enrolled)).statusCode()).isEqualTo(422);
        }

        assertThat(guesser.code(enrolled.code(clock.instant())).statusCode()).isEqualTo(429);

        clock.advance(Duration.ofMinutes(16));
        assertThat(location(guesser.code(enrolled.code(clock.instant())))).isEqualTo("/");
    }

    @Test
    void case_3_after_a_hundred_wrong_codes_codes_are_off_and_a_recovery_code_still_works_once() {
        var email = member();
        var enrolled = enrolled(email);
        db.sql("update identity.authenticator set failures = 100").update();
        clock.advance(Duration.ofMinutes(1));
        var locked = visitor.another();
        locked.password(email, PASSWORD);

        assertThat(locked.code(enrolled.code(clock.instant())).statusCode()).isEqualTo(429);
        var recovery = enrolled.recoveryCodes().getFirst();
        var fresh = locked.recovery(recovery);

        assertThat(fresh.statusCode()).as(fresh.body()).isEqualTo(200);
        assertThat(locked.signedIn()).isTrue();
        var again = visitor.another();
        again.password(email, PASSWORD);
        assertThat(again.recovery(recovery).statusCode()).isEqualTo(422);
        assertThat(again.recovery(enrolled.recoveryCodes().getLast()).statusCode())
                .isEqualTo(422);
    }

    @Test
    void case_6_passwords_pause_after_five_tries_whether_the_account_exists_or_not() {
        var known = member();
        for (var email : new String[] {known, "nobody@example.com"}) {
            var guesser = visitor.another();
            for (var i = 0; i < 5; i++) {
                assertThat(guesser.password(email, "wrong password " + i).statusCode())
                        .isEqualTo(422);
            }
            assertThat(guesser.password(email, PASSWORD).statusCode()).as(email).isEqualTo(429);
        }
    }

    @Test
    void behind_a_trusted_proxy_the_guesser_is_paused_and_not_the_person_elsewhere() {
        var email = member();
        var guesser = visitor.another().from("203.0.113.7");
        for (var i = 0; i < 5; i++) {
            assertThat(guesser.password(email, "wrong password " + i).statusCode())
                    .isEqualTo(422);
        }
        assertThat(guesser.password(email, PASSWORD).statusCode()).isEqualTo(429);

        assertThat(location(visitor.another().from("203.0.113.8").password(email, PASSWORD)))
                .startsWith("/sign-in/");
    }

    @Test
    void an_address_with_a_nul_character_is_nobodys() {
        assertThat(visitor.password("ann\0a@example.com", PASSWORD).statusCode())
                .isEqualTo(422);
    }

    @Test
    void case_6_an_unknown_address_reads_like_a_wrong_password() {
        var known = member();

        var wrong = visitor.password(known, "wrong password").body();
        var unknown = visitor.password("nobody@example.com", "wrong password").body();

        assertThat(bare(wrong, known)).isEqualTo(bare(unknown, "nobody@example.com"));
    }

    @Test
    void case_1_one_factor_opens_nothing_but_the_second_factor_and_the_way_out() {
        var email = member();
        enrolled(email);
        var half = visitor.another();
        half.password(email, PASSWORD);
        var token = Http.token(half.http.get("/sign-in/code"));

        for (var route : routes.routes()) {
            if (route.access() == dev.conduct.kernel.Routes.Access.OPEN
                    || route.access() == dev.conduct.kernel.Routes.Access.OPERATIONS
                    || route.access() == dev.conduct.kernel.Routes.Access.FIRST_FACTOR) {
                continue;
            }
            var path = route.pattern()
                    .replaceAll("\\{[^}]*}", "1")
                    .replace("**", "1")
                    .replace("*", "1");
            var answer = half.http.send(route.method().name(), path, "", "X-CSRF-TOKEN", token);
            var where = answer.headers().firstValue("Location").orElse("");
            assertThat(answer.statusCode() == 401 || where.equals("/sign-in/code"))
                    .as("%s -> %s %s", route, answer.statusCode(), where)
                    .isTrue();
        }
    }

    @Test
    void a_session_with_one_factor_cannot_enrol_another_authenticator_over_the_first() {
        var email = member();
        enrolled(email);
        var half = visitor.another();
        half.password(email, PASSWORD);
        var token = Http.token(half.http.get("/sign-in/code"));

        assertThat(location(half.http.get("/sign-in/enrolment"))).isEqualTo("/sign-in/code");
        assertThat(location(half.http.form("/sign-in/enrolment", Map.of("_csrf", token, "code", "123456"))))
                .isEqualTo("/sign-in/code");
    }

    private static String bare(String page, String email) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                .replace(email, "")
                .replaceAll("#\\d+", "");
    }
}
