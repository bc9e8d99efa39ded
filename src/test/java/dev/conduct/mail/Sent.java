package dev.conduct.mail;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Letters as whoever has the keys reads them, the oldest first.
@Component
public class Sent {

    private final JdbcClient db;
    private final LetterSeals seals;

    Sent(JdbcClient db, LetterSeals seals) {
        this.db = db;
        this.seals = seals;
    }

    /// @param text empty once the letter left
    public record Seen(
            String kind,
            String subject,
            String text,
            @Nullable String thread,
            @Nullable String unsubscribe,
            @Nullable String replyTo) {}

    public List<Seen> to(String address) {
        return db.sql("select kind, thread, " + LetterSeals.COLUMNS + """
                          from mail.letter where recipient_index in (:codes) order by id
                        """)
                .param("codes", seals.codes(address))
                .query((row, number) -> {
                    var words = seals.words(row);
                    return new Seen(
                            row.getString("kind"),
                            seals.subject(row),
                            Objects.requireNonNullElse(words.text(), ""),
                            row.getString("thread"),
                            words.unsubscribe(),
                            words.replyTo());
                })
                .list();
    }

    public List<Seen> to(String address, String kind) {
        return to(address).stream().filter(letter -> letter.kind().equals(kind)).toList();
    }
}
