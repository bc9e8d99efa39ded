package dev.conduct.identity;

import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The passkeys of a person: several, each with a name; the last of the second factors stays.
@Component
public class Passkeys {

    private static final int MOST = 20;

    private final JdbcClient db;
    private final InstantSource time;
    private final PasskeyCeremonies ceremonies;
    private final Authenticators authenticators;
    private final People people;
    private final SecurityLetters letters;
    private final Ledger ledger;
    private final Labels labels;

    Passkeys(
            JdbcClient db,
            InstantSource time,
            PasskeyCeremonies ceremonies,
            Authenticators authenticators,
            People people,
            SecurityLetters letters,
            Ledger ledger,
            Labels labels) {
        this.db = db;
        this.time = time;
        this.ceremonies = ceremonies;
        this.authenticators = authenticators;
        this.people = people;
        this.letters = letters;
        this.ledger = ledger;
        this.labels = labels;
    }

    /// @param synced true when its maker may copy it to other devices of the person
    public record Passkey(
            String id,
            String name,
            boolean synced,
            Instant createdAt,
            @Nullable Instant lastUsedAt) {}

    public List<Passkey> of(String person) {
        return db.sql("""
                select id, %s, synced, created_at, last_used_at from identity.passkey
                 where person = :person order by created_at, id
                """.formatted(Labels.COLUMNS))
                .param("person", ActorId.required(person))
                .query(this::passkey)
                .list();
    }

    boolean any(UUID person) {
        return db.sql("select exists (select 1 from identity.passkey where person = :person)")
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /// What the browser needs to make one, as JSON.
    ///
    /// @throws Problem 409 when the person has enough
    public String toMake(String session, String person) {
        if (of(person).size() >= MOST) {
            throw Problem.conflict("enough_passkeys", "You have " + MOST + " passkeys. Remove one first.");
        }
        return ceremonies.toMake(session, person);
    }

    /// Keeps the passkey that the browser made.
    ///
    /// @throws Problem 400 when it is none, or its name cannot be kept
    @Transactional
    public void add(Actor person, String session, String credential, String name) {
        var kept = PlainText.checked("name", name.isBlank() ? "Passkey" : name.strip(), 100);
        if (kept.chars().anyMatch(Character::isISOControl)) {
            throw Problem.badInput("name", "control_character", "Leave out line breaks and control characters.");
        }
        if (ceremonies.made(session, person.id(), credential, kept).isEmpty()) {
            throw Problem.badInput(
                    "passkey",
                    "not_accepted",
                    "No passkey was made. Try again, with a device that asks for your PIN, finger or face.");
        }
        record(person, "auth.add_passkey", Map.of("name", kept));
        letters.factorAdded(person.id(), "passkey");
    }

    /// @throws Problem 404 when it is not the person's, 409 when it is the last second factor
    @Transactional
    public void remove(Actor person, String passkey) {
        var id = ActorId.required(person.id());
        // Locked, so that of two removals at once the second sees what the first did.
        db.sql("select id from identity.actor where id = :id for update")
                .param("id", id)
                .query(UUID.class)
                .single();
        var mine = of(person.id());
        var found = mine.stream()
                .filter(one -> one.id().equals(passkey))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("This passkey"));
        if (mine.size() == 1 && !authenticators.enrolled(id)) {
            throw Problem.conflict(
                    "last_factor", "This is your only second factor. Add another passkey or an authenticator first.");
        }
        db.sql("delete from identity.passkey where id = :id")
                .param("id", UUID.fromString(found.id()))
                .update();
        record(person, "auth.remove_passkey", Map.of("name", found.name()));
    }

    void removeAll(UUID person) {
        db.sql("delete from identity.passkey where person = :person")
                .param("person", person)
                .update();
    }

    private void record(Actor person, String action, Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                person.id(),
                person.via(),
                action,
                person.id(),
                people.version(person.id()),
                Outcome.SUCCESS,
                null,
                null,
                Map.of(),
                content));
    }

    private Passkey passkey(ResultSet row, int number) throws SQLException {
        return new Passkey(
                row.getString("id"),
                Labels.read(labels.passkeys, row),
                row.getBoolean("synced"),
                Objects.requireNonNull(Sql.time(row, "created_at")),
                Sql.time(row, "last_used_at"));
    }
}
