package dev.conduct.replies;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The address of each letter that is about one record: whoever writes to it is known to have got that letter, and
/// speaks of that record. The database has only the hash. It ends after 90 days.
@Component
public class ReplyAddresses {

    /// Stands above what a letter says; what is below it in an answer is the letter, quoted.
    public static final String MARK = "Answer above this line: it becomes a comment on the record.";

    static final Duration KEPT = Duration.ofDays(90);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 20;

    private final JdbcClient db;
    private final InstantSource time;
    private final @Nullable String address;

    ReplyAddresses(JdbcClient db, InstantSource time, ReplySettings settings) {
        this.db = db;
        this.time = time;
        this.address = settings.address();
    }

    /// Whose answer it is, and to what.
    record Known(String person, String item) {}

    /// Makes the address of one letter, in the caller's transaction.
    ///
    /// @param person to whom it is written, as the ledger writes it
    /// @return null where no mailbox takes answers
    public @Nullable String of(String person, String item) {
        if (address == null) {
            return null;
        }
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        // Mail servers may not tell capitals from small letters.
        var token = new BigInteger(1, bytes).toString(Character.MAX_RADIX);
        db.sql("insert into replies.address (hash, person, item, made_at) values (:hash, :person, :item, :now)")
                .param("hash", hash(token))
                .param("person", person)
                .param("item", item)
                .param("now", time.instant().atOffset(ZoneOffset.UTC))
                .update();
        var at = address.lastIndexOf('@');
        return address.substring(0, at) + "+" + token + address.substring(at);
    }

    /// @param recipient an address alone, as a header of a mail names it
    Optional<Known> known(String recipient) {
        if (address == null) {
            return Optional.empty();
        }
        var at = address.lastIndexOf('@');
        var asked = recipient.toLowerCase(Locale.ROOT);
        var before = address.substring(0, at).toLowerCase(Locale.ROOT) + "+";
        var after = address.substring(at).toLowerCase(Locale.ROOT);
        if (!asked.startsWith(before) || !asked.endsWith(after) || asked.length() <= before.length() + after.length()) {
            return Optional.empty();
        }
        return db.sql("select person, item from replies.address where hash = :hash and made_at > :since")
                .param("hash", hash(asked.substring(before.length(), asked.length() - after.length())))
                .param("since", time.instant().minus(KEPT).atOffset(ZoneOffset.UTC))
                .query((row, number) -> new Known(row.getString("person"), row.getString("item")))
                .optional();
    }

    void tidy(Instant now) {
        db.sql("delete from replies.address where made_at <= :since")
                .param("since", now.minus(KEPT).atOffset(ZoneOffset.UTC))
                .update();
    }

    void forget(String person) {
        db.sql("delete from replies.address where person = :person")
                .param("person", person)
                .update();
    }

    static byte[] hash(String token) {
        return hash(token.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hash(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        }
    }
}
