package dev.conduct.scim;

import dev.conduct.identity.PersonErased;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// When a person is erased, what the directory calls them goes, and so does their place in its groups. What stays
/// hides the account from it.
@Component
class ForgetProvisioned {

    private final JdbcClient db;

    ForgetProvisioned(JdbcClient db) {
        this.db = db;
    }

    @EventListener
    void forget(PersonErased erased) {
        var person = UUID.fromString(erased.person().substring("person:".length()));
        db.sql("""
                update scim.person
                   set removed = true, external_id = null, external_id_key = null, external_id_sealed = null,
                       external_id_index = null
                 where person = :person
                """).param("person", person).update();
        db.sql("delete from scim.member where person = :person")
                .param("person", person)
                .update();
    }
}
