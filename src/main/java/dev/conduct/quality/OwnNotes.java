package dev.conduct.quality;

import dev.conduct.database.Readers;
import dev.conduct.identity.PersonErased;
import dev.conduct.ledger.PersonalWords;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// What somebody noted of a failure is theirs, and goes with them. Why a test was put aside stays, as the reasons of
/// exceptions do: without it nobody could show what was decided.
@Component
class OwnNotes implements PersonalWords {

    private final JdbcClient database;
    private final Readers readers;

    OwnNotes(JdbcClient database, Readers readers) {
        this.database = database;
        this.readers = readers;
    }

    @Override
    public boolean personal(String action, String field) {
        return action.equals(Triages.ACTION) && field.equals("note");
    }

    /// Also of products that whoever approved the erasure may not see.
    @EventListener
    void forget(PersonErased erased) {
        var _ = readers.system(() -> database.sql("update quality.triage set note = '' where decided_by = :person")
                .param("person", erased.person())
                .update());
    }
}
