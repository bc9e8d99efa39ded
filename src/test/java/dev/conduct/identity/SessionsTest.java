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
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Abuse cases 7 and 8 of the security rules, from outside: what a session is, and when it is over.
@ConductTest(properties = {"test.alone=SignInTest", "conduct.proxies=127.0.0.1,::1,0:0:0:0:0:0:0:1"})
class SessionsTest extends SignedUp {

    SessionsTest(
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
}
