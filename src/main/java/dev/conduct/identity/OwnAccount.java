package dev.conduct.identity;

import dev.conduct.identity.Authenticators.Check;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What a person may see and change of the own account.
@Component
public class OwnAccount {

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Names names;
    private final Authenticators authenticators;
    private final AuthenticatorAddress addresses;
    private final RecoveryCodes recoveryCodes;
    private final Sessions sessions;
    private final SecurityLetters letters;
    private final Ledger ledger;

    OwnAccount(
            JdbcClient db,
            InstantSource time,
            People people,
            Names names,
            Authenticators authenticators,
            AuthenticatorAddress addresses,
            RecoveryCodes recoveryCodes,
            Sessions sessions,
            SecurityLetters letters,
            Ledger ledger) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.names = names;
        this.authenticators = authenticators;
        this.addresses = addresses;
        this.recoveryCodes = recoveryCodes;
        this.sessions = sessions;
        this.letters = letters;
        this.ledger = ledger;
    }

    /// @param since when the authenticator was enrolled, null when there is none (in a demo)
    /// @param recoveryCodes unused ones
    public record Factors(@Nullable Instant since, long recoveryCodes) {}

    /// @param id names it on the page, and is not what opens it
    public record Session(String id, String device, String address, Instant began, Instant lastUsed, boolean current) {}

    /// @param qr an SVG
    public record Enrolment(String qr, String secret, String address) {}

    /// @throws Problem 400 when the name is empty or cannot be kept
    @Transactional
    public void rename(Actor actor, String name) {
        var faults = new ArrayList<FieldProblem>();
        var cleanName = Words.name(faults, "name", name);
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var id = ActorId.required(actor.id());
        names.keep(id, cleanName);
        var version = db.sql("update identity.actor set version = version + 1 where id = :id returning version")
                .param("id", id)
                .query(Long.class)
                .single();
        record(actor, "person.profile", version, Map.of("name", cleanName));
    }

    public Factors factors(Actor actor) {
        return db.sql("""
                select (select confirmed_at from identity.authenticator where person = :id) as since,
                       (select count(*) from identity.recovery_code where person = :id and used_at is null) as codes
                """)
                .param("id", ActorId.required(actor.id()))
                .query((row, number) -> new Factors(Sql.time(row, "since"), row.getLong("codes")))
                .single();
    }

    /// The one that will take over once its first code was typed.
    public Enrolment replacing(Actor actor) {
        var person = people.find(actor.id()).orElseThrow();
        return addresses.of(person, authenticators.replacing(ActorId.required(actor.id())));
    }

    /// Makes the new authenticator the only one, and ends all sessions but this.
    ///
    /// @throws Problem 400 when the code is not the new one's
    @Transactional
    public void replace(Actor actor, String code, String session) {
        var check = authenticators.replace(ActorId.required(actor.id()), SecondFactorPages.digits(code));
        if (check != Check.ACCEPTED) {
            throw Problem.badInput("code", "not_accepted", SecondFactorPages.says(Check.WRONG));
        }
        sessions.endOthers(actor.id(), session);
        record(actor, "auth.replace_factor", people.version(actor.id()), Map.of());
        letters.factorAdded(actor.id(), "authenticator app");
    }

    /// New codes in place of all earlier ones, shown this once.
    @Transactional
    public List<String> newRecoveryCodes(Actor actor) {
        var codes = recoveryCodes.issue(ActorId.required(actor.id()));
        record(actor, "auth.recovery_codes", people.version(actor.id()), Map.of());
        return codes;
    }

    /// Everywhere this person is signed in, the last used first.
    ///
    /// @param current id of the session that asks
    public List<Session> sessions(Actor actor, String current) {
        return sessions.of(actor.id(), current);
    }

    @Transactional
    public void endSession(Actor actor, String session) {
        if (!sessions.end(actor.id(), session)) {
            throw Problem.notFound("This session");
        }
        record(actor, "auth.end_session", people.version(actor.id()), Map.of());
    }

    @Transactional
    public void endOtherSessions(Actor actor, String current) {
        sessions.endOthers(actor.id(), current);
        record(actor, "auth.end_session", people.version(actor.id()), Map.of());
    }

    private void record(Actor actor, String action, long version, Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                actor.id(),
                actor.via(),
                action,
                actor.id(),
                version,
                Outcome.SUCCESS,
                null,
                null,
                Map.of(),
                content));
    }
}
