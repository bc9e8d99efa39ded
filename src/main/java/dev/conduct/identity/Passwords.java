package dev.conduct.identity;

import com.nulabinc.zxcvbn.Zxcvbn;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/// Passwords: which are good enough, and their Argon2id hashes (46 MiB, one pass). Two are computed at once and a few
/// wait; more than that are told to come back, so that guessing cannot take the machine's memory.
@Component
class Passwords {

    static final int LEAST = 12;
    private static final int MOST = 256;
    private static final int AT_ONCE = 2;
    private static final int WAITING = 16;
    /// Guesses needed, as a power of ten, by the estimate of zxcvbn over its lists of breached passwords and words.
    private static final double STRONG = 8;

    private final PasswordEncoder argon;
    private final Semaphore computing = new Semaphore(AT_ONCE, true);
    private final JdbcClient db;
    private final InstantSource time;
    /// What an unknown e-mail address is compared with, so that it takes as long as a known one. Computed by the first
    /// who needs it: a third of a second that no start has to wait for.
    private final Supplier<String> nobodys;

    @Autowired
    Passwords(JdbcClient db, InstantSource time) {
        this(db, time, new Argon2PasswordEncoder(16, 32, 1, 46 * 1024, 1));
    }

    Passwords(JdbcClient db, InstantSource time, PasswordEncoder argon) {
        this.argon = argon;
        this.nobodys = SingletonSupplier.of(() -> String.valueOf(argon.encode(Tokens.next(""))));
        this.db = db;
        this.time = time;
    }

    boolean matches(String password, @Nullable String hash) {
        if (password.length() > MOST || !StandardCharsets.UTF_8.newEncoder().canEncode(password)) {
            return false;
        }
        var fits = gated(() -> {
            // Asked for in either case: the first of a known person waits for it as the first of an unknown one does.
            var other = nobodys.get();
            return argon.matches(normal(password), hash == null ? other : hash);
        });
        return hash != null && fits;
    }

    /// @param known words that stand about this person: name, e-mail address, company
    /// @throws Problem 400 when it is too short, too long, or among those guessed first
    String hash(String password, List<String> known) {
        if (password.codePointCount(0, password.length()) < LEAST) {
            throw Problem.badInput("password", "too_short", "Use at least " + LEAST + " characters.");
        }
        PlainText.checked("password", password, MOST);
        var judged = password.substring(0, Math.min(password.length(), 64));
        if (new Zxcvbn().measure(judged, known).getGuessesLog10() < STRONG) {
            throw Problem.badInput(
                    "password",
                    "guessed_first",
                    "This is among the passwords tried first. Use several unrelated words.");
        }
        return gated(() -> String.valueOf(argon.encode(normal(password))));
    }

    void set(UUID person, String hash) {
        db.sql("""
                insert into identity.password (person, hash, changed_at) values (:person, :hash, :now)
                on conflict (person) do update set hash = excluded.hash, changed_at = excluded.changed_at
                """)
                .param("person", person)
                .param("hash", hash)
                .param("now", Sql.time(time.instant()))
                .update();
    }

    int waiting() {
        return computing.getQueueLength();
    }

    private <T> T gated(Supplier<T> work) {
        try {
            if (computing.getQueueLength() >= WAITING || !computing.tryAcquire(5, TimeUnit.SECONDS)) {
                throw Problem.tooMany("Many people sign in at this moment. Try again in a few seconds.");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("stopping", "The server is stopping.");
        }
        try {
            return work.get();
        } finally {
            computing.release();
        }
    }

    /// The same password typed on another keyboard may arrive in another Unicode form (NIST SP 800-63B-4).
    private static String normal(String password) {
        return Normalizer.normalize(password, Normalizer.Form.NFKC);
    }
}
