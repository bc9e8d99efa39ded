package dev.conduct.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Links that work once: the first set-up, and invitations. Only hashes are kept.
@Component
class Links {

    private static final Duration LIFE = Duration.ofDays(7);

    private final JdbcClient db;
    private final InstantSource time;

    Links(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    /// The token of a new link; earlier ones for the same end with it.
    String issue(String purpose, @Nullable UUID person) {
        var token = Tokens.next("");
        db.sql(
                        "delete from identity.link where purpose = :purpose and person is not distinct from cast(:person as uuid)")
                .param("purpose", purpose)
                .param("person", person)
                .update();
        db.sql("""
                insert into identity.link (hash, purpose, person, expires_at)
                values (:hash, :purpose, cast(:person as uuid), :expires)
                """)
                .param("hash", Tokens.hash(token))
                .param("purpose", purpose)
                .param("person", person)
                .param("expires", Sql.time(time.instant().plus(LIFE)))
                .update();
        return token;
    }

    boolean open(String purpose, String token) {
        return db.sql("""
                select exists (select 1 from identity.link
                                where hash = :hash and purpose = :purpose and expires_at > :now)
                """)
                .param("hash", Tokens.hash(token))
                .param("purpose", purpose)
                .param("now", Sql.time(time.instant()))
                .query(Boolean.class)
                .single();
    }

    Optional<UUID> person(String token) {
        return db.sql(
                        "select person from identity.link where hash = :hash and purpose = 'invitation' and expires_at > :now")
                .param("hash", Tokens.hash(token))
                .param("now", Sql.time(time.instant()))
                .query(UUID.class)
                .optional();
    }

    /// True for the one caller who uses it.
    boolean use(String purpose, String token) {
        return db.sql("delete from identity.link where hash = :hash and purpose = :purpose and expires_at > :now")
                        .param("hash", Tokens.hash(token))
                        .param("purpose", purpose)
                        .param("now", Sql.time(time.instant()))
                        .update()
                == 1;
    }
}
