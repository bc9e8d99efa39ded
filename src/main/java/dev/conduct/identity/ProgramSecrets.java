package dev.conduct.identity;

import dev.conduct.kernel.Ids;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// The secrets of programs, by their hashes, and the tokens they were exchanged for, in the caller's transaction.
@Component
class ProgramSecrets {

    private final JdbcClient db;
    private final InstantSource time;
    private final Ledger ledger;

    ProgramSecrets(JdbcClient db, InstantSource time, Ledger ledger) {
        this.db = db;
        this.time = time;
        this.ledger = ledger;
    }

    Clients.Key add(UUID client) {
        var secret = Tokens.next("cs_");
        var now = time.instant();
        var ends = now.plus(Clients.LIFE);
        db.sql("""
                insert into identity.client_key (id, client, hash, created_at, expires_at)
                values (:id, :client, :hash, :now, :expires)
                """)
                .param("id", Ids.next(now))
                .param("client", client)
                .param("hash", Tokens.hash(secret))
                .param("now", Sql.time(now))
                .param("expires", Sql.time(ends))
                .update();
        return new Clients.Key(client.toString(), secret, ends);
    }

    int inForce(UUID client) {
        return db.sql("""
                select count(*) from identity.client_key
                 where client = :client and revoked_at is null and expires_at > :now
                """)
                .param("client", client)
                .param("now", Sql.time(time.instant()))
                .query(Integer.class)
                .single();
    }

    /// With every token of the program, since nobody can tell which came of this secret.
    ///
    /// @return false when it is none of the program's in force
    boolean revoke(UUID client, UUID secret) {
        var revoked = db.sql("""
                update identity.client_key set revoked_at = :now
                 where id = :key and client = :client and revoked_at is null
                """)
                .param("now", Sql.time(time.instant()))
                .param("key", secret)
                .param("client", client)
                .update();
        if (revoked > 0) {
            revokeTokens(client);
        }
        return revoked > 0;
    }

    void revokeAll(UUID client) {
        db.sql("update identity.client_key set revoked_at = :now where client = :client and revoked_at is null")
                .param("now", Sql.time(time.instant()))
                .param("client", client)
                .update();
        revokeTokens(client);
    }

    private void revokeTokens(UUID client) {
        db.sql("update identity.access_token set revoked_at = :now where client = :client and revoked_at is null")
                .param("now", Sql.time(time.instant()))
                .param("client", client)
                .update();
    }

    /// Records once for each secret that its end comes near.
    ///
    /// @return how many
    int warn() {
        var now = time.instant();
        var ending = db.sql("""
                update identity.client_key k set warned_at = :now
                  from identity.actor a
                 where a.id = k.client and a.active and k.revoked_at is null and k.warned_at is null
                   and k.expires_at > :now and k.expires_at <= :soon
                returning k.id, k.client, a.version
                """)
                .param("now", Sql.time(now))
                .param("soon", Sql.time(now.plus(Clients.WARNING)))
                .query((row, number) -> new NewEvent(
                        now,
                        "system:identity",
                        "scheduler",
                        "client.secret_ends",
                        "client:" + row.getString("client"),
                        row.getLong("version"),
                        Outcome.SUCCESS,
                        null,
                        null,
                        Map.of("secret", row.getString("id")),
                        Map.of()))
                .list();
        ledger.appendAll(ending);
        return ending.size();
    }
}
