package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The administration of people: who has an account, with which roles, and until when.
@Component
public class Accounts {

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Names names;
    private final Addresses addresses;
    private final Roles roles;
    private final Links links;
    private final Authenticators authenticators;
    private final Passkeys passkeys;
    private final Sessions sessions;
    private final Clients clients;
    private final PersonalTokens personalTokens;
    private final AppGrants apps;
    private final SecurityLetters letters;
    private final Ledger ledger;

    Accounts(
            JdbcClient db,
            InstantSource time,
            People people,
            Names names,
            Addresses addresses,
            Roles roles,
            Links links,
            Authenticators authenticators,
            Passkeys passkeys,
            Sessions sessions,
            Clients clients,
            PersonalTokens personalTokens,
            AppGrants apps,
            SecurityLetters letters,
            Ledger ledger) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.names = names;
        this.addresses = addresses;
        this.roles = roles;
        this.links = links;
        this.authenticators = authenticators;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.clients = clients;
        this.personalTokens = personalTokens;
        this.apps = apps;
        this.letters = letters;
        this.ledger = ledger;
    }

    /// Makes an account without a way in; `invite` gives the link to one.
    ///
    /// @throws Problem 400 for an unknown role or a bad address, 409 when the address has an account
    @Transactional
    public People.Person add(String name, String email, Set<String> wanted, Actor by) {
        var faults = new ArrayList<FieldProblem>();
        var cleanName = Words.name(faults, "name", name);
        var cleanEmail = Words.email(faults, email);
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        var granted = roles.checked(wanted);
        var id = Ids.next(time.instant());
        try {
            db.sql("""
                    insert into identity.actor (id, kind, active, created_at) values (:id, 'person', true, :now)
                    """).param("id", id).param("now", Sql.time(time.instant())).update();
            names.keep(id, cleanName);
            addresses.keep(id, cleanEmail);
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("email_taken", "This e-mail address has an account already.");
        }
        roles.grant(id, granted);
        record(by, "person.add", id, 1, granted, Map.of("name", cleanName, "email", cleanEmail));
        return people.find("person:" + id).orElseThrow();
    }

    /// The token of a one-time link with which the person chooses a (new) password. Their second factor stays.
    @Transactional
    public String invite(String person, Actor by) {
        var id = active(person);
        var token = links.issue("invitation", id);
        record(by, "person.invite", id, touch(id), null, Map.of());
        letters.invitation(people.find(person).orElseThrow(), token);
        return token;
    }

    @Transactional
    public void setRoles(String person, Set<String> wanted, Actor by) {
        var id = active(person);
        var granted = roles.checked(wanted);
        var before = people.find(person).orElseThrow().roles();
        if (roles.may(before, Right.ADMINISTER) && !roles.may(granted, Right.ADMINISTER)) {
            requireAnotherAdministrator(id);
        }
        roles.grant(id, granted);
        if (!roles.may(before, Right.ADMINISTER) && roles.may(granted, Right.ADMINISTER)) {
            // Their session was made with the longer limits.
            sessions.endAll(person);
        }
        record(by, "person.roles", id, touch(id), granted, Map.of());
    }

    /// Makes these the person's roles, as the directory of the company says. The last administrator stays one: else
    /// nobody could put right what the directory has wrong.
    void align(String person, Set<String> wanted, Actor by) {
        var found = people.find(person).orElseThrow();
        if (!found.active() || found.roles().equals(wanted)) {
            return;
        }
        try {
            setRoles(person, wanted, by);
        } catch (Problem refused) {
            if (!refused.code().equals("last_administrator")) {
                throw refused;
            }
            var kept = new TreeSet<>(wanted);
            found.roles().stream()
                    .filter(roles.granting(Right.ADMINISTER)::contains)
                    .forEach(kept::add);
            setRoles(person, kept, by);
        }
    }

    /// Puts name and address right, for the directory of the company.
    ///
    /// @throws Problem 400 for what is no name or address, 409 when the address is another's
    @Transactional
    public void correct(String person, String name, String email, Actor by) {
        var id = person(person);
        var faults = new ArrayList<FieldProblem>();
        var cleanName = Words.name(faults, "name", name);
        var cleanEmail = Words.email(faults, email);
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
        try {
            names.keep(id, cleanName);
            addresses.keep(id, cleanEmail);
        } catch (DuplicateKeyException taken) {
            throw Problem.conflict("email_taken", "This e-mail address has an account already.");
        }
        record(by, "person.correct", id, touch(id), null, Map.of("name", cleanName, "email", cleanEmail));
    }

    /// Ends the account, its sessions, its open links and the programs it answers for, at once and everywhere.
    @Transactional
    public void deactivate(String person, Actor by) {
        var id = active(person);
        requireAnotherAdministrator(id);
        db.sql("update identity.actor set active = false where id = :id")
                .param("id", id)
                .update();
        db.sql("delete from identity.link where person = :id").param("id", id).update();
        sessions.endAll(person);
        clients.deactivateOwnedBy(id, by);
        personalTokens.revokeAll(id);
        apps.revokeAll(id);
        record(by, "person.deactivate", id, touch(id), null, Map.of());
    }

    @Transactional
    public void activate(String person, Actor by) {
        var id = person(person);
        db.sql("update identity.actor set active = true where id = :id")
                .param("id", id)
                .update();
        record(by, "person.activate", id, touch(id), null, Map.of());
    }

    /// Takes the authenticator and the passkeys away, after the administrator saw the person: the next sign-in enrols
    /// anew.
    @Transactional
    public void resetSecondFactor(String person, Actor by) {
        var id = active(person);
        authenticators.remove(id);
        passkeys.removeAll(id);
        db.sql("delete from identity.recovery_code where person = :id")
                .param("id", id)
                .update();
        sessions.endAll(person);
        personalTokens.revokeAll(id);
        apps.revokeAll(id);
        record(by, "person.reset_factor", id, touch(id), null, Map.of());
    }

    private void requireAnotherAdministrator(UUID id) {
        var others = db.sql("""
                select count(*)
                  from (select a.id
                          from identity.actor a
                          join identity.granted_role g on g.actor = a.id and g.product is null
                         where g.role = any(:roles) and a.active and a.kind = 'person' and a.id <> :id
                           for update of a) others
                """)
                .param("id", id)
                .param("roles", roles.granting(Right.ADMINISTER).toArray(String[]::new))
                .query(Integer.class)
                .single();
        var isOne = roles.may(people.find("person:" + id).orElseThrow().roles(), Right.ADMINISTER);
        if (isOne && others == 0) {
            throw Problem.conflict(
                    "last_administrator", "This is the last administrator. Make another person one first.");
        }
    }

    UUID person(String person) {
        return ActorId.uuid(person)
                .filter(id -> person.startsWith("person:"))
                .filter(id -> db.sql("select exists (select 1 from identity.actor where id = :id and kind = 'person')")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .orElseThrow(() -> Problem.notFound("This person"));
    }

    UUID active(String person) {
        var id = person(person);
        if (!people.find(person).orElseThrow().active()) {
            throw Problem.conflict("deactivated", "This account is deactivated. Activate it first.");
        }
        return id;
    }

    long touch(UUID id) {
        return db.sql("update identity.actor set version = version + 1 where id = :id returning version")
                .param("id", id)
                .query(Long.class)
                .single();
    }

    void record(
            Actor by,
            String action,
            UUID person,
            long version,
            @Nullable Collection<String> granted,
            Map<String, String> content) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                "person:" + person,
                version,
                Outcome.SUCCESS,
                null,
                null,
                granted == null ? Map.of() : Map.of("roles", List.copyOf(granted)),
                content));
    }
}
