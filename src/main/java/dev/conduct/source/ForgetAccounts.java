package dev.conduct.source;

import dev.conduct.database.Readers;
import dev.conduct.identity.Erasures;
import dev.conduct.identity.PersonErased;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// When a person is erased, what hosts and git call them goes from what was told of code, and so do the bodies that may
/// name them. Commits, verdicts and their times stay, of nobody named. Mirrors are git's own and keep what it keeps.
@Component
class ForgetAccounts {

    private final JdbcClient database;
    private final Logins logins;
    private final LoginSeals seals;
    private final Erasures erasures;
    private final Readers readers;

    ForgetAccounts(JdbcClient database, Logins logins, LoginSeals seals, Erasures erasures, Readers readers) {
        this.database = database;
        this.logins = logins;
        this.seals = seals;
        this.erasures = erasures;
        this.readers = readers;
    }

    /// Also of products that whoever approved the erasure may not see.
    @EventListener
    void forget(PersonErased erased) {
        readers.system(() -> {
            erase(erased);
            return true;
        });
    }

    private void erase(PersonErased erased) {
        seals.erase(erased.person());
        logins.formerly(erased.person()).forEach(erasures::forgetKnown);
        var hosts = logins.forget(erased.person(), erased.email());
        database.sql("""
                        update source.delivery d set body = null
                          from source.repository r
                         where r.id = d.repository and r.host = any(:hosts) and d.body is not null and d.state <> 'waiting'
                        """).param("hosts", hosts.toArray(String[]::new)).update();
    }
}
