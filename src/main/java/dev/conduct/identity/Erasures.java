package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import dev.conduct.keys.Subjects;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import dev.conduct.mail.Mail;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Forgets a person: destroys the key under which everything of theirs lies, and takes away what lies in the
/// clear. One person asks for it, a second does it. The ledger keeps that it was done, and still verifies.
@Component
public class Erasures {

    private static final String PERSON = "person:";

    private final JdbcClient db;
    private final InstantSource time;
    private final People people;
    private final Names names;
    private final Accounts accounts;
    private final Traces traces;
    private final Subjects subjects;
    private final Ledger ledger;
    private final ErasedList erasedList;
    private final Mail mail;
    private final ApplicationEventPublisher events;

    Erasures(
            JdbcClient db,
            InstantSource time,
            People people,
            Names names,
            Accounts accounts,
            Traces traces,
            Subjects subjects,
            Ledger ledger,
            ErasedList erasedList,
            Mail mail,
            ApplicationEventPublisher events) {
        this.db = db;
        this.time = time;
        this.people = people;
        this.names = names;
        this.accounts = accounts;
        this.traces = traces;
        this.subjects = subjects;
        this.ledger = ledger;
        this.erasedList = erasedList;
        this.mail = mail;
        this.events = events;
    }

    /// @param person as the ledger writes it
    /// @param name once erased, the words that stand for it
    /// @param erasedAt null while it waits for a second person
    public record Erasure(
            String person,
            String name,
            String askedBy,
            Instant askedAt,
            @Nullable String approvedBy,
            @Nullable Instant erasedAt) {}

    /// Waiting ones first, the newest of each first.
    public List<Erasure> all() {
        return db.sql("select a.id, " + Names.COLUMNS + """
                     , e.asked_by, e.asked_at, e.approved_by, e.erased_at
                  from identity.erasure e
                  join identity.actor a on a.id = e.person
                 order by (e.erased_at is not null), e.asked_at desc, e.person
                 limit 200
                """)
                .query(this::erasure)
                .list();
    }

    /// How many wait for somebody like this one, who asked for none of them, nor did a program of theirs.
    public long waitingFor(Actor actor) {
        return db.sql("""
                        select count(*)
                          from identity.erasure e
                          left join identity.client c on 'client:' || c.id = e.asked_by
                         where e.erased_at is null and 'person:' || e.person <> :actor
                           and coalesce('person:' || c.owner, e.asked_by) <> :actor
                        """).param("actor", actor.id()).query(Long.class).single();
    }

    /// @throws Problem 404 without the person, 409 when it was asked for before
    @Transactional
    public void ask(String person, Actor by) {
        var id = person(person);
        var made = db.sql("""
                insert into identity.erasure (person, asked_by, asked_at) values (:person, :by, :now) on conflict do nothing
                """)
                .param("person", id)
                .param("by", by.id())
                .param("now", Sql.time(time.instant()))
                .update();
        if (made == 0) {
            throw Problem.conflict("erasure_asked", "The erasure of this person was asked for already.");
        }
        record("person.ask_erasure", id, by.id(), by.via(), Map.of());
    }

    /// @throws Problem 404 when none waits
    @Transactional
    public void withdraw(String person, Actor by) {
        var id = person(person);
        var gone = db.sql("delete from identity.erasure where person = :person and erased_at is null")
                .param("person", id)
                .update();
        if (gone == 0) {
            throw Problem.notFound("The erasure");
        }
        record("person.withdraw_erasure", id, by.id(), by.via(), Map.of());
    }

    /// Erases for good.
    ///
    /// @throws Problem 404 when none waits, 403 for whoever asked for it, 409 for the last administrator
    @Transactional
    public void approve(String person, Actor by) {
        var id = person(person);
        var asked = db.sql(
                        "select asked_by from identity.erasure where person = :person and erased_at is null for update")
                .param("person", id)
                .query(String.class)
                .optional()
                .orElseThrow(() -> Problem.notFound("The erasure"));
        var decides = answering(by.id());
        if (answering(asked).equals(decides)) {
            throw Problem.forbidden("second_person", "You asked for this erasure. A second person does it.");
        }
        if (decides.equals(person)) {
            throw Problem.forbidden("second_person", "Nobody decides the own erasure.");
        }
        if (people.find(person).filter(People.Person::active).isPresent()) {
            accounts.deactivate(person, by);
        }
        db.sql("update identity.erasure set approved_by = :by, erased_at = :now where person = :person")
                .param("by", by.id())
                .param("now", Sql.time(time.instant()))
                .param("person", id)
                .update();
        erase(id, by.id(), by.via(), Map.of("asked_by", asked));
    }

