package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Whom a provider's subjects mean. Found by issuer and subject alone.
@Component
public class ExternalAccounts {

    static final Actor SYSTEM = new Actor("system:sign_on", "sign on", Set.of(), "page");

    private final JdbcClient db;
    private final InstantSource time;
    private final Accounts accounts;
    private final Invitations invitations;
    private final Passkeys passkeys;
    private final People people;
    private final List<CompanyDirectory> directories;
    private final Ledger ledger;

    ExternalAccounts(
            JdbcClient db,
            InstantSource time,
            Accounts accounts,
            Invitations invitations,
            Passkeys passkeys,
            People people,
            List<CompanyDirectory> directories,
            Ledger ledger) {
        this.db = db;
        this.time = time;
        this.accounts = accounts;
        this.invitations = invitations;
        this.passkeys = passkeys;
        this.people = people;
        this.directories = directories;
        this.ledger = ledger;
    }

    /// @param provider what it is called here, its issuer when it is connected no more
    public record Connected(
            String issuer,
            String subject,
            String provider,
            Instant since,
            @Nullable Instant lastUsedAt) {}

    public List<Connected> of(String person) {
        return db.sql("""
                select e.issuer, e.subject, coalesce(p.name, e.issuer) as provider, e.created_at, e.last_used_at
                  from identity.external_account e
                  left join identity.provider p on p.issuer = e.issuer
                 where e.person = :person
                 order by e.created_at, e.issuer, e.subject
                """)
                .param("person", ActorId.required(person))
                .query((row, number) -> new Connected(
                        row.getString("issuer"),
                        row.getString("subject"),
                        row.getString("provider"),
                        Objects.requireNonNull(Sql.time(row, "created_at")),
                        Sql.time(row, "last_used_at")))
                .list();
    }

    /// The person an issuer means; noted as used.
    Optional<String> used(String issuer, String subject) {
        return db.sql("""
                update identity.external_account set last_used_at = :now
                 where issuer = :issuer and subject = :subject
                returning 'person:' || person
                """)
                .param("now", Sql.time(time.instant()))
                .param("issuer", issuer)
                .param("subject", subject)
                .query(String.class)
                .optional();
    }

    /// The person an issuer means.
    Optional<String> find(String issuer, String subject) {
        return db.sql("""
                select 'person:' || person from identity.external_account
                 where issuer = :issuer and subject = :subject
                """)
                .param("issuer", issuer)
                .param("subject", subject)
                .query(String.class)
                .optional();
    }

    void inGroups(String issuer, String subject, List<String> groups) {
        db.sql("update identity.external_account set groups = :groups where issuer = :issuer and subject = :subject")
                .param("groups", groups.stream().limit(500).distinct().toArray(String[]::new))
                .param("issuer", issuer)
                .param("subject", subject)
                .update();
    }

    /// Whom the directory calls as this provider's subject is called.
    @Transactional
    public Optional<String> provisioned(Asserted asserted) {
        var person = directories.stream()
                .flatMap(directory -> directory.person(asserted.subject()).stream())
                .findFirst();
        person.ifPresent(found -> connect(found, asserted.issuer(), asserted.subject()));
        return person;
    }

    /// @throws Problem 409 when the subject means somebody already
    @Transactional
    public void connect(String person, String issuer, String subject) {
        try {
            db.sql("""
                    insert into identity.external_account (issuer, subject, person, created_at)
                    values (:issuer, :subject, :person, :now)
                    """)
                    .param("issuer", issuer)
                    .param("subject", subject)
                    .param("person", ActorId.required(person))
                    .param("now", Sql.time(time.instant()))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("connected", "That sign-in belongs to an account already.");
        }
        record(person, "auth.connect", issuer);
    }

    /// @throws Problem 409 when the person would have no way in left
    @Transactional
    public void disconnect(Actor person, String issuer, String subject) {
        var removed = db.sql("""
                delete from identity.external_account
                 where issuer = :issuer and subject = :subject and person = :person
                """)
                .param("issuer", issuer)
                .param("subject", subject)
                .param("person", ActorId.required(person.id()))
                .update();
        if (removed == 0) {
            throw Problem.notFound("This sign-in");
        }
        var id = ActorId.required(person.id());
        var password = db.sql("select exists (select 1 from identity.password where person = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (!password && !passkeys.any(id) && of(person.id()).isEmpty()) {
            throw Problem.conflict("last_way_in", "This is your only way in. Add a passkey first.");
        }
        record(person.id(), "auth.disconnect", issuer);
    }

    /// An account for somebody who signed in at a provider that may make them.
    @Transactional
    public String create(Asserted asserted) {
        var email = Objects.requireNonNull(asserted.email());
        var name = Objects.requireNonNullElse(asserted.name(), email);
        var person = accounts.add(name, email, Set.of(), SYSTEM).id();
        connect(person, asserted.issuer(), asserted.subject());
        return person;
    }

    /// The invitation proves the mailbox, the provider the person: no password is needed.
    @Transactional
    public String accept(String invitation, Asserted asserted) {
        var person = invitations.accept(invitation);
        connect(person, asserted.issuer(), asserted.subject());
        return person;
    }

    private void record(String person, String action, String issuer) {
        ledger.append(new NewEvent(
                time.instant(),
                person,
                "page",
                action,
                person,
                people.version(person),
                Outcome.SUCCESS,
                null,
                null,
                Map.of("issuer", issuer),
                Map.of()));
    }
}
