package dev.conduct.source;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Who the people at the hosts are here. Only an administrator says so: a name or an address in a commit is what its
/// writer typed. Whoever nobody spoke for appears by their login, as a person of their own.
@Component
class Identities {

    private static final int SHOWN = 500;

    private final JdbcClient database;
    private final Logins logins;
    private final LoginSeals seals;
    private final People people;
    private final Ledger ledger;
    private final InstantSource time;

    Identities(JdbcClient database, Logins logins, LoginSeals seals, People people, Ledger ledger, InstantSource time) {
        this.database = database;
        this.logins = logins;
        this.seals = seals;
        this.people = people;
        this.ledger = ledger;
        this.time = time;
    }

    record Account(String host, String login, String person) {}

    /// At most 500, by host and login.
    List<Account> all() {
        var plain = database.sql("select host, login, person from source.account order by host, login limit " + SHOWN)
                .query((row, number) ->
                        new Account(row.getString("host"), row.getString("login"), row.getString("person")))
                .list();
        return Stream.concat(plain.stream(), logins.ties(SHOWN).stream())
                .sorted(Comparator.comparing(Account::host).thenComparing(Account::login))
                .limit(SHOWN)
                .toList();
    }

    /// Whom an administrator named, or the one who is known by the login alone.
    String person(Host host, String login) {
        return named(host, login)
                .orElseGet(() -> people.known(host.title(), login, login).id());
    }

    Optional<String> named(Host host, String login) {
        return logins.named(host, login)
                .or(() -> database.sql("select person from source.account where host = :host and login = :login")
                        .param("host", host.word())
                        .param("login", login)
                        .query(String.class)
                        .optional());
    }

    /// The person whose address a commit carries, which shows whose work it is and decides nothing.
    @Nullable
    String author(Host host, String login, String email) {
        return named(host, login)
                .or(() -> email.contains("@")
                        ? people.resolve(email).filter(People.Person::active).map(People.Person::id)
                        : Optional.empty())
                .orElse(null);
    }

    /// @throws Problem 400 when there is no such person
    @Transactional
    void say(String host, String login, String who, Actor by) {
        var known = Host.of(host).orElseThrow(() -> Problem.badInput("account_host", "unknown", "Choose the host."));
        if (login.isBlank()) {
            throw Problem.badInput("login", "missing", "Write the login as the host shows it.");
        }
        var person = people.resolve(who)
                .filter(People.Person::active)
                .orElseThrow(() -> Problem.badInput(
                        "person", "unknown", "Nobody here has this name or address. Write one that an account has."));
        seals.tie(known, PlainText.checked("login", login.strip(), 200), person.id());
        tell("account.say", known, login.strip(), person.id(), by);
    }

    @Transactional
    void unsay(String host, String login, Actor by) {
        var known = Host.of(host).orElseThrow(() -> Problem.notFound("This host"));
        var person = named(known, login).orElseThrow(() -> Problem.notFound("This account"));
        seals.untie(known, login);
        tell("account.unsay", known, login, person, by);
    }

    /// In the history of the person, so that the login lies under their key and goes with them.
    private void tell(String action, Host host, String login, String person, Actor by) {
        ledger.append(new NewEvent(
                time.instant(),
                by.id(),
                by.via(),
                action,
                person,
                people.version(person),
                Outcome.SUCCESS,
                null,
                null,
                Map.of("host", host.word(), "person", person),
                Map.of("login", login)));
    }
}
