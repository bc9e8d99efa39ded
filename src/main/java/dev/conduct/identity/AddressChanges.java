package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The e-mail address of an account, which changes once its new owner confirmed it by mail.
@Component
public class AddressChanges {

    private static final Duration LIFE = Duration.ofDays(1);
    private static final String PLACE = "identity.link|address|";

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Addresses addresses;
    private final Subjects subjects;
    private final SecurityLetters letters;
    private final Ledger ledger;

    AddressChanges(
            JdbcClient db,
            InstantSource time,
            People people,
            Addresses addresses,
            Subjects subjects,
            SecurityLetters letters,
            Ledger ledger) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.addresses = addresses;
        this.subjects = subjects;
        this.letters = letters;
        this.ledger = ledger;
    }

    private record Waiting(UUID person, String address) {}

    /// Writes to the new address. Whether it has an account already is told there only, by no letter coming.
    ///
    /// @throws Problem 400 when it is no address
    @Transactional
    public void change(Actor actor, String wanted) {
        var faults = new ArrayList<FieldProblem>();
        var address = Words.email(faults, wanted);
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var person = people.find(actor.id()).orElseThrow();
        var id = ActorId.required(actor.id());
        db.sql("delete from identity.link where purpose = 'address' and person = :person")
                .param("person", id)
                .update();
        record(actor.id(), "person.ask_address", people.version(actor.id()), Map.of("email", address));
        if (people.resolve(address).isPresent()) {
            return;
        }
        var token = Tokens.next("");
        var closed = subjects.close(actor.id(), address, PLACE + id);
        db.sql("""
                insert into identity.link (hash, purpose, person, address_key, address_sealed, expires_at)
                values (:hash, 'address', :person, :key, :address, :expires)
                """)
                .param("hash", Tokens.hash(token))
                .param("person", id)
                .param("key", closed.key())
                .param("address", closed.sealed())
                .param("expires", Sql.time(time.instant().plus(LIFE)))
                .update();
        letters.confirmAddress(person, address, token);
    }

    Optional<String> waiting(String token) {
        return db.sql("""
                select person, address_key, address_sealed from identity.link
                 where hash = :hash and purpose = 'address' and expires_at > :now
                """)
                .param("hash", Tokens.hash(token))
                .param("now", Sql.time(time.instant()))
                .query(this::opened)
                .optional()
                .map(Waiting::address);
    }

    private Waiting opened(ResultSet row, int number) throws SQLException {
        var person = row.getObject("person", UUID.class);
        return new Waiting(
                person,
                subjects.open(row.getLong("address_key"), row.getBytes("address_sealed"), PLACE + person)
                        .orElseThrow(() -> Problem.notFound("This page")));
    }

    /// @throws Problem 404 when the link is spent or too old, 409 when somebody else has the address by now
    @Transactional
    public void confirm(String token) {
        var waiting = db.sql("""
                delete from identity.link where hash = :hash and purpose = 'address' and expires_at > :now
                returning person, address_key, address_sealed
                """)
                .param("hash", Tokens.hash(token))
                .param("now", Sql.time(time.instant()))
                .query(this::opened)
                .optional()
                .orElseThrow(() -> Problem.notFound("This page"));
        var id = "person:" + waiting.person();
        var person = people.find(id).filter(People.Person::active).orElseThrow(() -> Problem.notFound("This page"));
        try {
            addresses.keep(waiting.person(), waiting.address());
            var version = db.sql("update identity.actor set version = version + 1 where id = :id returning version")
                    .param("id", waiting.person())
                    .query(Long.class)
                    .single();
            record(id, "person.address", version, Map.of("email", waiting.address()));
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("email_taken", "This e-mail address has an account already.");
        }
        if (person.email() != null) {
            letters.addressChanged(person);
        }
    }

    private void record(String person, String action, long version, Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                person,
                "page",
                action,
                person,
                version,
                Outcome.SUCCESS,
                null,
                null,
                Map.of(),
                content));
    }
}
