package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Abuse cases 1, 3, 6, 7, 8 and 14 of the security rules, from outside.
@ConductTest(properties = {"test.alone=SignInTest", "conduct.proxies=127.0.0.1,::1,0:0:0:0:0:0:0:1"})
class SignInTest {

    private final SetUp setUp;
    private final Accounts accounts;
    private final RouteTable routes;
    private final JdbcClient db;
    private final dev.conduct.keys.BlindIndex index;
    private final TestClock clock;
    private final Visitor visitor;

    SignInTest(
            SetUp setUp,
            Accounts accounts,
            RouteTable routes,
            dev.conduct.keys.BlindIndex index,
            JdbcClient db,
            TestClock clock,
            @LocalServerPort int port) {
        this.setUp = setUp;
        this.accounts = accounts;
        this.routes = routes;
        this.db = db;
        this.index = index;
        this.clock = clock;
        this.visitor = new Visitor(port);
    }

    @BeforeEach
    void nobody_has_tried_anything_yet() {
        db.sql("delete from identity.throttle").update();
        clock.advance(Duration.ofMinutes(1));
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
    void every_answer_tells_the_browser_what_not_to_do_and_no_other_site_may_read_it() {
        for (var path : List.of("/sign-in", "/api/v1/me", "/nowhere")) {
            var headers = visitor.another()
                    .http
                    .get(path, "X-Forwarded-Proto", "https", "Origin", "https://elsewhere.example")
                    .headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .as(path)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'");
            assertThat(headers.firstValue("Referrer-Policy")).hasValue("same-origin");
            assertThat(headers.firstValue("X-Content-Type-Options")).hasValue("nosniff");
            assertThat(headers.firstValue("Cache-Control").orElse("")).as(path).contains("no-store");
            assertThat(headers.map().keySet())
                    .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
            assertThat(headers.firstValue("Strict-Transport-Security").orElse(""))
                    .as(path)
                    .contains("max-age=31536000", "includeSubDomains");
        }
        assertThat(visitor.another().http.send("TRACE", "/sign-in", "").statusCode())
                .isIn(401, 403, 405);
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

    @Test
    void case_8_a_form_without_its_token_is_refused_and_changes_nothing() {
        var email = member();
        var enrolled = visitor.another();
        enrolled.password(email, PASSWORD);
        enrolled.enrol(clock.instant());

        assertThat(enrolled.http.form("/sign-out", Map.of()).statusCode()).isEqualTo(403);
        assertThat(enrolled.http
                        .send("POST", "/api/v1/people", "{}", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.another()
                        .http
                        .form("/sign-in", Map.of("email", email, "password", PASSWORD))
                        .statusCode())
                .isEqualTo(403);
        assertThat(enrolled.signedIn()).isTrue();
    }

    @Test
    void case_7_signing_out_ends_the_session_for_good() {
        var email = member();
        var leaving = visitor.another();
        leaving.password(email, PASSWORD);
        leaving.enrol(clock.instant());
        var id = leaving.http.cookie("conduct");
        assertThat(visitor.another()
                        .http
                        .get("/api/v1/me", "Cookie", "conduct=" + id)
                        .statusCode())
                .isEqualTo(200);

        assertThat(location(leaving.http.form("/sign-out", Map.of("_csrf", leaving.token()))))
                .isEqualTo("/sign-in");

        assertThat(visitor.another()
                        .http
                        .get("/api/v1/me", "Cookie", "conduct=" + id)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void whoever_is_deactivated_is_out_at_once() {
        var email = member();
        var leaving = visitor.another();
        leaving.password(email, PASSWORD);
        leaving.enrol(clock.instant());
        assertThat(leaving.signedIn()).isTrue();

        accounts.deactivate(personOf(email), administrator());

        assertThat(leaving.signedIn()).isFalse();
        assertThat(visitor.another().password(email, PASSWORD).statusCode()).isEqualTo(422);
    }

    @Test
    void a_session_ends_a_day_after_its_password_and_an_administrators_after_half_a_day() {
        for (var role : new String[] {"developer", "administrator"}) {
            var email = member(role);
            var person = visitor.another();
            person.password(email, PASSWORD);
            person.enrol(clock.instant());
            clock.advance(Duration.ofHours(11));
            assertThat(person.signedIn()).as(role).isTrue();
            clock.advance(Duration.ofHours(2));
            assertThat(person.signedIn()).as(role).isEqualTo(role.equals("developer"));
            clock.advance(Duration.ofHours(12));
            assertThat(person.signedIn()).as(role).isFalse();
        }
    }

    @Test
    void a_session_ends_after_an_hour_without_use_and_an_administrators_after_a_quarter() {
        for (var limit : Map.of("developer", 60, "administrator", 15).entrySet()) {
            var email = member(limit.getKey());
            var person = visitor.another();
            person.password(email, PASSWORD);
            person.enrol(clock.instant());

            unused(email, limit.getValue() - 1);
            assertThat(person.signedIn()).as(limit.getKey()).isTrue();
            unused(email, limit.getValue() + 1);
            assertThat(person.signedIn()).as(limit.getKey()).isFalse();
        }
    }

    /// Sessions go by the machine's clock, so the session is made older instead.
    private void unused(String email, int minutes) {
        var changed = db.sql("""
                update identity.session
                   set last_access_time = last_access_time - :millis, expiry_time = expiry_time - :millis
                 where principal_name = :person
                """)
                .param("millis", Duration.ofMinutes(minutes).toMillis())
                .param("person", personOf(email))
                .update();
        assertThat(changed).isPositive();
    }

    @Test
    void an_administrator_invites_by_a_link_shown_once_and_a_developer_may_not() {
        var administrator = visitor.another();
        administrator.password(member("administrator"), PASSWORD);
        var developer = visitor.another();
        developer.password(member("developer"), PASSWORD);
        administrator.enrol(clock.instant());
        developer.enrol(clock.instant());
        var email = "lena-" + UUID.randomUUID() + "@example.com";

        assertThat(developer.http.get("/admin/people").statusCode()).isEqualTo(403);
        var page = administrator.http.fill(
                "/admin/people", "/admin/people", Map.of("name", "Lena Vo", "email", email, "role", "qa"));

        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Lena Vo", email, "/invitation?token=");
        assertThat(administrator.http.get("/admin/people").body()).doesNotContain("/invitation?token=");
        var again = administrator.http.fill(
                "/admin/people", "/admin/people", Map.of("name", "Lena Vo", "email", email, "role", "qa"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("has an account already", "value=\"" + email + "\"");
    }

    @Test
    void the_last_administrator_cannot_be_taken_away() {
        db.sql("update identity.actor set active = false where kind = 'person'").update();
        var last = personOf(member("administrator"));

        assertThatThrownBy(() -> accounts.deactivate(last, administrator())).hasMessageContaining("last administrator");
        assertThatThrownBy(() -> accounts.setRoles(last, Set.of("qa"), administrator()))
                .hasMessageContaining("last administrator");
    }

    @Test
    void secrets_are_stored_encrypted_or_hashed() {
        var email = member();
        var enrolled = enrolled(email);

        var stored = db.sql("select secret from identity.authenticator")
                .query((row, number) -> HexFormat.of().formatHex(row.getBytes("secret")))
                .list();

        var typed = HexFormat.of().formatHex(enrolled.secret().getBytes(StandardCharsets.US_ASCII));
        var raw = HexFormat.of().formatHex(Base32.decode(enrolled.secret()));
        assertThat(stored).isNotEmpty().noneMatch(value -> value.contains(typed) || value.contains(raw));
        assertThat(db.sql("select hash from identity.password")
                        .query(String.class)
                        .list())
                .allMatch(hash -> hash.startsWith("$argon2id$v=19$m=47104,t=1,p=1$"));
    }

    private String member() {
        return member("developer");
    }

    private String member(String role) {
        var email = "member-" + UUID.randomUUID() + "@example.com";
        var person = accounts.add("Tom Okafor", email, Set.of(role), administrator());
        var token = accounts.invite(person.id(), administrator());
        var invited = visitor.another();
        var answer = invited.http.fill(
                "/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        assertThat(location(answer)).isEqualTo("/sign-in/code");
        return email;
    }

    private Visitor.Enrolled enrolled(String email) {
        var person = visitor.another();
        person.password(email, PASSWORD);
        return person.enrol(clock.instant());
    }

    private String personOf(String email) {
        return "person:"
                + db.sql("select id from identity.actor where email_index in (:codes)")
                        .param("codes", index.all("identity.actor|email", email))
                        .query(String.class)
                        .single();
    }

    private String wrong(Visitor.Enrolled enrolled) {
        var right = Set.of(
                enrolled.code(clock.instant()),
                enrolled.code(clock.instant().minusSeconds(30)),
                enrolled.code(clock.instant().plusSeconds(30)));
        return right.contains("000000") ? "000001" : "000000";
    }

    private static Actor administrator() {
        return new Actor("system:test", "test", Set.of("administrator"), "api");
    }

    private static String bare(String page, String email) {
        return page.replaceAll("name=\"_csrf\" value=\"[^\"]+\"", "")
                .replace(email, "")
                .replaceAll("#\\d+", "");
    }
}
