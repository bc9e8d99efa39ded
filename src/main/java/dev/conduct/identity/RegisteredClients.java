package dev.conduct.identity;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.stereotype.Component;

/// Shows our API clients to the authorization server. A client may have several keys: the hashes of those in force
/// stand together where the server expects one.
@Component
class RegisteredClients implements RegisteredClientRepository {

    static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final JdbcClient db;
    private final InstantSource time;

    RegisteredClients(JdbcClient db, InstantSource time) {
        this.db = db;
        this.time = time;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("clients are made by Clients.create");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        return ActorId.parsed(clientId).map(this::client).orElse(null);
    }

    private @Nullable RegisteredClient client(UUID id) {
        var hashes = db.sql("""
                select k.hash, c.scopes
                  from identity.client_key k
                  join identity.actor a on a.id = k.client
                  join identity.client c on c.id = k.client
                 where k.client = :client and a.kind = 'client' and a.active
                   and k.revoked_at is null and k.expires_at > :now
                """)
                .param("client", id)
                .param("now", Sql.time(time.instant()))
                .query((row, number) -> new Key(row.getBytes("hash"), Scope.words(Scope.of(row))))
                .list();
        return hashes.isEmpty() ? null : client(id.toString(), hashes);
    }

    private record Key(byte[] hash, List<String> scopes) {}

    private static RegisteredClient client(String id, List<Key> keys) {
        var encoder = Base64.getEncoder();
        var together = String.join(
                " ",
                keys.stream().map(key -> encoder.encodeToString(key.hash())).toList());
        return RegisteredClient.withId(id)
                .clientId(id)
                .clientSecret(together)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(scopes -> scopes.addAll(keys.getFirst().scopes()))
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFE)
                        .build())
                .build();
    }

    /// Compares a client's secret with the hashes of its keys, in constant time, and notes when one was used last.
    static final class AnyKey implements PasswordEncoder {

        private final JdbcClient db;
        private final InstantSource time;

        AnyKey(JdbcClient db, InstantSource time) {
            this.db = db;
            this.time = time;
        }

        @Override
        public String encode(@Nullable CharSequence secret) {
            return Base64.getEncoder().encodeToString(Tokens.hash(String.valueOf(secret)));
        }

        @Override
        public boolean matches(@Nullable CharSequence secret, @Nullable String together) {
            if (secret == null || together == null) {
                return false;
            }
            var given = Tokens.hash(secret.toString());
            var fits = false;
            for (var hash : together.split(" ")) {
                fits |= MessageDigest.isEqual(given, Base64.getDecoder().decode(hash));
            }
            if (fits) {
                used(given);
            }
            return fits;
        }

        /// At most once a minute: a busy program would write it at each token.
        private void used(byte[] hash) {
            var now = time.instant();
            db.sql("""
                    update identity.client_key set last_used_at = :now
                     where hash = :hash and (last_used_at is null or last_used_at <= :before)
                    """)
                    .param("now", Sql.time(now))
                    .param("hash", hash)
                    .param("before", Sql.time(now.minusSeconds(60)))
                    .update();
        }
    }
}
