package dev.conduct.mail;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// The queue of letters and what became of each.
@Repository
class LetterRows {

    private final JdbcClient db;

    LetterRows(JdbcClient db) {
        this.db = db;
    }

    /// A letter somebody is delivering.
    ///
    /// @param attempt the how-manieth; whoever holds an earlier one was overtaken
    record Taken(
            UUID id,
            String kind,
            String recipient,
            String subject,
            String text,
            String html,
            @Nullable String thread,
            @Nullable String unsubscribe,
            @Nullable String replyTo,
            int attempt) {}

    void forget(String address) {
        db.sql("delete from mail.letter where lower(recipient) = lower(:address)")
                .param("address", address)
                .update();
    }

    void add(UUID id, Letter letter, String subject, String text, String html, Instant now) {
        db.sql("""
                insert into mail.letter (id, kind, recipient, subject, text, html, thread, unsubscribe, reply_to,
                                         state, queued_at, next_at)
                values (:id, :kind, :recipient, :subject, :text, :html, :thread, :unsubscribe, :reply_to, 'queued', :now, :now)
                """)
                .param("id", id)
                .param("kind", letter.kind())
                .param("recipient", stored(letter.to()))
                .param("subject", stored(subject))
                .param("text", stored(text))
                .param("html", stored(html))
                .param("thread", letter.thread())
                .param("unsubscribe", letter.unsubscribe())
                .param("reply_to", letter.replyTo())
                .param("now", at(now))
                .update();
    }

    /// PostgreSQL holds no NUL, and half a character has no UTF-8 form; a letter does not fail for that.
    private static String stored(String text) {
        return text.replace("\0", "").replaceAll("\\p{Cs}", "\uFFFD");
    }

    /// Takes letters that are due, for so long; whoever dies with them has lost them when that is over.
    @Transactional
    List<Taken> take(Instant now, int most, Duration held) {
        return db.sql("""
                with due as (select id from mail.letter
                              where next_at <= :now order by next_at, id limit :most
                                for update skip locked)
                update mail.letter l set attempts = l.attempts + 1, next_at = :until
                  from due where l.id = due.id
                returning l.id, l.kind, l.recipient, l.subject, l.text, l.html, l.thread, l.unsubscribe, l.reply_to, l.attempts
                """)
                .param("now", at(now))
                .param("most", most)
                .param("until", at(now.plus(held)))
                .query((row, number) -> new Taken(
                        row.getObject("id", UUID.class),
                        row.getString("kind"),
                        row.getString("recipient"),
                        row.getString("subject"),
                        row.getString("text"),
                        row.getString("html"),
                        row.getString("thread"),
                        row.getString("unsubscribe"),
                        row.getString("reply_to"),
                        row.getInt("attempts")))
                .list();
    }

    /// Notes how an attempt ended. A letter that left, or never will, loses its words: they may hold a one-time link.
    @Transactional
    void ended(Taken letter, Outcome outcome, Instant now) {
        var mine = db.sql("""
                update mail.letter
                   set state = :state, says = :says, next_at = :next,
                       done_at = case when cast(:next as timestamptz) is null then cast(:now as timestamptz) end,
                       text = case when cast(:next as timestamptz) is null then null else text end,
                       html = case when cast(:next as timestamptz) is null then null else html end,
                       reply_to = case when cast(:next as timestamptz) is null then null else reply_to end
                 where id = :id and attempts = :attempt and next_at is not null
                """)
                .param("state", outcome.state())
                .param("says", stored(outcome.says()))
                .param(
                        "next",
                        outcome.next() == null ? null : at(outcome.next()),
                        java.sql.Types.TIMESTAMP_WITH_TIMEZONE)
                .param("now", at(now))
                .param("id", letter.id())
                .param("attempt", letter.attempt())
                .update();
        if (mine == 1) {
            db.sql("""
                    insert into mail.attempt (letter, number, at, outcome, carrier, says)
                    values (:letter, :number, :at, :outcome, :carrier, :says)
                    """)
                    .param("letter", letter.id())
                    .param("number", letter.attempt())
                    .param("at", at(now))
                    .param("outcome", outcome.state())
                    .param("carrier", outcome.carrier())
                    .param("says", stored(outcome.says()))
                    .update();
        }
    }

    /// When the next letter is due.
    Optional<Instant> next() {
        return db.sql("select min(next_at) as at from mail.letter where next_at is not null")
                .query((row, number) -> Optional.ofNullable(instant(row, "at")))
                .single();
    }

    /// Ends what is older than that.
    int forget(Instant before) {
        return db.sql("delete from mail.letter where done_at < :before")
                .param("before", at(before))
                .update();
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
