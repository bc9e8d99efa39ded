package dev.conduct.identity;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The list of access tokens given out. A token carries its own claims, but opens nothing unless it stands here: that
/// is how it is taken back at once. The token itself is not kept.
@Component
class IssuedTokens implements OAuth2AuthorizationService {

    private final JdbcClient db;
    private final Ledger ledger;
    private final People people;
    private final RegisteredClients clients;
    private final JwtDecoder decoder;
    private final InstantSource time;

    IssuedTokens(
            JdbcClient db,
            Ledger ledger,
            People people,
            RegisteredClients clients,
            JwtDecoder decoder,
            InstantSource time) {
        this.db = db;
        this.ledger = ledger;
        this.people = people;
        this.clients = clients;
        this.decoder = decoder;
        this.time = time;
    }

    @Override
    @Transactional
    public void save(OAuth2Authorization authorization) {
        var token = Objects.requireNonNull(authorization.getAccessToken());
        var claims = Objects.requireNonNull(token.getClaims());
        if (token.isInvalidated()) {
            revoke(String.valueOf(claims.get("jti")));
            return;
        }
        var client = UUID.fromString(authorization.getRegisteredClientId());
        var issued = Objects.requireNonNull(token.getToken().getIssuedAt());
        var expires = Objects.requireNonNull(token.getToken().getExpiresAt());
        db.sql("""
                insert into identity.access_token (id, client, scopes, issued_at, expires_at)
                select :id, :client, case when cardinality(:asked) = 0 then scopes else :asked end, :issued, :expires
                  from identity.client where id = :client
                """)
                .param("id", String.valueOf(claims.get("jti")))
                .param("client", client)
                .param("asked", authorization.getAuthorizedScopes().toArray(String[]::new))
                .param("issued", Sql.time(issued))
                .param("expires", Sql.time(expires))
                .update();
        record("auth.token", "client:" + client);
    }

    private void revoke(String id) {
        db.sql("""
                update identity.access_token set revoked_at = :now
                 where id = :id and revoked_at is null
                returning client
                """)
                .param("now", Sql.time(time.instant()))
                .param("id", id)
                .query(String.class)
                .optional()
                .ifPresent(client -> record("auth.revoke_token", "client:" + client));
    }

    private void record(String action, String actor) {
        ledger.append(new NewEvent(
                time.instant(),
                actor,
                "api",
                action,
                actor,
                people.version(actor),
                Outcome.SUCCESS,
                null,
                null,
                Map.of(),
                Map.of()));
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        throw new UnsupportedOperationException("tokens are revoked in the table, where every node sees it");
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return null;
    }

    /// For revocation and introspection. A client learns of its own tokens only.
    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        var caller = SecurityContextHolder.getContext().getAuthentication();
        if (caller == null) {
            return null;
        }
        try {
            var jwt = decoder.decode(token);
            var client = clients.findByClientId(caller.getName());
            return client == null || !client.getClientId().equals(jwt.getSubject()) ? null : found(jwt, client);
        } catch (JwtException notOurs) {
            return null;
        }
    }

    private @Nullable OAuth2Authorization found(Jwt jwt, RegisteredClient client) {
        record Row(boolean revoked, List<String> scopes) {}
        var row = db.sql("select revoked_at is not null as revoked, scopes from identity.access_token where id = :id")
                .param("id", String.valueOf(jwt.getId()))
                .query((result, number) -> new Row(result.getBoolean("revoked"), Scope.words(Scope.of(result))))
                .optional();
        return row.map(known -> {
                    var scopes = Set.copyOf(known.scopes());
                    var access = new OAuth2AccessToken(
                            OAuth2AccessToken.TokenType.BEARER,
                            jwt.getTokenValue(),
                            jwt.getIssuedAt(),
                            jwt.getExpiresAt(),
                            scopes);
                    return OAuth2Authorization.withRegisteredClient(client)
                            .id(String.valueOf(jwt.getId()))
                            .principalName(client.getClientId())
                            .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                            .authorizedScopes(scopes)
                            .token(access, metadata -> {
                                metadata.put(OAuth2Authorization.Token.CLAIMS_METADATA_NAME, jwt.getClaims());
                                metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, known.revoked());
                            })
                            .build();
                })
                .orElse(null);
    }
}