    /// The person behind it: two programs of one person, or a program and its owner, are not two people.
    private String answering(String actor) {
        return ActorId.uuid(actor)
                .filter(id -> actor.startsWith("client:"))
                .flatMap(id -> db.sql("select owner from identity.client where id = :id and owner is not null")
                        .param("id", id)
                        .query(UUID.class)
                        .optional())
                .map(owner -> PERSON + owner)
                .orElse(actor);
    }

    /// Once more, in a database that knew the person again: a backup from before was restored.
    @Transactional
    void again(UUID id) {
        var known = db.sql("select exists (select from identity.actor where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (known) {
            db.sql("update identity.actor set active = false where id = :id")
                    .param("id", id)
                    .update();
            db.sql("""
                    insert into identity.erasure (person, asked_by, asked_at, approved_by, erased_at)
                    values (:id, 'system:restore', :now, 'system:keys', :now)
                    on conflict (person) do update set approved_by = 'system:keys', erased_at = :now
                    """).param("id", id).param("now", Sql.time(time.instant())).update();
            erase(id, "system:keys", "scheduler", Map.of("again", true));
        }
    }

    /// As much of it as can be done while nothing may be recorded: the key is gone, and what lies in the
    /// clear. What lies in the ledger opens no more, and is taken away at a later start.
    @Transactional
    void shut(UUID id) {
        db.sql("set local statement_timeout = '10min'").update();
        var person = PERSON + id;
        var email = people.find(person).map(People.Person::email).orElse(null);
        var outside = people.outside(person);
        traces.forget(id);
        var key = subjects.destroy(person);
        mail.forgetUnder(key);
        var objects = ledger.objectsUnder(key);
        events.publishEvent(new PersonErased(person, objects, email, outside, null));
    }

    private void erase(UUID id, String by, String via, Map<String, Object> data) {
        db.sql("set local statement_timeout = '10min'").update();
        var person = PERSON + id;
        var email = people.find(person).map(People.Person::email).orElse(null);
        var outside = people.outside(person);
        traces.forget(id);
        var event = record("person.erase", id, by, via, data);
        var key = subjects.destroy(person);
        mail.forgetUnder(key);
        var objects = ledger.eraseContent(key, event);
        events.publishEvent(new PersonErased(person, objects, email, outside, event));
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                erasedList.add(id);
            }
        });
    }

    private long record(String action, UUID id, String by, String via, Map<String, Object> data) {
        var version = db.sql("update identity.actor set version = version + 1 where id = :id returning version")
                .param("id", id)
                .query(Long.class)
                .single();
        return ledger.append(new NewEvent(
                        time.instant(),
                        by,
                        via,
                        action,
                        PERSON + id,
                        version,
                        Outcome.SUCCESS,
                        null,
                        null,
                        data,
                        Map.of()))
                .row();
    }

    /// Somebody known from another system alone, who turned out to be a person that is erased: in the caller's
    /// transaction, which erases that one. Whoever has an account is not touched.
    ///
    /// @param author as the ledger writes it
    public void forgetKnown(String author) {
        ActorId.uuid(author)
                .filter(id -> db.sql("select exists (select from identity.actor where id = :id and kind = 'external')")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .ifPresent(id -> {
                    traces.forget(id);
                    subjects.destroy(author);
                });
    }

    /// Clients are no people; authors known from imports are.
    private UUID person(String person) {
        return ActorId.uuid(person)
                .filter(id -> person.startsWith(PERSON))
                .filter(id -> db.sql("select exists (select 1 from identity.actor where id = :id and kind <> 'client')")
                        .param("id", id)
                        .query(Boolean.class)
                        .single())
                .orElseThrow(() -> Problem.notFound("This person"));
    }

    private Erasure erasure(ResultSet row, int number) throws SQLException {
        return new Erasure(
                PERSON + row.getString("id"),
                names.read(row),
                row.getString("asked_by"),
                Objects.requireNonNull(Sql.time(row, "asked_at")),
                row.getString("approved_by"),
                Sql.time(row, "erased_at"));
    }
}
