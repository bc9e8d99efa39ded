package dev.conduct.mail;

import dev.conduct.keys.BlindIndex;
import dev.conduct.keys.Purpose;
import dev.conduct.keys.SealedColumns;
import dev.conduct.keys.SealedStore;
import dev.conduct.keys.Secrets;
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

/// Whom letters go to and what they say, encrypted; those to one address are found again by its code.
@Component
class LetterSeals implements SealedStore {

    private static final String TABLE = "mail.letter";
    private static final String RECIPIENT = "recipient_sealed";
    private static final String SUBJECT = "subject_sealed";
    private static final String WORDS = "words_sealed";
    private static final String PLACE = "mail.letter|recipient";

    private final JdbcClient db;
    private final Secrets secrets;
    private final BlindIndex index;

    LetterSeals(JdbcClient db, Secrets secrets, BlindIndex index) {
        this.db = db;
        this.secrets = secrets;
        this.index = index;
    }

    /// What goes when a letter left: it may hold one-time links.
    record Words(
            String text,
            String html,
            @Nullable String unsubscribe,
            @Nullable String replyTo) {}

    byte[] recipient(UUID id, String to) {
        return secrets.seal(to, TABLE, RECIPIENT, id);
    }

    byte[] subject(UUID id, String subject) {
        return secrets.seal(subject, TABLE, SUBJECT, id);
    }

    byte[] words(UUID id, Words words) {
        return secrets.seal(JsonMapper.shared().writeValueAsString(words), TABLE, WORDS, id);
    }

    byte[] code(String to) {
        return index.of(PLACE, to);
    }

    /// To look for: `recipient_index in (:codes)`.
    List<byte[]> codes(String to) {
        return index.all(PLACE, to);
    }

    String recipient(ResultSet row) throws SQLException {
        return opened(row, RECIPIENT, "recipient");
    }

    String subject(ResultSet row) throws SQLException {
        return opened(row, SUBJECT, "subject");
    }

    Words words(ResultSet row) throws SQLException {
        var sealed = row.getBytes(WORDS);
        if (sealed != null) {
            var json = secrets.open(sealed, TABLE, WORDS, row.getObject("id", UUID.class));
            return JsonMapper.shared().readValue(json, Words.class);
        }
        return new Words(
                row.getString("text"), row.getString("html"), row.getString("unsubscribe"), row.getString("reply_to"));
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
        db.sql(
                        "select substring(recipient_index from 1 for 5) as head, count(*) as letters from mail.letter group by 1")
                .query(row -> {
                    var head = row.getBytes("head");
                    counts.put(head == null ? PLAIN : SealedStore.keyOf(head), row.getLong("letters"));
                });
        return counts;
    }

    private record Row(
            UUID id,
            String recipient,
            String subject,
            @Nullable Words words) {}

    @Override
    public int renew(int most) {
        var rows = db.sql("""
                select id, recipient, subject, text, html, unsubscribe, reply_to,
                       recipient_sealed, subject_sealed, words_sealed
                  from mail.letter
                 where recipient_index is null or substring(recipient_index from 1 for 5) <> :newest
                 limit :most
                   for update skip locked
                """)
                .param("newest", index.head())
                .param("most", most)
                .query((row, number) -> new Row(
                        row.getObject("id", UUID.class),
                        recipient(row),
                        subject(row),
                        row.getString("text") == null && row.getBytes(WORDS) == null ? null : words(row)))
                .list();
        rows.forEach(this::renew);
        return rows.size();
    }

    private void renew(Row row) {
        db.sql("""
                update mail.letter
                   set recipient = null, subject = null, text = null, html = null, unsubscribe = null, reply_to = null,
                       recipient_sealed = :recipient, subject_sealed = :subject, words_sealed = :words,
                       recipient_index = :code
                 where id = :id
                """)
                .param("recipient", recipient(row.id(), row.recipient()))
                .param("subject", subject(row.id(), row.subject()))
                .param("words", row.words() == null ? null : words(row.id(), row.words()), java.sql.Types.BINARY)
                .param("code", code(row.recipient()))
                .param("id", row.id())
                .update();
    }

    /// What lies under the key for secrets.
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
