package dev.conduct.identity;

import dev.conduct.mail.Mail;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What this module keeps of a person, taken away when the person is erased. The row stays, with its number alone.
@Component
class Traces {

    /// Tables of this module whose rows are a person's.
    private static final List<String> KEEPING = List.of(
            "password",
            "authenticator",
            "passkey",
            "recovery_code",
            "link",
            "personal_token",
            "app_grant",
            "external_account",
            "device");

    private final JdbcClient db;
    private final Sessions sessions;
    private final People people;
    private final Mail mail;

    Traces(JdbcClient db, Sessions sessions, People people, Mail mail) {
        this.db = db;
        this.sessions = sessions;
        this.people = people;
        this.mail = mail;
    }

    void forget(UUID id) {
        var person = "person:" + id;
        sessions.endAll(person);
        people.find(person).map(People.Person::email).ifPresent(mail::forget);
        for (var table : KEEPING) {
            db.sql("delete from identity." + table + " where person = :id")
                    .param("id", id)
                    .update();
        }
        db.sql("delete from identity.team_member where member = :id")
                .param("id", id)
                .update();
        db.sql("delete from identity.granted_role where actor = :id")
                .param("id", id)
                .update();
        db.sql("""
                update identity.actor
                   set name = null, name_key = null, name_sealed = null,
                       email = null, email_key = null, email_sealed = null, email_index = null,
                       external_id = null, external_id_key = null, external_id_sealed = null, external_id_index = null,
                       time_zone = null, locale = null, preferences = '{}', active = false, version = version + 1
                 where id = :id
                """).param("id", id).update();
    }
}
