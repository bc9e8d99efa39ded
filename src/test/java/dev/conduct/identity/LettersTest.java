package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.mail.Sent;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What people are written about their accounts, read from the letters themselves.
@ConductTest
class LettersTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Accounts accounts;
    private final Sent sent;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;
    private final String email = mail();

    LettersTest(Accounts accounts, Sent sent, JdbcClient db, TestClock clock, @LocalServerPort int port) {
        this.sent = sent;
        this.accounts = accounts;
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
    void an_invitation_comes_by_mail_and_its_link_opens_the_account() {
        var tom = new Visitor(port);
        accept(tom);

        assertThat(tom.signedIn()).isTrue();
    }

    @Test
    void a_new_browser_is_told_once_and_the_first_never() {
        var enrolled = accept(new Visitor(port));
        assertThat(letters(email, "new_device")).isZero();

        var elsewhere = new Visitor(port);
        for (var time = 0; time < 2; time++) {
            clock.advance(Duration.ofMinutes(1));
            elsewhere.http.get("/sign-in");
            elsewhere.http.form("/sign-out", Map.of("_csrf", Http.token(elsewhere.http.get("/sign-in"))));
            elsewhere.password(email, PASSWORD);
            assertThat(location(elsewhere.code(enrolled.code(clock.instant())))).isEqualTo("/");
            elsewhere.http.form("/sign-out", Map.of("_csrf", Http.token(elsewhere.http.get("/account"))));
        }

        assertThat(letters(email, "new_device")).isEqualTo(1);
        assertThat(letter(email, "new_device")).contains("for the first time", "/account");
    }

    @Test
    void a_recovery_code_that_was_used_is_told() {
        var enrolled = accept(new Visitor(port));
        var lost = new Visitor(port);
        lost.password(email, PASSWORD);

        assertThat(lost.recovery(enrolled.recoveryCodes().getFirst()).statusCode())
                .isEqualTo(200);

        assertThat(letter(email, "recovery_code"))
                .contains("All ten were replaced")
                .doesNotContain(enrolled.recoveryCodes().getFirst());
    }

    @Test
    void an_address_changes_when_its_owner_says_so_and_the_old_one_is_told() {
        var tom = new Visitor(port);
        accept(tom);
        var wanted = mail();
        assertThat(location(tom.http.fill("/account", "/account/address", Map.of("email", wanted))))
                .isEqualTo("/account");
        assertThat(tom.http.get("/account").body()).contains("value=\"" + email);

        var link = path(letter(wanted, "address"), "/address\\?token=");
        var owner = new Visitor(port);
        assertThat(owner.http.get(link).body()).contains("Use " + wanted);
        var token = link.substring(link.indexOf('=') + 1);
        assertThat(location(owner.http.fill(link, "/address", Map.of("token", token))))
                .isEqualTo("/account");

        assertThat(tom.http.get("/account").body()).contains("value=\"" + wanted);
        assertThat(letter(email, "address_changed")).contains("another e-mail address");
        assertThat(owner.http.get(link).statusCode()).isEqualTo(404);
    }

    @Test
    void case_6_an_address_that_has_an_account_is_answered_like_any_other_and_gets_no_letter() {
        var tom = new Visitor(port);
        accept(tom);
        var taken = mail();
        accounts.add("Lena Vo", taken, Set.of(), ADMINISTRATOR);

        var answer = tom.http.fill("/account", "/account/address", Map.of("email", taken));

        assertThat(location(answer)).isEqualTo("/account");
        assertThat(tom.http.get("/account").body()).contains("A letter is on the way");
        assertThat(letters(taken, "address")).isZero();
    }

    @Test
    void a_password_changes_for_whoever_knows_the_present_one_and_ends_the_other_sessions() {
        var tom = new Visitor(port);
        var enrolled = accept(tom);
        clock.advance(Duration.ofMinutes(1));
        var other = new Visitor(port);
        other.password(email, PASSWORD);
        other.code(enrolled.code(clock.instant()));
        var fresh = "violet anchor paper summit";
        for (var refused : java.util.List.of(
                Map.of("present-password", "wrong password", "password", fresh),
                Map.of("present-password", PASSWORD, "password", "short"))) {
            assertThat(tom.http.fill("/account", "/account/password", refused).statusCode())
                    .isEqualTo(422);
        }
        assertThat(other.signedIn()).isTrue();

        var changed =
                tom.http.fill("/account", "/account/password", Map.of("present-password", PASSWORD, "password", fresh));

        assertThat(location(changed)).isEqualTo("/account");
        assertThat(tom.signedIn()).isTrue();
        assertThat(other.signedIn()).isFalse();
        assertThat(new Visitor(port).password(email, PASSWORD).statusCode()).isEqualTo(422);
        assertThat(location(new Visitor(port).password(email, fresh))).isEqualTo("/sign-in/code");
        assertThat(letter(email, "password_changed")).contains("all other sessions have ended");
    }

    private Visitor.Enrolled accept(Visitor visitor) {
        var person = accounts.add("Tom Okafor", email, Set.of("developer"), ADMINISTRATOR);
        accounts.invite(person.id(), ADMINISTRATOR);
        var link = path(letter(email, "invitation"), "/invitation\\?token=");
        var token = link.substring(link.indexOf('=') + 1);
        visitor.http.fill(link, "/invitation", Map.of("token", token, "password", PASSWORD));
        return visitor.enrol(clock.instant());
    }

    private int letters(String recipient, String kind) {
        return sent.to(recipient, kind).size();
    }

    /// As it waits to be sent.
    private String letter(String recipient, String kind) {
        return sent.to(recipient, kind).getFirst().text();
    }

    private static String path(String letter, String begin) {
        var found = java.util.regex.Pattern.compile(begin + "[A-Za-z0-9_-]+").matcher(letter);
        assertThat(found.find()).as(letter).isTrue();
        return found.group();
    }

    private static String mail() {
        return "letters-" + UUID.randomUUID() + "@example.com";
    }
}
