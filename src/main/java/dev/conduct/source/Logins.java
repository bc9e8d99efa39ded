package dev.conduct.source;

import dev.conduct.kernel.Ids;
import dev.conduct.keys.BlindIndex;
import dev.conduct.keys.Subjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Who writes and reviews code, as hosts and git call them: a login or a name, and an address. Each lies under the key
/// of its person, or under one of its own where nobody here is known by it, and is found again by codes.
@Component
class Logins {

    /// For queries that join `source.author w`: what [#read] needs.
    static final String COLUMNS = " w.id as writer, w.whose_key, w.sealed ";

    static final String ERASED = "somebody erased";

    private static final String PLACE = "source.author|";
    private static final String LOGIN = "source.author|login";
    private static final String EMAIL = "source.author|email";
    /// Digits of an id that tell erased ones apart: its end is random.
    private static final int TOLD_APART = 8;

    private final JdbcClient database;
    private final Subjects subjects;
    private final BlindIndex index;
    private final InstantSource time;

    Logins(JdbcClient database, Subjects subjects, BlindIndex index, InstantSource time) {
        this.database = database;
        this.subjects = subjects;
        this.index = index;
        this.time = time;
    }

    /// @param email empty where none was told
    record Said(String login, String email) {}

    /// @param said null once they were erased
    record Author(
            UUID id,
            @Nullable String person,
            boolean named,
            @Nullable Said said) {

        /// Whether no address came with the login.
        boolean bare() {
            return said != null && said.email().isEmpty();
        }
    }

    /// The login. Of whoever was erased, words that stand for it and differ from those of others.
    ///
    /// @param plain the column in which it stood before
    String read(ResultSet row, String plain) throws SQLException {
        var id = row.getObject("writer", UUID.class);
        if (id == null) {
            return Objects.requireNonNullElse(row.getString(plain), "");
        }
        var said = said(id, row);
        var digits = id.toString();
        return said == null ? ERASED + " " + digits.substring(digits.length() - TOLD_APART) : said.login();
    }

    private @Nullable Said said(UUID id, ResultSet row) throws SQLException {
        var sealed = row.getBytes("sealed");
        return sealed == null
                ? null
                : subjects.open(row.getLong("whose_key"), sealed, PLACE + id)
                        .map(json -> JsonMapper.shared().readValue(json, Said.class))
                        .orElse(null);
    }

    /// All that a host calls by this login, with whatever address; the first that was known first.
    List<Author> all(Host host, String login) {
        return database.sql("select w.person, w.named, " + COLUMNS + """
                          from source.author w
                         where w.host = :host and w.login_index in (:codes)
                         order by w.id
                        """)
                .param("host", host.word())
                .param("codes", index.all(LOGIN, login))
                .query(this::author)
                .list();
    }

    private Author author(ResultSet row, int number) throws SQLException {
        var id = row.getObject("writer", UUID.class);
        return new Author(id, row.getString("person"), row.getBoolean("named"), said(id, row));
    }

