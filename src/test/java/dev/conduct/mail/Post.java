package dev.conduct.mail;

import dev.conduct.support.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A post office of the test's own, years ahead of the application's: neither takes the other's letters.
final class Post {

    private static final MailSettings NONE = new MailSettings(null, null, null, null, null, null);

    final TestClock clock = new TestClock();
    final LetterRows rows;
    private final JdbcClient db;

    Post(LetterRows rows, JdbcClient db) {
        this.rows = rows;
        this.db = db;
        clock.advance(Duration.ofDays(20_000));
    }

    record State(String state, int attempts, @Nullable String says, boolean words) {}

    Postman by(Carrier carrier) {
        return new Postman(
                rows, new Envelope(NONE, new ServerAddress("https://conduct.example/", 0)), carrier, clock, false);
    }

    static Smtp smtp(int port, @Nullable String tls, @Nullable String user) {
        return new Smtp(
                new MailSettings(
                        "127.0.0.1", port, tls, user, user == null ? null : "secret words", "conduct@ours.example"),
                "127.0.0.1");
    }

    UUID queue(Letter letter, String subject) {
        var id = dev.conduct.kernel.Ids.next(clock.instant());
        rows.add(id, letter, subject, Wording.plain(letter, ""), "<p>HTML</p>", clock.instant());
        return id;
    }

    Instant next(UUID id) {
        return db.sql("select next_at from mail.letter where id = :id")
                .param("id", id)
                .query((row, number) -> java.util.Objects.requireNonNull(LetterRows.instant(row, "next_at")))
                .single();
    }

    State state(UUID id) {
        return db.sql("select state, attempts, says, words_closed is not null as words from mail.letter where id = :id")
                .param("id", id)
                .query((row, number) -> new State(
                        row.getString("state"), row.getInt("attempts"), row.getString("says"), row.getBoolean("words")))
                .single();
    }
}
