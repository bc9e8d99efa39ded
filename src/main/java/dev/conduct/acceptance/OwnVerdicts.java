package dev.conduct.acceptance;

import dev.conduct.database.Readers;
import dev.conduct.identity.PersonErased;
import dev.conduct.ledger.PersonalWords;
import java.util.UUID;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What somebody says of a build, and what they note with their verdict, is theirs. The verdict, the criteria it names
/// and the reasons of decisions stay: without them nobody could show what was accepted.
@Component
class OwnVerdicts implements PersonalWords {

    private final JdbcClient database;
    private final Readers readers;

    OwnVerdicts(JdbcClient database, Readers readers) {
        this.database = database;
        this.readers = readers;
    }

    @Override
    public boolean personal(String action, String field) {
        return action.equals("acceptance.say") && field.equals("text")
                || action.equals("acceptance.sign") && field.equals("note");
    }

    /// In the acceptances in which the ledger held their words, so that the tables stay what a rebuilding gives; also
    /// in what whoever approved the erasure may not see.
    @EventListener
    void forget(PersonErased erased) {
        var sessions = erased.objects().stream()
                .filter(object -> object.startsWith(AcceptanceProjection.OBJECT))
                .map(object -> UUID.fromString(object.substring(AcceptanceProjection.OBJECT.length())))
                .toArray(UUID[]::new);
        var _ = readers.system(() -> {
            blank("feedback", "text", sessions, erased.person());
            blank("invitation", "note", sessions, erased.person());
            return true;
        });
    }

    private void blank(String table, String column, UUID[] sessions, String person) {
        database.sql("update acceptance." + table + " set " + column + " = '' where session = any(:sessions)"
                        + " and person = :person")
                .param("sessions", sessions)
                .param("person", person)
                .update();
    }
}
