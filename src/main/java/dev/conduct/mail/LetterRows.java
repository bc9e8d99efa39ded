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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/// The queue of letters and what became of each.
@Repository
class LetterRows {

    private final JdbcClient db;
    private final LetterSeals seals;

    LetterRows(JdbcClient db, LetterSeals seals) {
        this.db = db;
        this.seals = seals;
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

    /// @return the letters that went, as do all three
    List<UUID> forget(String address) {
        return db.sql("""
                        delete from mail.letter
                         where recipient_index in (:codes) or lower(recipient) = lower(:address)
                        returning id
                        """)
                .param("codes", seals.codes(address))
                .param("address", address)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    List<UUID> forgetUnder(long key) {
        return db.sql("delete from mail.letter where whose_key = :key returning id")
                .param("key", key)
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    /// Whether anything may be written to them.
    boolean present(String whose) {
        return seals.present(whose);
    }

    /// Nothing, when another node erased whoever it is to a moment ago.
    void add(UUID id, Letter letter, String subject, String text, String html, Instant now) {
        var to = stored(letter.to());
        var words = new LetterSeals.Words(stored(text), stored(html), letter.unsubscribe(), letter.replyTo());
        var closed = seals.close(id, letter.whose(), to, stored(subject), words);
        db.sql("""
                insert into mail.letter (id, kind, whose_key, head_closed, words_closed, recipient_index, thread, state,
                                         queued_at, next_at)
                select :id, :kind, :key, :head, :words, :code, :thread, 'queued', :now, :now
                 where not exists (select from keys.subject where id = :key and erased_at is not null)
                """)
                .param("id", id)
                .param("kind", letter.kind())
                .param("key", closed.key())
                .param("head", closed.head())
                .param("words", closed.words())
                .param("code", seals.code(to))
                .param("thread", letter.thread())
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
                returning l.id, l.kind, l.recipient, l.subject, l.text, l.html, l.thread, l.unsubscribe, l.reply_to, l.attempts,
                          l.recipient_sealed, l.subject_sealed, l.words_sealed, l.whose_key, l.head_closed, l.words_closed
                """)
                .param("now", at(now))
                .param("most", most)
                .param("until", at(now.plus(held)))
                .query((row, number) -> {
                    var words = seals.words(row);
                    return new Taken(
                            row.getObject("id", UUID.class),
                            row.getString("kind"),
                            seals.recipient(row),
                            seals.subject(row),
                            words.text(),
                            words.html(),
                            row.getString("thread"),
                            words.unsubscribe(),
                            words.replyTo(),
                            row.getInt("attempts"));
                })
                .list();
    }

    /// Notes how an attempt ended. A letter that left, or never will, loses its words: they may hold a one-time link.
    @Transactional
    void ended(Taken letter, Outcome outcome, Instant now) {
        var says = unnamed(letter.recipient(), stored(outcome.says()));
        var mine = db.sql("""
                update mail.letter
                   set state = :state, says = :says, next_at = :next,
                       done_at = case when cast(:next as timestamptz) is null then cast(:now as timestamptz) end,
                       text = case when cast(:next as timestamptz) is null then null else text end,
                       html = case when cast(:next as timestamptz) is null then null else html end,
                       reply_to = case when cast(:next as timestamptz) is null then null else reply_to end,
                       words_sealed = case when cast(:next as timestamptz) is null then null else words_sealed end,
                       words_closed = case when cast(:next as timestamptz) is null then null else words_closed end
                 where id = :id and attempts = :attempt and next_at is not null
                """)
                .param("state", outcome.state())
                .param("says", says)
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
                    .param("says", says)
                    .update();
        }
    }

    /// What a mail server says often repeats the address.
    private static String unnamed(String recipient, String says) {
        return recipient.isBlank()
                ? says
                : Pattern.compile(Pattern.quote(recipient), Pattern.CASE_INSENSITIVE)
                        .matcher(says)
                        .replaceAll("the address");
    }

    /// When the next letter is due.
    Optional<Instant> next() {
        return db.sql("select min(next_at) as at from mail.letter where next_at is not null")
                .query((row, number) -> Optional.ofNullable(instant(row, "at")))
                .single();
    }

    /// Ends what is older than that.
    List<UUID> forget(Instant before) {
        return db.sql("delete from mail.letter where done_at < :before returning id")
                .param("before", at(before))
                .query((row, number) -> row.getObject("id", UUID.class))
                .list();
    }

    static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var moment = row.getObject(column, OffsetDateTime.class);
        return moment == null ? null : moment.toInstant();
    }
}
