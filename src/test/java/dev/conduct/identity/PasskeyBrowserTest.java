package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import dev.conduct.support.Chromium;
import dev.conduct.support.ConductTest;
import dev.conduct.support.TestClock;
import dev.conduct.support.Visitor;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Passkeys in a real browser, with the authenticator that Chromium has for tests: enrolled at the first sign-in, used
/// to sign in with nothing typed, and asked again for a dangerous act.
@ConductTest
class PasskeyBrowserTest {

    private static final Actor ADMINISTRATOR = new Actor("system:test", "test", Set.of("administrator"), "api");

    private final Accounts accounts;
    private final TestClock clock;
    private final String address;

    PasskeyBrowserTest(Accounts accounts, TestClock clock, @LocalServerPort int port) {
        this.accounts = accounts;
        this.clock = clock;
        this.address = "http://localhost:" + port;
    }

    @Test
    void a_browser_enrols_a_passkey_signs_in_with_it_and_confirms_with_it() {
        var email = "browser-" + UUID.randomUUID() + "@example.com";
        var person = accounts.add("Mira Solvang", email, Set.of("developer"), ADMINISTRATOR);
        try (var mira = new Visitor(Chromium.shared().browser(), address, clock, "Mira Solvang", email)) {
            var authenticator = authenticator(mira.page());
            mira.go("/invitation?token=" + accounts.invite(person.id(), ADMINISTRATOR));
            mira.page().locator("[name=password]").fill("nine calm otters drift by");
            mira.press("Keep this password");
            mira.press("Make a passkey");
            mira.page().locator("#recovery-codes").waitFor();
            mira.follow("I have kept them");

            mira.signOut().go("/sign-in");
            assertThat(mira.barriers()).isEmpty();
            mira.press("Sign in with a passkey");
            mira.page().waitForURL(url -> !url.contains("/sign-in"));
            mira.go("/account");
            assertThat(mira.text()).contains("Passkey", "used");

            clock.advance(Duration.ofMinutes(20));
            mira.follow("Add a passkey");
            assertThat(mira.page().url()).endsWith("/sign-in/again");
            mira.press("Use a passkey");
            mira.page().waitForURL(Pattern.compile("/account/passkeys/new$"));
            assertThat(mira.barriers()).isEmpty();

            verifies(authenticator, false);
            mira.signOut().go("/sign-in");
            mira.press("Sign in with a passkey");
            mira.page().locator("form[data-passkey] [role=status]:not(:empty)").waitFor();
            assertThat(mira.text()).contains("The browser gave no passkey");
            assertThat(mira.complaints()).isEmpty();
        }
    }

    private record Authenticator(CDPSession session, String id) {}

    private static Authenticator authenticator(Page page) {
        var session = page.context().newCDPSession(page);
        session.send("WebAuthn.enable");
        var made = session.send(
                "WebAuthn.addVirtualAuthenticator", JsonParser.parseString("""
                {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
                 "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}}
                """).getAsJsonObject());
        return new Authenticator(session, made.get("authenticatorId").getAsString());
    }

    private static void verifies(Authenticator authenticator, boolean verified) {
        var parameters = new JsonObject();
        parameters.addProperty("authenticatorId", authenticator.id());
        parameters.addProperty("isUserVerified", verified);
        authenticator.session().send("WebAuthn.setUserVerified", parameters);
    }
}
