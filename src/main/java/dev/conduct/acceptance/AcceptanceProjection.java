package dev.conduct.acceptance;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.work.LedgerProjection;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The tables of acceptance as its events make them: the same statements write them live and anew.
@Component
class AcceptanceProjection implements LedgerProjection {

    static final String OBJECT = "acceptance:";

    private final Ledger ledger;

    AcceptanceProjection(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<String> tables() {
        return List.of(
                "acceptance.session", "acceptance.invitation", "acceptance.former_verdict", "acceptance.feedback");
    }

    @Override
    public void write(JdbcClient rebuilt) {
        ledger.replayByObject(OBJECT, event -> apply(event, rebuilt));
    }

    static void apply(Event event, JdbcClient database) {
        var session = UUID.fromString(event.object().substring(OBJECT.length()));
        switch (event.action()) {
            case "acceptance.open" -> open(event, session, database);
            case "acceptance.invite" ->
                database.sql("""
                                insert into acceptance.invitation (session, person, invited_at)
                                values (:session, :person, :at)
                                on conflict do nothing
                                """)
                        .param("session", session)
                        .param("person", text(event, "person"))
                        .param("at", at(event))
                        .update();
            case "acceptance.sign" -> sign(event, session, database);
            case "acceptance.say" -> say(event, session, database);
            case "acceptance.decide" -> decide(event, database);
            case "acceptance.close" ->
                database.sql("update acceptance.session set closed_at = :at where id = :id")
                        .param("at", at(event))
                        .param("id", session)
                        .update();
            default -> throw new IllegalStateException("No table is made of " + event.action());
        }
    }

    private static void open(Event event, UUID session, JdbcClient database) {
        database.sql("""
                        insert into acceptance.session
                               (id, product, title, commit, build, environment, criteria, signs, opened_by, opened_at)
                        values (:id, :product, :title, :commit, :build, :environment, :criteria, :signs, :by, :at)
                        """)
                .param("id", session)
                .param("product", text(event, "product"))
                .param("title", words(event, "title"))
                .param("commit", text(event, "commit"))
                .param("build", words(event, "build"))
                .param("environment", words(event, "environment"))
                .param("criteria", words(event, "criteria"))
                .param("signs", text(event, "signs"))
                .param("by", event.actor())
                .param("at", at(event))
                .update();
    }

    private static void sign(Event event, UUID session, JdbcClient database) {
        database.sql("""
                        insert into acceptance.former_verdict (session, person, verdict, signed_at)
                        select session, person, verdict, signed_at from acceptance.invitation
                         where session = :session and person = :person and signed_at < :at
                        """)
                .param("session", session)
                .param("person", event.actor())
                .param("at", at(event))
                .update();
        database.sql("""
                        update acceptance.invitation
                           set verdict = :verdict, met = :met, note = :note, signed_at = :at
                         where session = :session and person = :person
                        """)
                .param("verdict", text(event, "verdict"))
                .param("met", text(event, "met"))
                .param("note", words(event, "note"))
                .param("at", at(event))
                .param("session", session)
                .param("person", event.actor())
                .update();
    }

    private static void say(Event event, UUID session, JdbcClient database) {
        database.sql("""
                        insert into acceptance.feedback (id, session, person, text, said_at)
                        values (:id, :session, :person, :text, :at)
                        """)
                .param("id", UUID.fromString(text(event, "feedback")))
                .param("session", session)
                .param("person", event.actor())
                .param("text", words(event, "text"))
                .param("at", at(event))
                .update();
    }

    private static void decide(Event event, JdbcClient database) {
        database.sql("""
                        update acceptance.feedback
                           set decision = :decision, reason = :reason, item = :item, decided_by = :by, decided_at = :at
                         where id = :id
                        """)
                .param("decision", text(event, "decision"))
                .param("reason", words(event, "reason"))
                .param("item", text(event, "item"))
                .param("by", event.actor())
                .param("at", at(event))
                .param("id", UUID.fromString(text(event, "feedback")))
                .update();
    }

    private static String text(Event event, String name) {
        return event.data().get(name) instanceof String text ? text : "";
    }

    private static String words(Event event, String name) {
        return event.content().getOrDefault(name, "");
    }

    private static OffsetDateTime at(Event event) {
        return OffsetDateTime.ofInstant(event.occurredAt(), ZoneOffset.UTC);
    }
}
