package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import dev.conduct.keys.Secrets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The authenticator app of each person. A try is counted before it is judged, so that tries at the same moment
/// cannot slip past the count; a code counts once.
@Component
class Authenticators {

    static final Duration PAUSE = Duration.ofMinutes(15);
    private static final int PAUSE_AFTER = 5;
    private static final int DISABLED_AT = 100;
    private static final String TABLE = "identity.authenticator";

    private final JdbcClient db;
    private final Secrets secrets;
    private final InstantSource time;

    Authenticators(JdbcClient db, Secrets secrets, InstantSource time) {
        this.db = db;
        this.secrets = secrets;
        this.time = time;
    }

    enum Check {
        ACCEPTED,
        WRONG,
        USED,
        PAUSED,
        DISABLED
    }

    private record Row(byte[] secret, int failures) {}

    boolean enrolled(UUID person) {
        return db.sql(
                        "select exists (select 1 from identity.authenticator where person = :person and confirmed_at is not null)")
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    /// The secret to show while somebody enrols; the same until it is confirmed.
    String enrolling(UUID person) {
        var made = Base32.encode(Tokens.random(20));
        db.sql("""
                insert into identity.authenticator (person, secret) values (:person, :secret)
                on conflict (person) do nothing
                """)
                .param("person", person)
                .param("secret", secrets.seal(made, TABLE, "secret", person))
                .update();
        return db.sql("select secret from identity.authenticator where person = :person and confirmed_at is null")
                .param("person", person)
                .query((row, number) -> secrets.open(row.getBytes("secret"), TABLE, "secret", person))
                .optional()
                .orElseThrow(() -> new IllegalStateException("enrolled already"));
    }

    /// A secret that was shown but not confirmed is not shown again at another sign-in.
    void forgetUnconfirmed(UUID person) {
        db.sql("delete from identity.authenticator where person = :person and confirmed_at is null")
                .param("person", person)
                .update();
    }

    Check confirm(UUID person, String code) {
        return check(person, code, false);
    }

    Check check(UUID person, String code) {
        return check(person, code, true);
    }

    private Check check(UUID person, String code, boolean confirmed) {
        var now = time.instant();
        var counted = db.sql("""
                update identity.authenticator
                   set failures = failures + 1,
                       paused_until = case when (failures + 1) % :pause_after = 0 then :until else paused_until end
                 where person = :person and (confirmed_at is not null) = :confirmed and failures < :most
                   and (paused_until is null or paused_until <= :now)
                returning secret, failures
                """)
                .param("person", person)
                .param("confirmed", confirmed)
                .param("pause_after", PAUSE_AFTER)
                .param("most", DISABLED_AT)
                .param("until", Sql.time(now.plus(PAUSE)))
                .param("now", Sql.time(now))
                .query(Row.class)
                .optional();
        return counted.map(row -> judge(person, code, row)).orElseGet(() -> held(person));
    }

    private Check judge(UUID person, String code, Row row) {
        var key = Base32.decode(secrets.open(row.secret(), TABLE, "secret", person));
        var counter = Totp.authenticator(key).match(code, time.instant());
        if (counter.isEmpty()) {
            return Check.WRONG;
        }
        var fresh = db.sql("""
                update identity.authenticator
                   set last_counter = :counter, failures = 0, paused_until = null,
                       confirmed_at = coalesce(confirmed_at, :now)
                 where person = :person and last_counter < :counter
                """)
                .param("counter", counter.getAsLong())
                .param("now", Sql.time(time.instant()))
                .param("person", person)
                .update();
        return fresh == 1 ? Check.ACCEPTED : Check.USED;
    }

    private Check held(UUID person) {
        var failures = db.sql("select failures from identity.authenticator where person = :person")
                .param("person", person)
                .query(Integer.class)
                .optional();
        return failures.filter(count -> count >= DISABLED_AT).isPresent() ? Check.DISABLED : Check.PAUSED;
    }

    Optional<Integer> triesLeft(UUID person) {
        return db.sql("select failures from identity.authenticator where person = :person")
                .param("person", person)
                .query(Integer.class)
                .optional()
                .map(failures -> PAUSE_AFTER - failures % PAUSE_AFTER);
    }

    /// The secret of the authenticator that is to replace the present one; the same until it does.
    String replacing(UUID person) {
        var made = Base32.encode(Tokens.random(20));
        return db.sql("""
                update identity.authenticator set next_secret = coalesce(next_secret, :secret)
                 where person = :person and confirmed_at is not null
                returning next_secret
                """)
                .param("secret", secrets.seal(made, TABLE, "next_secret", person))
                .param("person", person)
                .query((row, number) -> secrets.open(row.getBytes("next_secret"), TABLE, "next_secret", person))
                .optional()
                .orElseThrow(() -> Problem.conflict("not_enrolled", "There is no authenticator to replace."));
    }

    /// The first code of the new authenticator puts it in the old one's place.
    Check replace(UUID person, String code) {
        var secret = replacing(person);
        var counter = Totp.authenticator(Base32.decode(secret)).match(code, time.instant());
        if (counter.isEmpty()) {
            return Check.WRONG;
        }
        db.sql("""
                update identity.authenticator
                   set secret = :secret, next_secret = null, last_counter = :counter, failures = 0, paused_until = null,
                       confirmed_at = :now
                 where person = :person
                """)
                .param("secret", secrets.seal(secret, TABLE, "secret", person))
                .param("counter", counter.getAsLong())
                .param("now", Sql.time(time.instant()))
                .param("person", person)
                .update();
        return Check.ACCEPTED;
    }

    void remove(UUID person) {
        db.sql("delete from identity.authenticator where person = :person")
                .param("person", person)
                .update();
    }
}
