package dev.conduct.standards;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.work.LedgerProjection;
import java.sql.Types;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The tables of standards as their events make them: the same statements write them live and anew.
@Component
class StandardsProjection implements LedgerProjection {

    static final String OBJECT = "standard:";

    private final Ledger ledger;

    StandardsProjection(Ledger ledger) {
        this.ledger = ledger;
    }

    @Override
    public List<String> tables() {
        return List.of("standards.standard", "standards.version", "standards.acknowledgement", "standards.training");
    }

    @Override
    public void write(JdbcClient rebuilt) {
        ledger.replayByObject(OBJECT, event -> apply(event, rebuilt));
    }

    static void apply(Event event, JdbcClient database) {
        var standard = UUID.fromString(event.object().substring(OBJECT.length()));
        switch (event.action()) {
            case "standard.propose" -> propose(event, standard, database);
            case "standard.approve" -> approve(event, standard, database);
            case "standard.acknowledge" ->
                database.sql("""
                                insert into standards.acknowledgement (standard, number, person, at)
                                values (:standard, :number, :person, :at) on conflict do nothing
                                """)
                        .param("standard", standard)
                        .param("number", number(event, "version"))
                        .param("person", event.actor())
                        .param("at", at(event))
                        .update();
            case "standard.train" -> train(event, standard, database);
            case "standard.retire" ->
                database.sql("update standards.standard set retired_at = :at where id = :id")
                        .param("at", at(event))
                        .param("id", standard)
                        .update();
            default -> throw new IllegalStateException("No table is made of " + event.action());
        }
    }

    private static void propose(Event event, UUID standard, JdbcClient database) {
        database.sql("""
                        insert into standards.standard (id, product, proposed) values (:id, :product, :number)
                        on conflict (id) do update set proposed = excluded.proposed
                        """)
                .param("id", standard)
                .param("product", event.data().get("product"), Types.VARCHAR)
                .param("number", number(event, "version"))
                .update();
        database.sql("""
                        insert into standards.version (standard, number, title, body, roles, days, training_days,
                                                       digest, proposed_by, proposed_at)
                        values (:standard, :number, :title, :body, :roles, :days, :training_days, :digest, :by, :at)
                        """)
                .param("standard", standard)
                .param("number", number(event, "version"))
                .param("title", words(event, "title"))
                .param("body", words(event, "body"))
                .param("roles", roles(event))
                .param("days", number(event, "days"))
                .param("training_days", number(event, "training_days"))
                .param("digest", text(event, "digest"))
                .param("by", event.actor())
                .param("at", at(event))
                .update();
    }

    private static void approve(Event event, UUID standard, JdbcClient database) {
        database.sql("""
                        update standards.version set approved_by = :by, approved_at = :at
                         where standard = :standard and number = :number
                        """)
                .param("by", event.actor())
                .param("at", at(event))
                .param("standard", standard)
                .param("number", number(event, "version"))
                .update();
        // A version that is put in force takes a retired standard back.
        database.sql("update standards.standard set latest = :number, retired_at = null where id = :id")
                .param("number", number(event, "version"))
                .param("id", standard)
                .update();
    }

    private static void train(Event event, UUID standard, JdbcClient database) {
        database.sql("""
                        insert into standards.training (id, standard, number, person, held_on, valid_until, trainer,
                                                        taught_by, recorded_by, recorded_at)
                        values (:id, :standard, :number, :person, :held_on, :valid_until, :trainer, :taught_by, :by, :at)
                        """)
                .param("id", UUID.fromString(text(event, "training")))
                .param("standard", standard)
                .param("number", number(event, "version"))
                .param("person", text(event, "person"))
                .param("held_on", LocalDate.parse(text(event, "held_on")))
                .param("valid_until", day(event.data().get("valid_until")), Types.DATE)
                .param("trainer", event.data().containsKey("taught_by") ? null : words(event, "trainer"), Types.VARCHAR)
                .param("taught_by", event.data().get("taught_by"), Types.VARCHAR)
                .param("by", event.actor())
                .param("at", at(event))
                .update();
    }

    private static @Nullable LocalDate day(@Nullable Object said) {
        return said instanceof String text ? LocalDate.parse(text) : null;
    }

    private static String[] roles(Event event) {
        return event.data().get("roles") instanceof List<?> roles
                ? roles.stream().map(Object::toString).toArray(String[]::new)
                : new String[0];
    }

    private static int number(Event event, String name) {
        return event.data().get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static String text(Event event, String name) {
        return event.data().get(name) instanceof String text ? text : "";
    }

    /// Words that were erased leave a dash: what was done stays.
    private static String words(Event event, String name) {
        return event.content().getOrDefault(name, "-");
    }

    private static OffsetDateTime at(Event event) {
        return OffsetDateTime.ofInstant(event.occurredAt(), ZoneOffset.UTC);
    }
}
