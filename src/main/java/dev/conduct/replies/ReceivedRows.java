package dev.conduct.replies;

import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/// Every mail that came and what was thought of it; never its words.
@Repository
class ReceivedRows {

    private final JdbcClient db;

    ReceivedRows(JdbcClient db) {
        this.db = db;
    }

    /// @param sender the domain the mail says it is from, null where it names none or several
    /// @param person who answered, null while that is not certain
    record Received(
            UUID id,
            Instant at,
            @Nullable String sender,
            @Nullable String person,
            @Nullable String item,
            Verdict verdict,
            String says) {}

    boolean known(byte[] hash) {
        return db.sql("select exists (select from replies.received where hash = :hash)")
                .param("hash", hash)
                .query(Boolean.class)
                .single();
    }

    /// In the transaction of what came of it. The same mail once more, also at another node, is not added again.
    ///
    /// @return whether it is new
    boolean add(byte[] hash, Received received) {
        return db.sql("""
                        insert into replies.received (id, hash, at, sender, person, item, verdict, says)
                        values (:id, :hash, :at, :sender, :person, :item, :verdict, :says)
                        on conflict (hash) do nothing
                        """)
                        .param("id", received.id())
                        .param("hash", hash)
                        .param("at", at(received.at()))
                        .param("sender", received.sender(), Types.VARCHAR)
                        .param("person", received.person(), Types.VARCHAR)
                        .param("item", received.item(), Types.VARCHAR)
                        .param("verdict", received.verdict().word())
                        .param("says", received.says())
                        .update()
                == 1;
    }

    /// How many letters told this person lately that an answer was not taken.
    long told(String person, Instant since) {
        return db.sql("""
                        select count(*) from replies.received
                         where person = :person and verdict = 'refused' and at > :since
                        """)
                .param("person", person)
                .param("since", at(since))
                .query(Long.class)
                .single();
    }

    /// Newest first.
    Page<Received> page(@Nullable String cursor) {
        var found = db.sql("""
                        select id, at, sender, person, item, verdict, says
                          from replies.received
                         where (:after::uuid is null or id < :after::uuid)
                         order by id desc
                         limit :limit
                        """)
                .param("after", cursor == null || cursor.isBlank() ? null : id(cursor))
                .param("limit", Page.USUAL + 1)
                .query((row, number) -> new Received(
                        row.getObject("id", UUID.class),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("sender"),
                        row.getString("person"),
                        row.getString("item"),
                        Verdict.of(row.getString("verdict")),
                        row.getString("says")))
                .list();
        var shown = List.copyOf(found.subList(0, Math.min(Page.USUAL, found.size())));
        return new Page<>(
                shown, found.size() > Page.USUAL ? shown.getLast().id().toString() : null);
    }

    void tidy(Instant before) {
        db.sql("delete from replies.received where id < :before")
                .param("before", Ids.next(before.minus(Duration.ofMillis(1))))
                .update();
    }

    void forget(String person) {
        db.sql("delete from replies.received where person = :person")
                .param("person", person)
                .update();
    }

    private static UUID id(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException notOurs) {
            throw Problem.badInput(
                    "cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
        }
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }
}