    /// Whom an administrator named.
    Optional<String> named(Host host, String login) {
        return all(host, login).stream()
                .filter(Author::named)
                .map(Author::person)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /// The author of that login and address, who is made when nobody was told of before.
    ///
    /// @param person whose they are, as far as known
    /// @return null for no login
    @Nullable
    UUID known(Host host, String login, String email, @Nullable String person) {
        if (login.isEmpty()) {
            return null;
        }
        var all = all(host, login);
        var same = all.stream()
                .filter(author -> author.said() != null && author.said().email().equalsIgnoreCase(email))
                .filter(author -> author.named() || Objects.equals(author.person(), person))
                .findFirst();
        return same.isPresent()
                ? same.get().id()
                : make(host, new Said(login, email), person, all.stream().anyMatch(Author::named));
    }

    /// Somebody of whom nothing but the number is left.
    UUID erased(Host host, String person, boolean named) {
        var id = Ids.next(time.instant());
        database.sql("insert into source.author (id, host, person, named) values (:id, :host, :person, :named)")
                .param("id", id)
                .param("host", host.word())
                .param("person", person)
                .param("named", named)
                .update();
        return id;
    }

    private @Nullable UUID make(Host host, Said said, @Nullable String person, boolean named) {
        if (person != null && !subjects.present(person)) {
            return erased(host, person, named);
        }
        var id = Ids.next(time.instant());
        var whose = whose(id, person);
        var closed = subjects.close(whose, JsonMapper.shared().writeValueAsString(said), PLACE + id);
        var known = whose.equals(person);
        var made = database.sql("""
                        insert into source.author (id, host, person, named, whose_key, sealed, login_index, email_index)
                        select :id, :host, :person, :named, :key, :sealed, :login, :email
                         where not exists (select from keys.subject where id = :key and erased_at is not null)
                        """)
                .param("id", id)
                .param("host", host.word())
                .param("person", known ? person : null)
                .param("named", known && named)
                .param("key", closed.key())
                .param("sealed", closed.sealed())
                .param("login", index.of(LOGIN, said.login()))
                .param("email", emailCode(said), java.sql.Types.BINARY)
                .update();
        return made > 0 ? id : null;
    }

    private byte @Nullable [] emailCode(Said said) {
        return said.email().isEmpty() ? null : index.of(EMAIL, said.email());
    }

    private String whose(UUID author, @Nullable String person) {
        return person != null && subjects.present(person) ? person : own(author);
    }

    /// Whose key those lie under whom nobody here is known by.
    static String own(UUID author) {
        return "author:" + author;
    }

    /// Says whose an author is, or nobody's that is known: brings them under that key.
    ///
    /// @param named whether an administrator says so
    void give(Author author, @Nullable String person, boolean named) {
        if (author.said() == null) {
            return;
        }
        var whose = whose(author.id(), person);
        var closed = subjects.close(whose, JsonMapper.shared().writeValueAsString(author.said()), PLACE + author.id());
        var known = whose.equals(person);
        database.sql("""
                        update source.author set person = :person, named = :named, whose_key = :key, sealed = :sealed
                         where id = :id
                           and not exists (select from keys.subject where id = :key and erased_at is not null)
                        """)
                .param("person", known ? person : null)
                .param("named", known && named)
                .param("key", closed.key())
                .param("sealed", closed.sealed())
                .param("id", author.id())
                .update();
    }

    /// Everybody whom an administrator named.
    List<Identities.Account> ties(int most) {
        return database
                .sql("select w.host, w.person, w.named, " + COLUMNS + """
                          from source.author w
                         where w.named and w.email_index is null and w.sealed is not null
                         order by w.id
                         limit :most
                        """)
                .param("most", most)
                .query((row, number) ->
                        new Identities.Account(row.getString("host"), read(row, "host"), row.getString("person")))
                .list()
                .stream()
                .distinct()
                .toList();
    }

    /// Codes of logins and addresses that are not under the newest key follow it.
    int renewCodes(int most) {
        var old = database.sql("select w.person, w.named, " + COLUMNS + """
                          from source.author w
                         where substring(w.login_index from 1 for 5) <> :newest
                         limit :most
                           for update skip locked
                        """)
                .param("newest", index.head())
                .param("most", most)
                .query(this::author)
                .list();
        for (var author : old) {
            var said = author.said();
            if (said == null) {
                blank(author.id());
                continue;
            }
            database.sql("update source.author set login_index = :login, email_index = :email where id = :id")
                    .param("login", index.of(LOGIN, said.login()))
                    .param("email", emailCode(said), java.sql.Types.BINARY)
                    .param("id", author.id())
                    .update();
        }
        return old.size();
    }

    /// Takes away all that a person is called, also what nobody said is theirs but has their address. That somebody
    /// wrote and reviewed stays, by number.
    ///
    /// @return the hosts that call them something
    List<String> forget(String person, @Nullable String email) {
        record Known(UUID id, String host) {}
        var theirs = database.sql("""
                        select id, host from source.author
                         where sealed is not null and (person = :person or email_index in (:codes))
                        """)
                .param("person", person)
                .param("codes", index.all(EMAIL, email == null ? "" : email))
                .query((row, number) -> new Known(row.getObject("id", UUID.class), row.getString("host")))
                .list();
        for (var known : theirs) {
            blank(known.id());
            subjects.destroy(own(known.id()));
        }
        return theirs.stream().map(Known::host).distinct().toList();
    }

    /// Under which other numbers a person's reviews were told before somebody said whose they are.
    List<String> formerly(String person) {
        return database.sql("""
                        select distinct v.person
                          from source.author w join source.review v on v.reviewer_id = w.id
                         where w.person = :person and v.person <> :person
                        """)
                .param("person", person)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /// No administrator says any more whose it is. Whose work it was taken for stays: nobody reviews their own by it.
    void unname(UUID author) {
        database.sql("update source.author set named = false where id = :id")
                .param("id", author)
                .update();
    }

    private void blank(UUID author) {
        database.sql("""
                        update source.author
                           set whose_key = null, sealed = null, login_index = null, email_index = null
                         where id = :id
                        """).param("id", author).update();
    }
}
