package dev.conduct.identity;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Judges the factors of a sign-in and records each try before the answer goes out.
@Component
class SignIn {

    private static final Logger log = LoggerFactory.getLogger(SignIn.class);

    private final JdbcClient db;
    private final InstantSource time;
    private final Passwords passwords;
    private final Authenticators authenticators;
    private final RecoveryCodes recoveryCodes;
    private final PasskeyCeremonies passkeys;
    private final Throttle throttle;
    private final People people;
    private final Addresses addresses;
    private final SecurityLetters letters;
    private final Ledger ledger;

    SignIn(
            JdbcClient db,
            InstantSource time,
            Passwords passwords,
            Authenticators authenticators,
            RecoveryCodes recoveryCodes,
            PasskeyCeremonies passkeys,
            Throttle throttle,
            People people,
            Addresses addresses,
            SecurityLetters letters,
            Ledger ledger) {
        this.db = db;
        this.time = time;
        this.passwords = passwords;
        this.authenticators = authenticators;
        this.recoveryCodes = recoveryCodes;
        this.passkeys = passkeys;
        this.throttle = throttle;
        this.people = people;
        this.addresses = addresses;
        this.letters = letters;
        this.ledger = ledger;
    }

    private record Account(UUID id, String hash, boolean active) {}

    /// Empty when e-mail address and password do not belong together, whatever the reason.
    ///
    /// @throws dev.conduct.kernel.Problem 429 after too many tries
    Optional<String> password(String email, String password, String address) {
        var normal = email.strip().toLowerCase(Locale.ROOT);
        throttle.count(normal, address);
        var account = normal.indexOf(0) < 0 ? account(normal) : Optional.<Account>empty();
        var fits = passwords.matches(password, account.map(Account::hash).orElse(null));
        var person = account.map(found -> "person:" + found.id()).orElse(null);
        if (!fits || account.isEmpty() || !account.get().active()) {
            record("auth.sign_in", person, Outcome.DENIED, "password", normal);
            return Optional.empty();
        }
        throttle.forget(normal, address);
        authenticators.forgetUnconfirmed(account.get().id());
        record("auth.factor", person, Outcome.SUCCESS, "password", normal);
        return Optional.ofNullable(person);
    }

    private Optional<Account> account(String email) {
        return db.sql("""
                select a.id, p.hash, a.active
                  from identity.actor a
                  join identity.password p on p.person = a.id
                 where (a.email_index in (:codes) or a.email = :email) and a.kind = 'person'
                """)
                .param("codes", addresses.codes(email))
                .param("email", email)
                .query(Account.class)
                .optional();
    }

    Authenticators.Check code(String person, String code) {
        var check = authenticators.check(ActorId.required(person), code);
        var accepted = check == Authenticators.Check.ACCEPTED;
        record("auth.sign_in", person, accepted ? Outcome.SUCCESS : Outcome.DENIED, "totp", null);
        return check;
    }

    /// Whose passkey signed the session's challenge. Empty when it opens no account, or not that of whoever is known.
    ///
    /// @param known who gave the password or is signed in; null for nobody
    Optional<String> passkey(String session, @Nullable String known, String credential, String address) {
        return passkey("auth.sign_in", session, known, credential, address);
    }

    /// A passkey used once more, by somebody who is signed in.
    Optional<String> passkeyAgain(String session, String known, String credential, String address) {
        return passkey("auth.step_up", session, known, credential, address);
    }

    private Optional<String> passkey(
            String action, String session, @Nullable String known, String credential, String address) {
        throttle.requireOpen("passkey", address);
        var person = passkeys.signed(session, known, credential)
                .filter(found -> known == null || known.equals(found))
                .filter(found -> people.signedIn(found, "page").isPresent());
        if (person.isEmpty()) {
            throttle.failed(address);
        }
        record(action, person.orElse(known), person.isPresent() ? Outcome.SUCCESS : Outcome.DENIED, "passkey", null);
        return person;
    }

    /// A code given once more, by somebody who is signed in.
    Authenticators.Check again(String person, String code) {
        var check = authenticators.check(ActorId.required(person), code);
        var accepted = check == Authenticators.Check.ACCEPTED;
        record("auth.step_up", person, accepted ? Outcome.SUCCESS : Outcome.DENIED, "totp", null);
        return check;
    }

    boolean recovery(String person, String code, String address) {
        throttle.count("recovery " + person, address);
        var accepted = recoveryCodes.use(ActorId.required(person), code);
        if (accepted) {
            throttle.forget("recovery " + person, address);
            letters.recoveryCodeUsed(person);
        }
        record("auth.sign_in", person, accepted ? Outcome.SUCCESS : Outcome.DENIED, "recovery", null);
        return accepted;
    }

    /// The first code of a new authenticator confirms it, and is the second factor of this sign-in.
    Authenticators.Check enrol(String person, String code) {
        var check = authenticators.confirm(ActorId.required(person), code);
        if (check == Authenticators.Check.ACCEPTED) {
            record("auth.enrol", person, Outcome.SUCCESS, "totp", null);
            record("auth.sign_in", person, Outcome.SUCCESS, "totp", null);
        } else {
            record("auth.enrol", person, Outcome.DENIED, "totp", null);
        }
        return check;
    }

    /// The passkey made while enrolling, which verified its user, is the second factor of this sign-in.
    void enrolled(String person) {
        record("auth.enrol", person, Outcome.SUCCESS, "passkey", null);
        record("auth.sign_in", person, Outcome.SUCCESS, "passkey", null);
    }

    /// Whoever a provider vouches for; with a second factor when it says so in words it is believed in.
    void external(String person, String provider, boolean complete) {
        record(complete ? "auth.sign_in" : "auth.factor", person, Outcome.SUCCESS, "sso:" + provider, null);
    }

    void externalAgain(String person, String provider) {
        record("auth.step_up", person, Outcome.SUCCESS, "sso:" + provider, null);
    }

    /// @throws dev.conduct.kernel.Problem 429 while too much from there was refused
    void requireOpen(String address) {
        throttle.requireOpen("sso", address);
    }

    void refused(String provider, ProviderFailure failure, String address) {
        throttle.failed(address);
        log.info("A sign-in by {} was refused: {}", provider, failure.says());
        record("auth.sign_in", null, Outcome.DENIED, "sso:" + provider, null);
    }

    void refusedNotice(String address) {
        throttle.failed(address);
    }

    void demo(String person) {
        record("auth.sign_in", person, Outcome.SUCCESS, "demo", null);
    }

    /// The provider said that the person signed out there.
    void outAt(String provider, String person) {
        record("auth.sign_out", person, Outcome.SUCCESS, "sso:" + provider, null);
    }

    void out(String person) {
        record("auth.sign_out", person, Outcome.SUCCESS, "session", null);
    }

    private void record(
            String action, @Nullable String person, Outcome outcome, String factor, @Nullable String email) {
        var actor = person == null ? "system:sign_in" : person;
        ledger.appendAlone(new NewEvent(
                time.instant(),
                actor,
                "page",
                action,
                actor,
                people.version(actor),
                outcome,
                null,
                null,
                Map.of("factor", factor),
                email == null || email.isEmpty() || email.length() > 320 || email.indexOf(0) >= 0
                        ? Map.of()
                        : Map.of("email", email)));
    }
}
