package dev.conduct.identity;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// The list of access tokens given out. A token carries its own claims, but opens nothing unless it stands here: that
/// is how it is taken back at once. The token itself is not kept.
@Component
class IssuedTokens implements OAuth2AuthorizationService {

    private final JdbcClient db;
    private final Ledger ledger;
    private final People people;
    private final InstantSource time;

    IssuedTokens(JdbcClient db, Ledger ledger, People people, InstantSource time) {
        this.db = db;
        this.ledger = ledger;
        this.people = people;
        this.time = time;
    }

    @Override
    @Transactional
    public void save(OAuth2Authorization authorization) {
        var token = Objects.requireNonNull(authorization.getAccessToken());
        var claims = Objects.requireNonNull(token.getClaims());
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
        var actor = "client:" + client;
        ledger.append(new NewEvent(
                time.instant(),
                actor,
                "api",
                "auth.token",
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

    /// The end points that would look a token up (introspection, refresh) are not open.
    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        return null;
    }
}
