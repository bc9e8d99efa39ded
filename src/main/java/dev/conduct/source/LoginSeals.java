package dev.conduct.source;

import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Brings logins and authors under new keys of codes, and those that stood readable in the rows of commits, changes,
/// reviews and accounts into the table where they lie encrypted.
@Component
class LoginSeals implements SealedStore {

    private final JdbcClient database;
    private final Logins logins;

    LoginSeals(JdbcClient database, Logins logins) {
        this.database = database;
        this.logins = logins;
    }

    @Override
    public Purpose purpose() {
        return Purpose.INDEXES;
    }

    @Override
    public String says() {
        return "Logins at code hosts and authors of commits";
    }

    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        database.sql("""
                        select substring(login_index from 1 for 5) as head, count(*) as rows
                          from source.author where login_index is not null group by 1
                        union all
                        select null, plain
                          from (select (select count(*) from source.commit where author is not null)
                                       + (select count(*) from source.change where author is not null)
                                       + (select count(*) from source.review where reviewer is not null)
                                       + (select count(*) from source.account) as plain) p
                         where plain > 0
                        """).query(row -> {
            var head = row.getBytes("head");
            counts.put(head == null ? PLAIN : SealedStore.keyOf(head), row.getLong("rows"));
        });
        return counts;
    }

    @Override
    public int renew(int most) {
        var renewed = logins.renewCodes(most);
        return renewed + plain(most - renewed);
    }

    /// Accounts last: while one stands readable, what is told of its login is read by it.
    int plain(int most) {
        var done = rows("commit", "author", "person", "sha", most);
        done += rows("change", "author", "person", "number", most - done);
        done += reviews(most - done);
        return done + accounts(most - done);
    }

    private record Old(
            UUID repository,
            Object key,
            Host host,
            String login,
            @Nullable String person) {}

    private int rows(String table, String column, String person, String key, int most) {
        var rows = database.sql("select c.repository, c.K as key, c.A as login, c.P as person, r.host"
                                .replace("K", key)
                                .replace("A", column)
                                .replace("P", person)
                        + " from source." + table + " c join source.repository r on r.id = c.repository where c."
                        + column + " is not null limit :most for update of c skip locked")
                .param("most", Math.max(0, most))
                .query((row, number) -> new Old(
                        row.getObject("repository", UUID.class),
                        row.getObject("key"),
                        Host.of(row.getString("host")).orElseThrow(),
                        row.getString("login"),
                        row.getString("person")))
                .list();
        var authors = new HashMap<String, UUID>();
        for (var old : rows) {
            database.sql("update source." + table + " set " + column + " = null, " + person
                            + " = null, author_id = :author where repository = :repository and " + key + " = :key")
                    .param("author", author(old, authors))
                    .param("repository", old.repository())
                    .param("key", old.key())
                    .update();
        }
        return rows.size();
    }

    private @Nullable UUID author(Old old, Map<String, UUID> met) {
        return met.computeIfAbsent(old.host() + " " + old.person() + " " + old.login(), unused -> author(old));
    }

    private @Nullable UUID author(Old old) {
        var said = account(old.host(), old.login());
        return logins.known(old.host(), old.login(), "", said == null ? old.person() : said);
    }

    private @Nullable String account(Host host, String login) {
        return database.sql("select person from source.account where host = :host and login = :login")
                .param("host", host.word())
                .param("login", login)
                .query(String.class)
                .optional()
                .orElse(null);
    }

    /// Of one that was told again meanwhile, the newer stays.
    private int reviews(int most) {
        var rows = database.sql("""
                        select v.ctid::text as key, v.repository, v.reviewer as login, v.person, r.host
                          from source.review v join source.repository r on r.id = v.repository
                         where v.reviewer is not null
                         limit :most
                           for update of v skip locked
                        """)
                .param("most", Math.max(0, most))
                .query((row, number) -> new Old(
                        row.getObject("repository", UUID.class),
                        row.getString("key"),
                        Host.of(row.getString("host")).orElseThrow(),
                        row.getString("login"),
                        row.getString("person")))
                .list();
        var authors = new HashMap<String, UUID>();
        for (var old : rows) {
            var author = author(old, authors);
            database.sql("""
                            delete from source.review n using source.review v
                             where v.ctid = :key::tid and n.repository = v.repository and n.change = v.change
                               and n.commit = v.commit and n.reviewer_id = :author and n.at < v.at
                            """).param("author", author).param("key", old.key()).update();
            var changed = database.sql("""
                            update source.review v set reviewer = null, reviewer_id = :author
                             where ctid = :key::tid
                               and not exists (select from source.review n
                                                where n.repository = v.repository and n.change = v.change
                                                  and n.commit = v.commit and n.reviewer_id = :author)
                            """)
                    .param("author", author)
                    .param("key", old.key())
                    .update();
            if (changed == 0) {
                database.sql("delete from source.review where ctid = :key::tid")
                        .param("key", old.key())
                        .update();
            }
        }
        return rows.size();
    }

    /// Of a person who is erased, what stands readable from before: all that is theirs, locked or not, comes to be of
    /// somebody of whom nothing is left.
    void erase(String person) {
        record Called(String host, String login, boolean tied) {}
        var called = database.sql("""
                        select host, login, bool_or(tied) as tied
                          from (select host, login, true as tied from source.account where person = :person
                                union all
                                select r.host, c.author, false
                                  from source.commit c join source.repository r on r.id = c.repository
                                 where c.author is not null and c.person = :person
                                union all
                                select r.host, c.author, false
                                  from source.change c join source.repository r on r.id = c.repository
                                 where c.author is not null and c.person = :person
                                union all
                                select r.host, v.reviewer, false
                                  from source.review v join source.repository r on r.id = v.repository
                                 where v.reviewer is not null and v.person = :person) said
                         group by host, login
                        """)
                .param("person", person)
                .query((row, number) ->
                        new Called(row.getString("host"), row.getString("login"), row.getBoolean("tied")))
                .list();
        for (var one : called) {
            var author = logins.erased(Host.of(one.host()).orElseThrow(), person, one.tied());
            for (var set : List.of(
                    "commit c set author = null, person = null, author_id = :author where c.author = :login",
                    "change c set author = null, person = null, author_id = :author where c.author = :login",
                    "review c set reviewer = null, reviewer_id = :author where c.reviewer = :login")) {
                database.sql("update source." + set + " and (:tied or c.person = :person)"
                                + " and c.repository in (select id from source.repository where host = :host)")
                        .param("author", author)
                        .param("login", one.login())
                        .param("tied", one.tied())
                        .param("person", person)
                        .param("host", one.host())
                        .update();
            }
        }
        database.sql("delete from source.account where person = :person")
                .param("person", person)
                .update();
    }

    private int accounts(int most) {
        record Said(String host, String login, String person) {}
        var rows = database.sql("select host, login, person from source.account limit :most for update skip locked")
                .param("most", Math.max(0, most))
                .query((row, number) ->
                        new Said(row.getString("host"), row.getString("login"), row.getString("person")))
                .list();
        for (var said : rows) {
            tie(Host.of(said.host()).orElseThrow(), said.login(), said.person());
        }
        return rows.size();
    }

    /// Everything that a host calls by a login is this person's.
    void tie(Host host, String login, String person) {
        if (logins.all(host, login).stream().noneMatch(Logins.Author::bare)) {
            logins.known(host, login, "", person);
        }
        // Who is known by the address of a commit stays so: elsewhere than at the host a name is what somebody typed.
        logins.all(host, login).stream()
                .filter(author -> author.bare() || author.named() || author.person() == null)
                .forEach(author -> logins.give(author, person, true));
        forget(host, login);
    }

    void untie(Host host, String login) {
        logins.all(host, login).forEach(author -> logins.unname(author.id()));
        forget(host, login);
    }

    private void forget(Host host, String login) {
        database.sql("delete from source.account where host = :host and login = :login")
                .param("host", host.word())
                .param("login", login)
                .update();
    }
}
