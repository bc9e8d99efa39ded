package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.keys.BlindIndex;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Passkeys from outside, with an authenticator that can lie: abuse case 5 of the security rules.
@ConductTest
class PasskeyTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String SIGN_IN = "/sign-in/passkey";
    private static final String ENROL = "/sign-in/enrolment/passkey";
    private static final String ADD = "/account/passkeys";

    private final Accounts accounts;
    private final BlindIndex index;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;
    private final SoftPasskey passkey;
    private String email = "";

    PasskeyTest(Accounts accounts, BlindIndex index, JdbcClient db, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.index = index;
        this.db = db;
        this.clock = clock;
        this.port = port;
        this.passkey = new SoftPasskey("http://localhost:" + port);
    }

    @BeforeEach
    void nobody_has_tried_anything_yet() {
        db.sql("delete from identity.throttle").update();
        clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void a_passkey_enrols_and_then_signs_in_by_itself() {
        var tom = invited();
        assertThat(tom.http.get("/sign-in/enrolment").body()).contains("Make a passkey");

        assertThat(enrol(tom, passkey).statusCode()).isEqualTo(200);
        assertThat(tom.signedIn()).isTrue();

        var elsewhere = new Visitor(port);
        assertThat(elsewhere.signedIn()).isFalse();
        assertThat(location(sign(elsewhere, passkey))).isEqualTo("/");
        assertThat(elsewhere.signedIn()).isTrue();
    }

    @Test
    void after_the_password_only_a_passkey_of_the_same_person_counts() {
        var tom = invited();
        enrol(tom, passkey);
        var toms = email;
        var lena = invited();
        var lenas = new SoftPasskey("http://localhost:" + port);
        enrol(lena, lenas);

        var half = new Visitor(port);
        half.password(toms, PASSWORD);
        assertThat(half.http.get("/sign-in/code").body())
                .contains("Use a passkey")
                .doesNotContain("Authenticator code");
        assertThat(sign(half, lenas).statusCode()).isEqualTo(422);
        assertThat(half.signedIn()).isFalse();
        assertThat(location(sign(half, passkey))).isEqualTo("/");
        assertThat(half.signedIn()).isTrue();
    }

    @Test
    void case_5_a_passkey_that_did_not_verify_its_user_neither_enrols_nor_signs_in() {
        var tom = invited();
        passkey.verified = false;
        assertThat(enrol(tom, passkey).statusCode()).isEqualTo(422);
        assertThat(tom.signedIn()).isFalse();
        passkey.verified = true;
        enrol(tom, passkey);

        passkey.verified = false;
        var thief = new Visitor(port);
        var refused = sign(thief, passkey);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("does not open an account");
        assertThat(thief.signedIn()).isFalse();
    }

    @Test
    void case_5_what_was_signed_for_another_origin_counts_nowhere() {
        var tom = invited();
        passkey.origin = "https://conduct.example.net";
        assertThat(enrol(tom, passkey).statusCode()).isEqualTo(422);
        passkey.origin = "http://localhost:" + port;
        enrol(tom, passkey);

        for (var origin : new String[] {"https://evil.example", "http://localhost:1", "http://localhost"}) {
            passkey.origin = origin;
            var fooled = new Visitor(port);
            assertThat(sign(fooled, passkey).statusCode()).as(origin).isEqualTo(422);
            assertThat(fooled.signedIn()).isFalse();
        }
    }

    @Test
    void case_5_an_answer_counts_once_for_its_session_and_its_moment() {
        enrol(invited(), passkey);
        var tom = new Visitor(port);
        var answer = passkey.signed(challenge(tom, SIGN_IN));
        var eavesdropper = new Visitor(port);
        challenge(eavesdropper, SIGN_IN);

        assertThat(send(eavesdropper, SIGN_IN, answer).statusCode()).isEqualTo(422);
        assertThat(location(send(tom, SIGN_IN, answer))).isEqualTo("/");
        assertThat(send(eavesdropper, SIGN_IN, answer).statusCode()).isEqualTo(422);
        assertThat(eavesdropper.signedIn()).isFalse();

        var slow = new Visitor(port);
        var late = passkey.signed(challenge(slow, SIGN_IN));
        clock.advance(Duration.ofMinutes(6));
        assertThat(send(slow, SIGN_IN, late).statusCode()).isEqualTo(422);
    }

    @Test
    void case_5_a_copy_whose_count_is_behind_is_refused() {
        enrol(invited(), passkey);
        sign(new Visitor(port), passkey);
        sign(new Visitor(port), passkey);

        passkey.count = 0;
        var copy = new Visitor(port);

        assertThat(sign(copy, passkey).statusCode()).isEqualTo(422);
        assertThat(copy.signedIn()).isFalse();
    }

    @Test
    void nobody_adds_a_passkey_with_the_password_alone_to_an_account_that_has_a_second_factor() {
        enrol(invited(), passkey);
        var thief = new Visitor(port);
        thief.password(email, PASSWORD);
        var token = Http.token(thief.http.get("/sign-in/code"));

        assertThat(thief.http
                        .send("POST", ENROL + "/challenge", "", "X-CSRF-TOKEN", token)
                        .statusCode())
                .isEqualTo(409);
        assertThat(location(thief.http.form(ENROL, Map.of("_csrf", token, "credential", "{}"))))
                .isEqualTo("/sign-in/code");
        assertThat(thief.signedIn()).isFalse();
    }

    @Test
    void passkeys_are_named_added_and_taken_away_but_never_the_last_factor() {
        var tom = invited();
        enrol(tom, passkey);
        clock.advance(Duration.ofMinutes(1));
        var second = new SoftPasskey("http://localhost:" + port);
        var token = Http.token(tom.http.get("/account/passkeys/new"));
        var options = tom.http
                .send("POST", ADD + "/challenge", "", "X-CSRF-TOKEN", token)
                .body();
        var added = tom.http.form(
                ADD, Map.of("_csrf", token, "credential", second.made(options), "name", "Key <ring> \u2028"));
        assertThat(location(added)).isEqualTo("/account");
        assertThat(tom.http.get("/account").body()).contains("Key &lt;ring&gt;").doesNotContain("Key <ring>");

        assertThat(location(remove(tom))).isEqualTo("/account");
        assertThat(location(remove(tom))).isEqualTo("/account");
        assertThat(tom.http.get("/account").body()).contains("your only second factor");
        assertThat(sign(new Visitor(port), passkey).statusCode()).isEqualTo(422);
        assertThat(location(sign(new Visitor(port), second))).isEqualTo("/");

        clock.advance(Duration.ofMinutes(16));
        assertThat(location(tom.http.get("/account/passkeys/new"))).isEqualTo("/sign-in/again");
        tom.http.get("/sign-in/again");
        var again = second.signed(challenge(tom, "/sign-in/again", SIGN_IN + "/challenge"));
        assertThat(location(send(tom, "/sign-in/again", again))).isEqualTo("/sign-in/again");
        assertThat(tom.http.get("/account/passkeys/new").statusCode()).isEqualTo(200);
    }

    @Test
    void a_deactivated_person_s_passkey_opens_nothing() {
        var tom = invited();
        enrol(tom, passkey);
        var id = db.sql("select 'person:' || id from identity.actor where email_index in (:codes)")
                .param("codes", index.all("identity.actor|email", email))
                .query(String.class)
                .single();

        accounts.deactivate(id, ADMINISTRATOR);

        assertThat(tom.signedIn()).isFalse();
        assertThat(sign(new Visitor(port), passkey).statusCode()).isEqualTo(422);
    }

    private HttpResponse<String> remove(Visitor visitor) {
        var page = visitor.http.get("/account");
        var id = page.body().replaceAll("(?s).*?/account/passkeys/([0-9a-f-]{36})/removal.*", "$1");
        return visitor.http.form("/account/passkeys/" + id + "/removal", Map.of("_csrf", Http.token(page)));
    }

    private HttpResponse<String> enrol(Visitor visitor, SoftPasskey made) {
        var options = challenge(visitor, "/sign-in/enrolment", ENROL + "/challenge");
        var token = Http.token(visitor.http.get("/sign-in/enrolment"));
        return visitor.http.form(ENROL, Map.of("_csrf", token, "credential", made.made(options), "name", "Laptop"));
    }

    private HttpResponse<String> sign(Visitor visitor, SoftPasskey used) {
        return send(visitor, SIGN_IN, used.signed(challenge(visitor, SIGN_IN)));
    }

    private static HttpResponse<String> send(Visitor visitor, String path, String credential) {
        var page = visitor.http.get("/sign-in/again");
        var form = page.statusCode() == 200 ? page : visitor.http.get(form(visitor));
        return visitor.http.form(path, Map.of("_csrf", Http.token(form), "credential", credential));
    }

    private static String challenge(Visitor visitor, String path) {
        return challenge(visitor, form(visitor), path + "/challenge");
    }

    private static String challenge(Visitor visitor, String page, String path) {
        var token = Http.token(visitor.http.get(page));
        var answer = visitor.http.send("POST", path, "", "X-CSRF-TOKEN", token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"userVerification\":\"required\"");
        return answer.body();
    }

    /// The page that a visitor of this state is led to.
    private static String form(Visitor visitor) {
        var page = visitor.http.get("/sign-in");
        return page.statusCode() == 200 ? "/sign-in" : location(page);
    }

    /// With one factor.
    private Visitor invited() {
        email = "passkey-" + UUID.randomUUID() + "@example.com";
        var person = accounts.add("Tom Okafor", email, Set.of("developer"), ADMINISTRATOR);
        var token = accounts.invite(person.id(), ADMINISTRATOR);
        var visitor = new Visitor(port);
        visitor.http.fill("/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        return visitor;
    }
}
