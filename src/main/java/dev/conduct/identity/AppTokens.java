package dev.conduct.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Codes and tokens of apps, by their hashes: each code and each refresh token is used once.
@Component
class AppTokens {

    private static final Duration CODE_LIFE = Duration.ofMinutes(1);

    private final JdbcClient db;
    private final InstantSource time;

    AppTokens(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    /// @param before whether it was used before: somebody else has it too
    /// @param inForce whether it, its grant and its app stand
    record Used(
            UUID grant,
            String person,
            List<String> scopes,
            @Nullable String challenge,
            @Nullable String redirectUri,
            boolean before,
            boolean inForce) {

        /// PKCE, S256 (RFC 7636).
        boolean fits(String verifier, String redirect) {
            if (challenge == null || !redirect.equals(redirectUri) || !verifier.matches("[A-Za-z0-9._~-]{43,128}")) {
                return false;
            }
            var hash = Base64.getUrlEncoder().withoutPadding().encode(Tokens.hash(verifier));
            return MessageDigest.isEqual(hash, challenge.getBytes(StandardCharsets.US_ASCII));
        }
    }

    String code(UUID grant, String challenge, String redirectUri) {
        var code = Tokens.next("");
        db.sql("""
                insert into identity.app_token (hash, kind, "grant", challenge, redirect_uri, expires_at)
                values (:hash, 'code', :grant, :challenge, :redirect, :expires)
                """)
                .param("hash", Tokens.hash(code))
                .param("grant", grant)
                .param("challenge", challenge)
                .param("redirect", redirectUri)
                .param("expires", Sql.time(time.instant().plus(CODE_LIFE)))
                .update();
        return code;
    }

    void keep(String token, String kind, UUID grant, Duration life) {
        db.sql("""
                insert into identity.app_token (hash, kind, "grant", expires_at)
                values (:hash, :kind, :grant, :expires)
                """)
                .param("hash", Tokens.hash(token))
                .param("kind", kind)
                .param("grant", grant)
                .param("expires", Sql.time(time.instant().plus(life)))
                .update();
    }

    /// Uses one up. Locked, so that of two uses at once the second sees the first.
    Optional<Used> use(String kind, String app, String token) {
        var now = time.instant();
        var found = db.sql("""
                select t."grant", g.person, g.scopes, t.challenge, t.redirect_uri, t.used_at is not null as before,
                       t.expires_at > :now and g.expires_at > :now and g.revoked_at is null and a.active as in_force
                  from identity.app_token t
                  join identity.app_grant g on g.id = t."grant"
                  join identity.app a on a.id = g.app
                 where t.hash = :hash and t.kind = :kind and a.id::text = :app
                   for update of t, g
                """)
                .param("now", Sql.time(now))
                .param("hash", Tokens.hash(token))
                .param("kind", kind)
                .param("app", app)
                .query((row, number) -> new Used(
                        row.getObject("grant", UUID.class),
                        "person:" + row.getString("person"),
                        List.of((String[]) row.getArray("scopes").getArray()),
                        row.getString("challenge"),
                        row.getString("redirect_uri"),
                        row.getBoolean("before"),
                        row.getBoolean("in_force")))
                .optional();
        if (found.isPresent() && !found.get().before()) {
            db.sql("update identity.app_token set used_at = :now where hash = :hash")
                    .param("now", Sql.time(now))
                    .param("hash", Tokens.hash(token))
                    .update();
        }
        return found;
    }

    void sweep(Instant now) {
        db.sql("delete from identity.app_token where expires_at < :then")
                .param("then", Sql.time(now.minus(AppGrants.IDLE)))
                .update();
    }
}
