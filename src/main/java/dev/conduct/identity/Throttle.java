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

    static final Duration PAUSE = Duration.ofMinutes(15);
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
        if (!counted("pair|" + account + "|" + address, FROM_ONE_ADDRESS, FORGOTTEN)
                || !counted("account|" + account, ON_ONE_ACCOUNT, FORGOTTEN)
                || !counted("address|" + address, OF_ONE_ADDRESS, PAUSE)) {
            throw paused();
        }
    }

    /// For programs, whose secrets cannot be guessed: only failures count, and never against an account from
    /// everywhere, since whoever knows a program's name could then stop it.
    ///
    /// @throws Problem 429 while it is paused
    void requireOpen(String account, String address) {
        var now = time.instant();
        var paused = db.sql("""
                select exists (select 1 from identity.throttle where key in (:pair, :address) and paused_until > :now)
                """)
                .param("pair", hashed("pair|" + account + "|" + address))
                .param("address", hashed("address|" + address))
                .param("now", Sql.time(now))
                .query(Boolean.class)
                .single();
        if (paused) {
            throw paused();
        }
    }

    void failed(String account, String address) {
        counted("pair|" + account + "|" + address, FROM_ONE_ADDRESS, FORGOTTEN);
        counted("address|" + address, OF_ONE_ADDRESS, PAUSE);
    }

    /// A try at what cannot be guessed and names no account.
    void failed(String address) {
        counted("address|" + address, OF_ONE_ADDRESS, PAUSE);
    }

    /// The try was good: the account starts anew, and of the address, behind which a whole office may sit, the one
    /// try is taken back.
    void forget(String account, String address) {
        forget("pair|" + account + "|" + address);
        forget("account|" + account);
        db.sql("update identity.throttle set failures = failures - 1 where key = :key and failures > 0")
                .param("key", hashed("address|" + address))
                .update();
    }

    /// Each `most`th try within a window pauses. False while it is paused.
    private boolean counted(String key, int most, Duration window) {
        var now = time.instant();
        var counted = db.sql("""
                insert into identity.throttle as t (key, failures, last_at, since) values (:key, 1, :now, :now)
                on conflict (key) do update
                   set failures = case when t.since < :forgotten then 1 else t.failures + 1 end,
                       since = case when t.since < :forgotten then :now else t.since end,
                       paused_until = case when t.since >= :forgotten and (t.failures + 1) % :most = 0 then :until end,
                       last_at = :now
                 where t.paused_until is null or t.paused_until <= :now
                """)
                .param("key", hashed(key))
                .param("most", most)
                .param("now", Sql.time(now))
                .param("until", Sql.time(now.plus(PAUSE)))
                .param("forgotten", Sql.time(now.minus(window)))
                .update();
        return counted > 0;
    }

    private static Problem paused() {
        return Problem.tooMany("Too many tries. Sign-in is paused for up to " + PAUSE.toMinutes() + " minutes.", PAUSE);
    }

    private void forget(String key) {
        db.sql("delete from identity.throttle where key = :key")
                .param("key", hashed(key))
                .update();
    }

    private static byte[] hashed(String key) {
        return Tokens.hash(key.toLowerCase(Locale.ROOT));
    }

    /// Counts older than a day mean nothing any more.
    void sweep(Instant now) {
        db.sql("delete from identity.throttle where last_at < :then and (paused_until is null or paused_until < :now)")
                .param("then", Sql.time(now.minus(FORGOTTEN)))
                .param("now", Sql.time(now))
                .update();
    }
}
