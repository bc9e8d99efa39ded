package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// What becomes of the one-time link with which somebody opens an account.
@Component
public class Invitations {

    private final JdbcClient db;
    private final People people;
    private final Accounts accounts;
    private final Links links;
    private final Passwords passwords;
    private final Sessions sessions;
    private final PersonalTokens personalTokens;
    private final AppGrants apps;

    Invitations(
            JdbcClient db,
            People people,
            Accounts accounts,
            Links links,
            Passwords passwords,
            Sessions sessions,
            PersonalTokens personalTokens,
            AppGrants apps) {
        this.db = db;
        this.people = people;
        this.accounts = accounts;
        this.links = links;
        this.passwords = passwords;
        this.sessions = sessions;
        this.personalTokens = personalTokens;
        this.apps = apps;
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
        var person = "person:" + accounts.active("person:" + id);
        sessions.endAll(person);
        personalTokens.revokeAll(id);
        apps.revokeAll(id);
        accounts.record(people.actor(person, "page"), "person.accept", id, accounts.touch(id), null, Map.of());
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
        var person = "person:" + accounts.active("person:" + id);
        accounts.record(people.actor(person, "page"), "person.accept", id, accounts.touch(id), null, Map.of());
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
}
