package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.ledger.Ledger;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The page of the own account, the tokens made on it, and the second factor that dangerous acts ask for again.
@ConductTest
class OwnAccountTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final Pattern TOKEN = Pattern.compile("id=\"token\">(cdt_[A-Za-z0-9_-]{43})<");
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final Accounts accounts;
    private final AccountList list;
    private final Ledger ledger;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;

    OwnAccountTest(
            Accounts accounts,
            AccountList list,
            Ledger ledger,
            JdbcClient db,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.list = list;
        this.ledger = ledger;
        this.db = db;
        this.clock = clock;
        this.port = port;
    }

    /// Somebody signed in.
    private record Member(String id, String email, Visitor browser, Visitor.Enrolled enrolled) {

        HttpResponse<String> sends(String path, Map<String, String> fields) {
            return browser.http.fill("/account", path, fields);
        }
    }

    @BeforeEach
    void nobody_has_tried_anything_yet() {
        db.sql("delete from identity.throttle").update();
        clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void a_dangerous_act_asks_for_the_factor_again_after_a_quarter_of_an_hour_and_goes_on_with_what_was_sent() {
        var hana = member("administrator");
        var email = "lena-" + UUID.randomUUID() + "@example.com";
        var invitation = Map.of("name", "Lena Vo", "email", email, "role", "qa");
        clock.advance(Duration.ofMinutes(16));

        var before = list.count().all();

        var held = hana.browser.http.fill("/admin/people", "/admin/people", invitation);
        assertThat(location(held)).isEqualTo("/sign-in/again");
        assertThat(list.count().all()).as("nobody was added").isEqualTo(before);

        var page = hana.browser.http.get("/sign-in/again");
        var wrong = hana.browser.http.form("/sign-in/again", Map.of("_csrf", Http.token(page), "code", "12345"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        var confirmed = confirm(hana);
        assertThat(location(confirmed)).isEqualTo("/sign-in/again");
        var goOn = hana.browser.http.get("/sign-in/again");
        assertThat(goOn.body()).contains("action=\"/admin/people\"");
        var fields = new java.util.HashMap<String, String>();
        HIDDEN.matcher(goOn.body()).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        var done = hana.browser.http.form("/admin/people", fields);

        assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
        assertThat(done.body()).contains(email, "/invitation?token=");
        assertThat(ledger.eventsOf(hana.id).stream()
                        .filter(event -> event.action().equals("auth.step_up"))
                        .map(event -> event.outcome().word()))
                .containsExactly("denied", "success");
    }

    @Test
    void a_program_that_rides_on_a_session_is_told_in_a_problem_to_confirm_first() {
        var hana = member("administrator");
        var token = Http.token(hana.browser.http.get("/account"));
        clock.advance(Duration.ofMinutes(16));

        var held = hana.browser.http.send(
                "POST",
                "/api/v1/people",
                "{\"name\":\"Rosa\",\"email\":\"rosa-step@example.com\"}",
                "Content-Type",
                "application/json",
                "X-CSRF-TOKEN",
                token);

        assertThat(held.statusCode()).isEqualTo(403);
        assertThat(held.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(held.body()).contains("\"code\":\"step_up_needed\"");
    }

    @Test
    void a_personal_token_is_shown_once_acts_as_its_owner_within_its_scopes_and_ends_when_revoked() {
        var tom = member("developer");
        var made = tom.sends("/account/tokens", Map.of("token-name", "notebook", "scope", "read", "days", "30"));
        var token = token(made);
        assertThat(tom.browser.http.get("/account").body()).contains("notebook").doesNotContain(token);
        assertThat(db.sql("select encode(hash, 'escape') from identity.personal_token")
                        .query(String.class)
                        .list())
                .noneMatch(hash -> hash.contains(token));

        var me = bearer(token, "/api/v1/me");
        assertThat(me.statusCode()).as(me.body()).isEqualTo(200);
        assertThat(me.body()).contains(tom.id, "developer");
        assertThat(posts(token, "/api/v1/items", "{}").statusCode()).isEqualTo(403);

        var id = db.sql("select id from identity.personal_token where person = :person")
                .param("person", ActorId.required(tom.id))
                .query(String.class)
                .single();
        assertThat(location(member("developer").sends("/account/tokens/" + id + "/revocation", Map.of())))
                .as("another's")
                .isEqualTo("(404)");
        assertThat(location(tom.sends("/account/tokens/" + id + "/revocation", Map.of())))
                .isEqualTo("/account");
        assertThat(bearer(token, "/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(ledger.eventsOf(tom.id).stream().map(event -> event.action()))
                .contains("token.create", "token.revoke");
    }

    @Test
    void without_its_scope_a_token_has_no_administrators_rights_and_with_it_none_of_the_dangerous_ones() {
        var hana = member("administrator");
        var reading = token(hana.sends("/account/tokens", Map.of("token-name", "r", "scope", "read")));
        var all = token(hana.sends("/account/tokens", Map.of("token-name", "a", "scope", "read,write,administer")));
        var person = "{\"name\":\"Rosa\",\"email\":\"rosa-token@example.com\"}";

        assertThat(bearer(reading, "/api/v1/people").statusCode()).isEqualTo(403);
        assertThat(bearer(all, "/api/v1/people").statusCode()).isEqualTo(200);
        assertThat(posts(all, "/api/v1/people", person).body()).contains("step_up_needed");
    }

    @Test
    void the_last_use_of_a_token_is_written_once_a_minute_and_it_ends_on_its_day() {
        var tom = member("developer");
        var token = token(tom.sends("/account/tokens", Map.of("token-name", "n", "scope", "read", "days", "7")));
        bearer(token, "/api/v1/me");
        var first = clock.instant();
        clock.advance(Duration.ofSeconds(59));
        bearer(token, "/api/v1/me");
        assertThat(used(tom)).isEqualTo(first);
        clock.advance(Duration.ofSeconds(1));
        bearer(token, "/api/v1/me");
        assertThat(used(tom)).isEqualTo(clock.instant());

        clock.advance(Duration.ofDays(7));
        assertThat(bearer(token, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_that_lives_too_long_or_opens_nothing_is_not_made() {
        var tom = member("developer");

        assertThat(tom.sends("/account/tokens", Map.of("token-name", "n", "scope", "read", "days", "91"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(tom.sends("/account/tokens", Map.of("token-name", "n")).statusCode())
                .isEqualTo(422);
    }

    @Test
    void whoever_is_deactivated_loses_the_tokens_too() {
        var tom = member("developer");
        var token = token(tom.sends("/account/tokens", Map.of("token-name", "n", "scope", "read")));

        accounts.deactivate(tom.id, ADMINISTRATOR);

        assertThat(bearer(token, "/api/v1/me").statusCode()).isEqualTo(401);
        accounts.activate(tom.id, ADMINISTRATOR);
        assertThat(bearer(token, "/api/v1/me").statusCode()).isEqualTo(401);
    }

    @Test
    void administrators_see_every_program_and_token_and_revoke_them() {
        var tom = member("developer");
        var hana = member("administrator");
        var token = token(tom.sends("/account/tokens", Map.of("token-name", "toms notebook", "scope", "read")));

        var made = hana.browser.http.fill(
                "/admin/clients",
                "/admin/clients",
                Map.of("client-name", "the build", "role", "developer", "scope", "read"));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        assertThat(made.body()).contains("id=\"client-secret\">cs_", "toms notebook");
        assertThat(hana.browser.http.get("/admin/clients").body())
                .contains("the build", "made by Tom Okafor")
                .doesNotContain("cs_");
        var id = db.sql("select id from identity.personal_token where person = :person")
                .param("person", ActorId.required(tom.id))
                .query(String.class)
                .single();
        hana.browser.http.fill("/admin/clients", "/admin/tokens/" + id + "/revocation", Map.of());

        assertThat(bearer(token, "/api/v1/me").statusCode()).isEqualTo(401);
        assertThat(tom.browser.http.get("/admin/clients").statusCode()).isEqualTo(403);
    }

    @Test
    void administrators_rotate_keys_and_erase_somebody_as_two() {
        var tom = member("developer");
        var hana = member("administrator");
        var ida = member("administrator");

        assertThat(hana.browser.http.get("/admin/keys").body()).contains("Encryption keys", "root.key", "In time");
        hana.browser.http.fill("/admin/keys", "/admin/keys/secrets/rotation", Map.of());
        assertThat(hana.browser.http.get("/admin/keys").body()).contains("Rotating", "Started by Tom");
        assertThat(tom.browser.http.get("/admin/keys").statusCode()).isEqualTo(403);
        hana.browser.http.fill("/admin/erasures", "/admin/erasures", Map.of("person", tom.email));
        hana.browser.http.fill("/admin/erasures", "/admin/erasures/" + tom.id + "/approval", Map.of());
        assertThat(hana.browser.http.get("/admin/erasures").body()).contains(tom.id, "A second person does it.");
        ida.browser.http.fill("/admin/erasures", "/admin/erasures/" + tom.id + "/approval", Map.of());

        assertThat(ida.browser.http.get("/admin/erasures").body()).contains("None waits.", tom.id);
        assertThat(tom.browser.signedIn()).isFalse();
    }

    @Test
    void people_see_their_sessions_and_end_another() {
        var tom = member("developer");
        clock.advance(Duration.ofMinutes(1));
        var phone = tom.browser.another();
        phone.password(tom.email, PASSWORD);
        phone.code(tom.enrolled.code(clock.instant()));
        assertThat(phone.signedIn()).isTrue();
        var page = tom.browser.http.get("/account");
        var ends = Pattern.compile("action=\"(/account/sessions/[0-9a-f]+/end)\"")
                .matcher(page.body())
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(page.body()).doesNotContain(phone.http.cookie("conduct"));

        for (var end : ends) {
            tom.sends(end, Map.of());
        }

        assertThat(phone.signedIn()).isFalse();
        assertThat(tom.browser.signedIn()).isTrue();
    }

    @Test
    void a_replaced_authenticator_opens_nothing_and_other_sessions_end() {
        var tom = member("developer");
        clock.advance(Duration.ofMinutes(1));
        var phone = tom.browser.another();
        phone.password(tom.email, PASSWORD);
        phone.code(tom.enrolled.code(clock.instant()));
        var page = tom.browser.http.get("/account/authenticator");
        var secret = Pattern.compile("id=\"secret\">([A-Z2-7 ]+)<").matcher(page.body());
        assertThat(secret.find()).as(page.body()).isTrue();
        var next = new Visitor.Enrolled(secret.group(1).replace(" ", ""), java.util.List.of());
        assertThat(tom.sends("/account/authenticator", Map.of("code", "000")).statusCode())
                .isEqualTo(422);

        tom.sends("/account/authenticator", Map.of("code", next.code(clock.instant())));

        assertThat(tom.browser.signedIn()).isTrue();
        assertThat(phone.signedIn()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        phone.password(tom.email, PASSWORD);
        assertThat(phone.code(tom.enrolled.code(clock.instant())).statusCode()).isEqualTo(422);
        assertThat(location(phone.code(next.code(clock.instant())))).isEqualTo("/");
    }

    @Test
    void new_recovery_codes_replace_the_old() {
        var tom = member("developer");

        var page = tom.sends("/account/recovery-codes", Map.of());
        var fresh = Pattern.compile("<li>([a-z2-7-]{20,})</li>").matcher(page.body());
        assertThat(fresh.find()).as(page.body()).isTrue();

        var phone = tom.browser.another();
        phone.password(tom.email, PASSWORD);
        assertThat(phone.recovery(tom.enrolled.recoveryCodes().getFirst()).statusCode())
                .isEqualTo(422);
        assertThat(phone.recovery(fresh.group(1)).statusCode()).isEqualTo(200);
    }

    @Test
    void people_change_their_name() {
        var tom = member("developer");

        assertThat(tom.sends("/account/name", Map.of("name", " ")).statusCode()).isEqualTo(422);
        tom.sends("/account/name", Map.of("name", "Thomas Okafor"));

        assertThat(tom.browser.http.get("/api/v1/me").body()).contains("Thomas Okafor");
    }

    private Member member(String role) {
        var email = "own-" + UUID.randomUUID() + "@example.com";
        var person = accounts.add("Tom Okafor", email, Set.of(role), ADMINISTRATOR);
        var token = accounts.invite(person.id(), ADMINISTRATOR);
        var browser = new Visitor(port);
        browser.http.fill("/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        return new Member(person.id(), email, browser, browser.enrol(clock.instant()));
    }

    private HttpResponse<String> confirm(Member member) {
        var page = member.browser.http.get("/sign-in/again");
        return member.browser.http.form(
                "/sign-in/again", Map.of("_csrf", Http.token(page), "code", member.enrolled.code(clock.instant())));
    }

    private HttpResponse<String> bearer(String token, String path) {
        return new Http(port).get(path, "Authorization", "Bearer " + token);
    }

    private HttpResponse<String> posts(String token, String path, String body) {
        return new Http(port)
                .send("POST", path, body, "Content-Type", "application/json", "Authorization", "Bearer " + token);
    }

    private java.time.Instant used(Member member) {
        return db.sql("select last_used_at from identity.personal_token where person = :person")
                .param("person", ActorId.required(member.id))
                .query((row, number) -> java.util.Objects.requireNonNull(Sql.time(row, "last_used_at")))
                .single();
    }

    private static String token(HttpResponse<String> page) {
        var found = TOKEN.matcher(page.body());
        assertThat(found.find()).as(page.statusCode() + " " + page.body()).isTrue();
        return found.group(1);
    }
}
