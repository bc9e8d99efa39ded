package dev.conduct.identity;

import static dev.conduct.identity.Visitor.PASSWORD;
import static dev.conduct.identity.Visitor.location;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import dev.conduct.support.OidcProvider;
import dev.conduct.support.TestClock;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Single sign-on with a real provider: abuse case 9 of the security rules, and what it is for.
@ConductTest(properties = {"test.alone=SingleSignOnTest", "conduct.outbound.allow=localhost"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SingleSignOnTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");
    private static final String BEGIN = "/sign-in/sso/company";
    private static final String SECRET = "a secret of the tests: %+&";

    private final Accounts accounts;
    private final Providers providers;
    private final GroupRoles groupRoles;
    private final People people;
    private final JdbcClient db;
    private final TestClock clock;
    private final int port;
    private OidcProvider provider;

    SingleSignOnTest(
            Accounts accounts,
            Providers providers,
            GroupRoles groupRoles,
            People people,
            JdbcClient db,
            TestClock clock,
            @LocalServerPort int port) {
        this.accounts = accounts;
        this.providers = providers;
        this.groupRoles = groupRoles;
        this.people = people;
        this.db = db;
        this.clock = clock;
        this.port = port;
    }

    @BeforeAll
    void the_provider_starts() throws IOException, InterruptedException {
        provider = OidcProvider.start("http://localhost:" + port + BEGIN + "/callback");
        // Tokens carry the provider's time, which is the real one.
        clock.set(InstantSource.system().instant());
    }

    @AfterAll
    void it_stops() {
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void it_is_connected_and_makes_accounts() {
        db.sql("delete from identity.throttle").update();
        connect(true);
    }

    @Test
    void whoever_signs_in_there_enrols_a_second_factor_here_and_gives_it_each_time() {
        var tom = new Visitor(port);
        var login = login();

        assertThat(location(enter(tom, login))).isEqualTo("/sign-in/code");
        assertThat(tom.signedIn()).isFalse();
        assertThat(location(tom.http.get("/sign-in/code"))).isEqualTo("/sign-in/enrolment");
        var enrolled = tom.enrol(clock.instant());
        assertThat(tom.signedIn()).isTrue();

        clock.advance(Duration.ofSeconds(60));
        var again = new Visitor(port);
        assertThat(location(enter(again, login))).isEqualTo("/sign-in/code");
        assertThat(again.signedIn()).isFalse();
        assertThat(location(again.code(enrolled.code(clock.instant())))).isEqualTo("/");
        assertThat(again.signedIn()).isTrue();
    }

    @Test
    void a_second_factor_given_there_counts_only_in_the_words_that_were_agreed() {
        var tom = new Visitor(port);
        var login = login();
        assertThat(location(enter(tom, login + "?amr=pwd,sms"))).isEqualTo("/sign-in/code");

        var again = new Visitor(port);
        assertThat(location(enter(again, login + "?amr=pwd,mfa"))).isEqualTo("/");
        assertThat(again.signedIn()).isTrue();

        clock.advance(Duration.ofMinutes(16));
        assertThat(location(again.http.get("/account/passkeys/new"))).isEqualTo("/sign-in/again");
        assertThat(again.http.get("/sign-in/again").body()).contains("Confirm with Company");
        clock.set(InstantSource.system().instant());
        var confirmed = again.http.get(through(again, "/sign-in/again/company", login + "?amr=pwd,mfa"));
        assertThat(location(confirmed)).isEqualTo("/sign-in/again");
        assertThat(again.http.get("/account/passkeys/new").statusCode()).isEqualTo(200);
    }

    @Test
    void a_second_factor_given_there_long_ago_lets_in_and_confirms_nothing() {
        var tom = new Visitor(port);
        var login = login();

        assertThat(location(enter(tom, login + "?amr=pwd,mfa&ago=7200"))).isEqualTo("/");

        assertThat(tom.signedIn()).isTrue();
        assertThat(location(tom.http.get("/account/passkeys/new"))).isEqualTo("/sign-in/again");
        var stale = tom.http.get(through(tom, "/sign-in/again/company", login + "?amr=pwd,mfa&ago=7200"));
        assertThat(stale.statusCode()).isEqualTo(422);
        assertThat(location(tom.http.get("/account/passkeys/new"))).isEqualTo("/sign-in/again");
        var fresh = new Visitor(port);
        enter(fresh, login + "?amr=pwd,mfa");
        assertThat(fresh.http.get("/account/passkeys/new").statusCode()).isEqualTo(200);
    }

    @Test
    void whoever_signs_out_at_the_provider_is_signed_out_here_and_a_forged_notice_ends_nothing() {
        var tom = new Visitor(port);
        var other = new Visitor(port);
        var login = login();
        enter(tom, login + "?amr=mfa");
        enter(other, login() + "?amr=mfa");
        var forged = "eyJhbGciOiJub25lIn0.eyJzdWIiOiI" + login + "In0.";
        for (var notice : List.of("", "nonsense", forged)) {
            assertThat(new Http(port)
                            .form(BEGIN + "/logout", Map.of("logout_token", notice))
                            .statusCode())
                    .as(notice)
                    .isEqualTo(400);
        }
        assertThat(tom.signedIn()).isTrue();

        assertThat(new Http(port).get(provider.issuer() + "/end/" + login).body())
                .isEqualTo("told");

        assertThat(tom.signedIn()).isFalse();
        assertThat(other.signedIn()).isTrue();
    }

    @Test
    void groups_give_and_take_their_roles_and_leave_the_others_alone() {
        groupRoles.add("builders", "developer", ADMINISTRATOR);
        var login = login();
        enter(new Visitor(port), login + "?groups=builders,unknown");
        var person = people.resolve(login + "@sso.example.com").orElseThrow();
        assertThat(person.roles()).containsExactly("developer");
        accounts.setRoles(person.id(), Set.of("developer", "qa"), ADMINISTRATOR);

        enter(new Visitor(port), login + "?groups=");
        assertThat(people.find(person.id()).orElseThrow().roles()).containsExactly("qa");
    }

    @Test
    void groups_of_a_provider_that_gives_no_roles_give_none() {
        groupRoles.add("wreckers", "administrator", ADMINISTRATOR);
        connect(true, false);
        var login = login();

        enter(new Visitor(port), login + "?groups=wreckers");

        assertThat(people.resolve(login + "@sso.example.com").orElseThrow().roles())
                .isEmpty();
    }

    @Test
    void an_invitation_is_taken_at_the_provider_and_an_account_is_connected_by_its_owner_only() {
        var lena = accounts.add("Lena Vo", mail(), Set.of("qa"), ADMINISTRATOR);
        var login = login();
        var invited = new Visitor(port);
        var token = accounts.invite(lena.id(), ADMINISTRATOR);
        assertThat(invited.http.get("/invitation?token=" + token).body()).contains("Sign in with Company");
        enter(invited, BEGIN + "?invitation=" + token, login + "?amr=mfa");
        assertThat(invited.http.get("/api/v1/me").body()).contains("Lena Vo");
        assertThat(invited.http.get("/invitation?token=" + token).statusCode()).isEqualTo(404);

        var other = login();
        var question = enter(invited, "/account/sign-ins/company", other);
        assertThat(location(question)).isEqualTo("/sign-in/connection");
        assertThat(new Visitor(port).http.get("/sign-in/connection").statusCode())
                .isEqualTo(302);
        assertThat(location(invited.http.fill("/sign-in/connection", "/sign-in/connection", Map.of())))
                .isEqualTo("/account");
        var elsewhere = new Visitor(port);
        enter(elsewhere, other + "?amr=mfa");
        assertThat(elsewhere.http.get("/api/v1/me").body()).contains("Lena Vo");
    }

    @Test
    void an_invitation_to_an_account_with_a_way_in_connects_nobody_and_still_sets_a_password() {
        var lena = accounts.add("Lena Vo", mail(), Set.of("qa"), ADMINISTRATOR);
        var first = accounts.invite(lena.id(), ADMINISTRATOR);
        var owner = new Visitor(port);
        owner.http.fill("/invitation?token=" + first, "/invitation", Map.of("token", first, "password", PASSWORD));
        var token = accounts.invite(lena.id(), ADMINISTRATOR);

        var stranger = new Visitor(port);
        var refused = enter(stranger, BEGIN + "?invitation=" + token, login() + "?amr=mfa");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("has a way in already");
        assertThat(stranger.signedIn()).isFalse();
        assertThat(db.sql("select count(*) from identity.external_account where 'person:' || person = :lena")
                        .param("lena", lena.id())
                        .query(Integer.class)
                        .single())
                .isZero();
        var again = new Visitor(port);
        var accepted = again.http.fill(
                "/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        assertThat(accepted.statusCode()).isIn(302, 303);
    }

    @Test
    void case_9_the_same_address_is_not_the_same_person() {
        var email = mail();
        var hana = accounts.add("Hana Iversen", email, Set.of("administrator"), ADMINISTRATOR);
        var stranger = new Visitor(port);

        for (var claimed : List.of(email, email.toUpperCase(java.util.Locale.ROOT))) {
            var refused = enter(stranger, login() + "?amr=mfa&email=" + claimed);
            assertThat(refused.statusCode()).isEqualTo(422);
            assertThat(refused.body()).contains("as before, and connect");
            assertThat(stranger.signedIn()).isFalse();
        }
        var login = login();
        assertThat(enter(stranger, login + "?amr=mfa&verified=no").statusCode()).isEqualTo(422);
        assertThat(people.resolve(login + "@sso.example.com")).isEmpty();
        assertThat(db.sql("select count(*) from identity.external_account where 'person:' || person = :hana")
                        .param("hana", hana.id())
                        .query(Integer.class)
                        .single())
                .isZero();

        connect(false);
        assertThat(enter(stranger, login() + "?amr=mfa").body()).contains("Ask an administrator for an invitation");
    }

    @Test
    void case_9_an_answer_counts_once_in_the_session_that_asked() {
        var login = login() + "?amr=mfa";
        var victim = new Visitor(port);
        victim.http.get(BEGIN);
        var attacker = new Visitor(port);
        var answer = through(attacker, BEGIN, login);

        assertThat(victim.http.get(answer).statusCode())
                .as("planted in another session")
                .isEqualTo(422);
        assertThat(new Visitor(port).http.get(answer).statusCode())
                .as("without a session")
                .isEqualTo(422);
        assertThat(victim.signedIn()).isFalse();
        assertThat(location(attacker.http.get(answer))).isEqualTo("/");
        assertThat(new Visitor(port).http.get(answer).statusCode()).as("again").isEqualTo(422);

        var forger = new Visitor(port);
        var good = through(forger, BEGIN, login);
        var bad = good.replaceAll("iss=[^&]*", "iss=https%3A%2F%2Fevil.example");
        assertThat(bad).isNotEqualTo(good);
        assertThat(forger.http.get(bad).statusCode()).as("another issuer").isEqualTo(422);
        var nameless = through(forger, BEGIN, login).replaceAll("&?iss=[^&]*", "");
        assertThat(forger.http.get(nameless).statusCode()).as("no issuer").isEqualTo(422);
        var stolen = through(forger, BEGIN, login);
        var state = stolen.replaceAll(".*state=([^&]*).*", "$1");
        var swapped = through(forger, BEGIN, login).replaceAll("state=[^&]*", "state=" + state);
        assertThat(forger.http.get(swapped).statusCode()).as("another state").isEqualTo(422);
        assertThat(forger.signedIn()).isFalse();
    }

    @Test
    void case_9_a_code_of_another_attempt_is_worth_nothing() {
        var login = login() + "?amr=mfa";
        var one = new Visitor(port);
        var code = through(one, BEGIN, login).replaceAll(".*code=([^&]*).*", "$1");
        var two = new Visitor(port);
        var mixed = through(two, BEGIN, login).replaceAll("code=[^&]*", "code=" + code);

        assertThat(two.http.get(mixed).statusCode()).isEqualTo(422);
        assertThat(two.signedIn()).isFalse();
    }

    @Test
    void case_9_nothing_leads_to_an_address_that_the_caller_named() {
        var login = login() + "?amr=mfa";
        for (var planted :
                List.of("?wanted=https://evil.example", "?redirect_uri=https://evil.example", "?next=//evil.example")) {
            var tom = new Visitor(port);
            var left = tom.http.get(BEGIN + planted);
            assertThat(location(left)).startsWith(provider.issuer()).doesNotContain("evil");
            assertThat(location(tom.http.get(through(tom, BEGIN + planted, login))))
                    .isEqualTo("/");
        }
        var tom = new Visitor(port);
        tom.http.get("//evil.example/x", "Accept", "text/html");
        assertThat(location(tom.http.get(through(tom, BEGIN, login))))
                .startsWith("/")
                .doesNotStartWith("//");
    }

    @Test
    void a_deactivated_person_is_not_let_in_and_signing_out_leads_to_the_provider() {
        var login = login() + "?amr=mfa";
        var tom = new Visitor(port);
        enter(tom, login);
        var token = Http.token(tom.http.get("/account"));
        assertThat(location(tom.http.form("/sign-out", Map.of("_csrf", token)))).isEqualTo("/signed-out");
        assertThat(tom.http.get("/signed-out").body()).contains(provider.issuer() + "/session/end?");
        assertThat(tom.signedIn()).isFalse();

        var person = people.resolve(login.split("\\?")[0] + "@sso.example.com").orElseThrow();
        accounts.deactivate(person.id(), ADMINISTRATOR);
        assertThat(enter(new Visitor(port), login).statusCode()).isEqualTo(422);
    }

    @Test
    void an_administrator_connects_a_provider_and_its_secret_is_never_shown() {
        var email = mail();
        var hana = accounts.add("Hana Iversen", email, Set.of("administrator"), ADMINISTRATOR);
        var visitor = new Visitor(port);
        var token = accounts.invite(hana.id(), ADMINISTRATOR);
        visitor.http.fill("/invitation?token=" + token, "/invitation", Map.of("token", token, "password", PASSWORD));
        visitor.enrol(clock.instant());
        var form = Map.of(
                "id", "company",
                "name", "Our directory",
                "issuer", provider.issuer(),
                "client_id", "conduct",
                "client_secret", SECRET,
                "active", "true");

        assertThat(location(visitor.http.fill("/admin/sign-on", "/admin/sign-on", form)))
                .isEqualTo("/admin/sign-on");
        var page = visitor.http.get("/admin/sign-on?change=company").body();
        assertThat(page).contains("Our directory", BEGIN + "/callback").doesNotContain("a secret of the tests");
        assertThat(new String(
                        db.sql("select client_secret from identity.provider where id = 'company'")
                                .query(byte[].class)
                                .single(),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("secret");
        for (var issuer : List.of("http://192.168.1.1", "https://10.0.0.1", provider.issuer() + "/", "nonsense")) {
            var wrong = new java.util.HashMap<>(form);
            wrong.put("issuer", issuer);
            var refused = visitor.http.fill("/admin/sign-on", "/admin/sign-on", wrong);
            assertThat(refused.statusCode()).as(issuer).isEqualTo(422);
        }
    }

    private void connect(boolean creates) {
        connect(creates, true);
    }

    private void connect(boolean creates, boolean givesRoles) {
        var company = new Provider(
                "company",
                "Company",
                provider.issuer(),
                "conduct",
                true,
                "groups",
                List.of("mfa"),
                creates,
                false,
                givesRoles,
                true);
        providers.save(company, SECRET, ADMINISTRATOR);
    }

    private HttpResponse<String> enter(Visitor visitor, String login) {
        return enter(visitor, BEGIN, login);
    }

    private HttpResponse<String> enter(Visitor visitor, String begin, String login) {
        return visitor.http.get(through(visitor, begin, login));
    }

    /// Leaves for the provider, signs in there, and stops at the address to which it sends people back.
    private String through(Visitor visitor, String begin, String login) {
        var answer = visitor.http.get(begin);
        for (var step = 0; step < 10; step++) {
            if (answer.statusCode() == 200) {
                answer = visitor.http.form(answer.uri().toString(), Map.of("login", login));
                continue;
            }
            var to = answer.headers()
                    .firstValue("Location")
                    .map(URI::create)
                    .orElseThrow()
                    .toString();
            var next = answer.uri().resolve(to).toString();
            if (next.startsWith("http://localhost:" + port + "/")) {
                return next;
            }
            answer = visitor.http.get(next);
        }
        throw new AssertionError("no way back from the provider: " + answer.statusCode() + " " + answer.body());
    }

    private static String login() {
        return "p" + UUID.randomUUID().toString().substring(0, 13);
    }

    private static String mail() {
        return "sso-" + UUID.randomUUID() + "@example.com";
    }
}
