package dev.conduct.source;

import dev.conduct.identity.PersonErased;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// When a person is erased, their logins at the hosts go from what was told of code, and so do the bodies that may name
/// them. Commits, verdicts and their times stay, of nobody named. Mirrors are git's own and keep what it keeps.
@Component
class ForgetAccounts {

    static final String ERASED = "somebody erased";

    private final JdbcClient database;

    ForgetAccounts(JdbcClient database) {
        this.database = database;
    }

    private record Login(String host, String login) {}

    @EventListener
    void forget(PersonErased erased) {
        var logins = logins(erased.person());
        database.sql("""
                        update source.commit set author = :erased, person = null where person = :person
                        """)
                .param("erased", ERASED)
                .param("person", erased.person())
                .update();
        for (var login : logins) {
            blank("update source.commit set author = :erased, person = null where author = :login", login);
            blank("update source.change set author = :erased, person = null where author = :login", login);
            blank("""
                    update source.review set reviewer = :erased || ' ' || substr(md5(person || change || commit), 1, 8)
                     where reviewer = :login
                    """, login);
            blank("""
                    update source.delivery
                       set says = case when strpos(says, :login) > 0 then :erased else says end,
                           body = case when state = 'waiting' then body end
                     where (body is not null or strpos(says, :login) > 0)
                    """, login);
        }
        database.sql("delete from source.account where person = :person")
                .param("person", erased.person())
                .update();
    }

    private List<Login> logins(String person) {
        return database.sql("""
                        select host, login from source.account where person = :person
                        union
                        select r.host, v.reviewer from source.review v join source.repository r on r.id = v.repository
                         where v.person = :person
                        union
                        select r.host, c.author from source.change c join source.repository r on r.id = c.repository
                         where c.person = :person
                        """)
                .param("person", person)
                .query((row, number) -> new Login(row.getString("host"), row.getString("login")))
                .list();
    }

    /// In the repositories of the login's host.
    private void blank(String update, Login login) {
        database.sql(update + " and repository in (select id from source.repository where host = :host)")
                .param("erased", ERASED)
                .param("login", login.login())
                .param("host", login.host())
                .update();
    }
}
