package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Counts tries at signing in, in the database: across nodes, over restarts, and for addresses nobody has the same as
/// for those somebody has. A try is counted before it is judged.
@Component
class Throttle {

    private static final Duration PAUSE = Duration.ofMinutes(15);
    private static final Duration FORGOTTEN = Duration.ofHours(24);
    private static final int FROM_ONE_ADDRESS = 5;
    private static final int ON_ONE_ACCOUNT = 50;
    private static final int OF_ONE_ADDRESS = 100;

    private final JdbcClient db;
    private final InstantSource time;

    Throttle(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    /// @throws Problem 429 while it is paused
    void count(String account, String address) {
        count("pair|" + account + "|" + address, FROM_ONE_ADDRESS);
        count("account|" + account, ON_ONE_ACCOUNT);
        count("address|" + address, OF_ONE_ADDRESS);
    }

    void forget(String account, String address) {
        forget("pair|" + account + "|" + address);
        forget("account|" + account);
    }

    private void count(String key, int most) {
        var now = time.instant();
        var counted = db.sql("""
                insert into identity.throttle as t (key, failures, last_at) values (:key, 1, :now)
                on conflict (key) do update
                   set failures = case when t.last_at < :forgotten then 1 else t.failures + 1 end,
                       paused_until = case when t.last_at >= :forgotten and (t.failures + 1) % :most = 0 then :until end,
                       last_at = :now
                 where t.paused_until is null or t.paused_until <= :now
                """)
                .param("key", Tokens.hash(key.toLowerCase(Locale.ROOT)))
                .param("most", most)
                .param("now", Sql.time(now))
                .param("until", Sql.time(now.plus(PAUSE)))
                .param("forgotten", Sql.time(now.minus(FORGOTTEN)))
                .update();
        if (counted == 0) {
            throw Problem.tooMany("Too many tries. Sign-in is paused for up to " + PAUSE.toMinutes() + " minutes.");
        }
    }

    private void forget(String key) {
        db.sql("delete from identity.throttle where key = :key")
                .param("key", Tokens.hash(key.toLowerCase(Locale.ROOT)))
                .update();
    }

    /// Counts older than a day mean nothing any more.
    void sweep(Instant now) {
        db.sql("delete from identity.throttle where last_at < :then and (paused_until is null or paused_until < :now)")
                .param("then", Sql.time(now.minus(FORGOTTEN)))
                .param("now", Sql.time(now))
                .update();
    }
}
