package dev.conduct.mail;

import dev.conduct.keys.BlindIndex;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Secrets;
import dev.conduct.keys.Subjects;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Whom letters go to and what they say, under the key of whoever they are to; those to one address are found again by
/// its code.
@Component
class LetterSeals implements SealedStore {

    /// For queries: what it takes to read a letter.
    static final String COLUMNS = "id, whose_key, head_closed, words_closed, recipient, recipient_sealed, subject,"
            + " subject_sealed, text, html, unsubscribe, reply_to, words_sealed ";

    private static final String TABLE = "mail.letter";
    private static final String RECIPIENT = "recipient_sealed";
    private static final String SUBJECT = "subject_sealed";
    private static final String WORDS = "words_sealed";
    private static final String PLACE = "mail.letter|recipient";

    private static final String HEAD = "mail.letter|head|";
    private static final String REST = "mail.letter|words|";

    private final JdbcClient db;
    private final Secrets secrets;
    private final Subjects subjects;
    private final BlindIndex index;

    LetterSeals(JdbcClient db, Secrets secrets, Subjects subjects, BlindIndex index) {
        this.db = db;
        this.secrets = secrets;
        this.subjects = subjects;
        this.index = index;
    }

    private record Head(String recipient, String subject) {}

    /// What goes when a letter left: it may hold one-time links.
    record Words(
            String text,
            String html,
            @Nullable String unsubscribe,
            @Nullable String replyTo) {}

    /// @param words null once the letter left
    record Closed(long key, byte[] head, byte @Nullable [] words) {}

    /// Whether anything may be written to them: they were not erased.
    boolean present(String whose) {
        return subjects.present(whose);
    }

    Closed close(UUID id, String whose, String to, String subject, @Nullable Words words) {
        var head = subjects.close(whose, json(new Head(to, subject)), HEAD + id);
        var rest = words == null
                ? null
                : subjects.close(whose, json(words), REST + id).sealed();
        return new Closed(head.key(), head.sealed(), rest);
    }

    byte[] code(String to) {
        return index.of(PLACE, to);
    }

    /// To look for: `recipient_index in (:codes)`.
    List<byte[]> codes(String to) {
        return index.all(PLACE, to);
    }

    /// Empty when whoever it was to was erased, like all that follows.
    String recipient(ResultSet row) throws SQLException {
        var closed = row.getBytes("head_closed");
        return closed == null
                ? opened(row, RECIPIENT, "recipient")
                : head(row, closed).recipient();
    }

    String subject(ResultSet row) throws SQLException {
        var closed = row.getBytes("head_closed");
        return closed == null
                ? opened(row, SUBJECT, "subject")
                : head(row, closed).subject();
    }

    Words words(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var closed = row.getBytes("words_closed");
        if (closed != null) {
            return subjects.open(row.getLong("whose_key"), closed, REST + id)
                    .map(json -> JsonMapper.shared().readValue(json, Words.class))
                    .orElse(new Words("", "", null, null));
        }
        var sealed = row.getBytes(WORDS);
        return sealed != null
                ? JsonMapper.shared().readValue(secrets.open(sealed, TABLE, WORDS, id), Words.class)
                : new Words(
                        Objects.requireNonNullElse(row.getString("text"), ""),
                        Objects.requireNonNullElse(row.getString("html"), ""),
                        row.getString("unsubscribe"),
                        row.getString("reply_to"));
    }

    private Head head(ResultSet row, byte[] closed) throws SQLException {
        return subjects.open(row.getLong("whose_key"), closed, HEAD + row.getObject("id", UUID.class))
                .map(json -> JsonMapper.shared().readValue(json, Head.class))
                .orElse(new Head("", ""));
    }

    private static String json(Object value) {
        return JsonMapper.shared().writeValueAsString(value);
    }

    private String opened(ResultSet row, String column, String plain) throws SQLException {
        var sealed = row.getBytes(column);
        return sealed == null
                ? Objects.requireNonNullElse(row.getString(plain), "")
                : secrets.open(sealed, TABLE, column, row.getObject("id", UUID.class));
    }

    @Override
    public Purpose purpose() {
        return Purpose.INDEXES;
    }

    @Override
    public String says() {
        return "Recipients of letters";
    }

    @Override
    public Map<Long, Long> perKey() {
        var counts = new HashMap<Long, Long>();
        db.sql("""
                select case when whose_key is null then null else substring(recipient_index from 1 for 5) end as head,
                       count(*) as letters
                  from mail.letter
                 group by 1
                """).query(row -> {
            var head = row.getBytes("head");
            counts.put(head == null ? PLAIN : SealedStore.keyOf(head), row.getLong("letters"));
        });
        return counts;
    }

    private record Row(
            UUID id,
            boolean closed,
            String recipient,
            String subject,
            @Nullable Words words) {}

    /// A letter from before there was a key for each person comes under the company's: whose it was stands
    /// nowhere. With the address it goes all the same, and after 90 days.
    @Override
    public int renew(int most) {
        var rows = db.sql("select " + COLUMNS + """
                  from mail.letter
                 where whose_key is null or substring(recipient_index from 1 for 5) <> :newest
                 limit :most
                   for update skip locked
                """)
                .param("newest", index.head())
                .param("most", most)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        row.getBytes("head_closed") != null,
                        recipient(row),
                        subject(row),
                        row.getString("text") == null && row.getBytes(WORDS) == null ? null : words(row)))
                .list();
        rows.forEach(this::renew);
        return rows.size();
    }

    private void renew(Row row) {
        if (row.closed()) {
            db.sql("update mail.letter set recipient_index = :code where id = :id")
                    .param("code", code(row.recipient()))
                    .param("id", row.id())
                    .update();
            return;
        }
        var closed = close(row.id(), Subjects.COMPANY, row.recipient(), row.subject(), row.words());
        db.sql("""
                update mail.letter
                   set recipient = null, subject = null, text = null, html = null, unsubscribe = null, reply_to = null,
                       recipient_sealed = null, subject_sealed = null, words_sealed = null,
                       whose_key = :key, head_closed = :head, words_closed = :words, recipient_index = :code
                 where id = :id
                """)
                .param("key", closed.key())
                .param("head", closed.head())
                .param("words", closed.words(), java.sql.Types.BINARY)
                .param("code", code(row.recipient()))
                .param("id", row.id())
                .update();
    }

    /// What lies under the key for secrets, from before letters lay under keys of people.
    @Configuration
    static class Columns {

        @Bean
        SealedStore addressesOfLetters(SealedColumns columns) {
            return columns.of("Addresses on letters", TABLE, RECIPIENT, "id");
        }

        @Bean
        SealedStore subjectsOfLetters(SealedColumns columns) {
            return columns.of("Subjects of letters", TABLE, SUBJECT, "id");
        }

        @Bean
        SealedStore wordsOfLetters(SealedColumns columns) {
            return columns.of("Words of letters that wait", TABLE, WORDS, "id");
        }
    }
}
