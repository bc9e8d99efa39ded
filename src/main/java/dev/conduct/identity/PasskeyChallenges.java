package dev.conduct.identity;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.stereotype.Component;

/// The challenges that passkeys sign. A session has one at most, for five minutes; whoever takes it has used it up,
/// also when two answers come at the same moment.
@Component
class PasskeyChallenges {

    static final Duration LIFE = Duration.ofMinutes(5);

    private final JdbcClient db;
    private final InstantSource time;

    PasskeyChallenges(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    Bytes next(String session) {
        var challenge = Tokens.random(32);
        db.sql("""
                insert into identity.passkey_challenge (session, challenge, expires_at)
                values (:session, :challenge, :expires)
                on conflict (session) do update set challenge = excluded.challenge, expires_at = excluded.expires_at
                """)
                .param("session", Tokens.hash(session))
                .param("challenge", challenge)
                .param("expires", Sql.time(time.instant().plus(LIFE)))
                .update();
        return new Bytes(challenge);
    }

    Optional<Bytes> take(String session) {
        return db.sql("""
                delete from identity.passkey_challenge where session = :session and expires_at > :now
                returning challenge
                """)
                .param("session", Tokens.hash(session))
                .param("now", Sql.time(time.instant()))
                .query((row, number) -> new Bytes(row.getBytes("challenge")))
                .optional();
    }

    void sweep(Instant now) {
        db.sql("delete from identity.passkey_challenge where expires_at < :now")
                .param("now", Sql.time(now))
                .update();
    }
}
