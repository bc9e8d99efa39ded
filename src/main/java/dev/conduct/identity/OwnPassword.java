package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// The own password, changed by whoever knows the present one.
@Component
public class OwnPassword {

    private final JdbcClient db;
    private final InstantSource time;
    private final Passwords passwords;
    private final Throttle throttle;
    private final Sessions sessions;
    private final People people;
    private final SecurityLetters letters;
    private final Ledger ledger;
    private final TransactionTemplate transaction;

    OwnPassword(
            JdbcClient db,
            InstantSource time,
            Passwords passwords,
            Throttle throttle,
            Sessions sessions,
            People people,
            SecurityLetters letters,
            Ledger ledger,
            TransactionTemplate transaction) {
        this.db = db;
        this.time = time;
        this.passwords = passwords;
        this.throttle = throttle;
        this.sessions = sessions;
        this.people = people;
        this.letters = letters;
        this.ledger = ledger;
        this.transaction = transaction;
    }

    public boolean any(Actor actor) {
        return db.sql("select exists (select 1 from identity.password where person = :person)")
                .param("person", ActorId.required(actor.id()))
                .query(Boolean.class)
                .single();
    }

    /// Ends all sessions but this. Hashing takes its time, so it is done outside the transaction.
    ///
    /// @param address from which the request came; wrong passwords pause it
    /// @throws Problem 400 when the present one is wrong or the new one too easily guessed, 429 while paused
    public void change(Actor actor, String present, String wanted, String session, String address) {
        var id = ActorId.required(actor.id());
        var account = "password " + actor.id();
        throttle.count(account, address);
        var hash = db.sql("select hash from identity.password where person = :person")
                .param("person", id)
                .query(String.class)
                .optional()
                .orElse(null);
        if (!passwords.matches(present, hash)) {
            throw Problem.badInput("present-password", "no_match", "This is not your present password.");
        }
        throttle.forget(account, address);
        var person = people.find(actor.id()).orElseThrow();
        var fresh = passwords.hash(wanted, List.of(person.name(), Objects.requireNonNullElse(person.email(), "")));
        transaction.executeWithoutResult(done -> {
            passwords.set(id, fresh);
            sessions.endOthers(actor.id(), session);
            ledger.append(new NewEvent(
                    time.instant(),
                    actor.id(),
                    actor.via(),
                    "auth.change_password",
                    actor.id(),
                    people.version(actor.id()),
                    Outcome.SUCCESS,
                    null,
                    null,
                    Map.of(),
                    Map.of()));
            letters.passwordChanged(actor.id());
        });
    }
}
