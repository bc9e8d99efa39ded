package dev.conduct.identity;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.kernel.Right;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
    private final PersonRows rows;
    private final Names names;
    private final NameBook book;
    private final Addresses addresses;
    private final Roles roles;
    private final Links links;
    private final Passwords passwords;
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
            PersonRows rows,
            Names names,
            NameBook book,
            Addresses addresses,
            Roles roles,
            Links links,
            Passwords passwords,
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
        this.rows = rows;
        this.names = names;
        this.book = book;
        this.addresses = addresses;
        this.roles = roles;
        this.links = links;
        this.passwords = passwords;
        this.authenticators = authenticators;
        this.passkeys = passkeys;
        this.sessions = sessions;
        this.clients = clients;
        this.personalTokens = personalTokens;
        this.apps = apps;
        this.letters = letters;
        this.ledger = ledger;
    }

    /// @param signsIn true once a password was chosen
    /// @param authenticator whether an app gives codes for it
    /// @param passkeys how many open it
    public record Account(People.Person person, boolean signsIn, boolean authenticator, int passkeys) {

        public boolean secondFactor() {
            return authenticator || passkeys > 0;
        }
    }

    /// Everybody who has or had an account: those who may come in first, by name.
    ///
    /// @param cursor `next` of the page before, null for the first
    /// @throws Problem 400 for a cursor that no page gave
    public Page<Account> page(int limit, @Nullable String cursor) {
        var after = cursor == null ? null : PersonCursor.read(cursor);
        var ids = book.where(NameBook.Line::person)
                .sorted(Comparator.comparing(line -> !line.active()))
                .filter(line -> after == null || after.before(line))
                .limit(limit + 1)
                .map(NameBook.Line::id)
                .toList();
        var found = db.sql("""
                select a.id, a.kind, a.name, a.name_key, a.name_sealed, a.email, a.email_key, a.email_sealed, a.active,
                       array(select g.role from identity.granted_role g
                              where g.actor = a.id and g.product is null order by g.role) as roles,
                       p.person is not null
                           or exists (select 1 from identity.external_account x where x.person = a.id) as signs_in,
                       t.confirmed_at is not null as authenticator,
                       (select count(*) from identity.passkey k where k.person = a.id) as passkeys
                  from identity.actor a
                  left join identity.password p on p.person = a.id
                  left join identity.authenticator t on t.person = a.id
                 where a.id = any(:ids)
                 order by array_position(:ids, a.id)
                """)
                .param("ids", ids.toArray(UUID[]::new))
                .query((row, number) -> new Account(
                        rows.person(row, number),
                        row.getBoolean("signs_in"),
                        row.getBoolean("authenticator"),
                        row.getInt("passkeys")))
                .list();
        var more = found.size() > limit;
        var shown = more ? found.subList(0, limit) : found;
        return new Page<>(
                shown, more ? PersonCursor.of(shown.getLast().person()).written() : null);
    }

    /// @param active accounts that may come in
    /// @param withSecondFactor of all, those that have enrolled one
    public record Count(long all, long active, long withSecondFactor) {}

    public Count count() {
        return db.sql("""
                select count(*) as all, count(*) filter (where a.active) as active,
                       count(*) filter (where t.confirmed_at is not null
                           or exists (select 1 from identity.passkey k where k.person = a.id)) as with_second_factor
                  from identity.actor a
                  left join identity.authenticator t on t.person = a.id
                 where a.kind = 'person'
                """).query(Count.class).single();
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

    /// Empty when the link is spent or too old.
    java.util.Optional<People.Person> invited(String token) {
        return links.person(token).flatMap(id -> people.find("person:" + id)).filter(People.Person::active);
    }

    /// Uses the link up. Sessions and tokens of the account end: somebody else may hold them.
    @Transactional
    public String accept(String token, String hash) {
        var id = links.person(token).orElseThrow(() -> Problem.notFound("This page"));
        if (!links.use("invitation", token)) {
            throw Problem.notFound("This page");
        }
        passwords.set(id, hash);
        var person = "person:" + active("person:" + id);
        sessions.endAll(person);
        personalTokens.revokeAll(id);
        apps.revokeAll(id);
        record(people.actor(person, "page"), "person.accept", id, touch(id), null, Map.of());
        return person;
    }

    /// Uses the link up without a password, for whoever comes in by a provider.
    ///
    /// @throws Problem 409 when the account has a way in: a link must not add one beside its owner's
    @Transactional
    public String accept(String token) {
        var id = links.person(token).orElseThrow(() -> Problem.notFound("This page"));
        if (hasWayIn(id)) {
            throw Problem.conflict(
                    "has_account",
                    "This account has a way in already. Set a password by the link, then connect the provider under"
                            + " Your account.");
        }
        if (!links.use("invitation", token)) {
            throw Problem.notFound("This page");
        }
        var person = "person:" + active("person:" + id);
        record(people.actor(person, "page"), "person.accept", id, touch(id), null, Map.of());
        return person;
    }

    private boolean hasWayIn(UUID person) {
        return db.sql("""
                select exists (select 1 from identity.password where person = :id)
                    or exists (select 1 from identity.passkey where person = :id)
                    or exists (select 1 from identity.external_account where person = :id)
                    or exists (select 1 from identity.authenticator where person = :id and confirmed_at is not null)
                """).param("id", person).query(Boolean.class).single();
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

    private void record(
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
