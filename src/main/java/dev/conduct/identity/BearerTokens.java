package dev.conduct.identity;

import java.util.List;
import java.util.Objects;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.stereotype.Component;

/// The kinds of token that the API takes: signed ones that clients were given, people's own, and those of apps that
/// act for people.
@Component
class BearerTokens implements AuthenticationManager {

    private final JwtAuthenticationProvider signed;
    private final PersonalTokens personal;
    private final AppGrants apps;

    BearerTokens(JwtDecoder decoder, PersonalTokens personal, AppGrants apps) {
        this.signed = new JwtAuthenticationProvider(decoder);
        this.signed.setJwtAuthenticationConverter(BearerTokens::client);
        this.personal = personal;
        this.apps = apps;
    }

    @Override
    public Authentication authenticate(Authentication given) {
        if (given instanceof BearerTokenAuthenticationToken bearer
                && (bearer.getToken().startsWith(PersonalTokens.PREFIX)
                        || bearer.getToken().startsWith(AppGrants.ACCESS))) {
            var caller = (bearer.getToken().startsWith(AppGrants.ACCESS)
                            ? apps.caller(bearer.getToken())
                            : personal.caller(bearer.getToken()))
                    .orElseThrow(() -> new InvalidBearerTokenException("not a token in force"));
            return new PreAuthenticatedAuthenticationToken(caller, "", factor());
        }
        return Objects.requireNonNull(signed.authenticate(given));
    }

    private static JwtAuthenticationToken client(Jwt jwt) {
        return new JwtAuthenticationToken(jwt, factor(), "client:" + jwt.getSubject());
    }

    private static List<GrantedAuthority> factor() {
        return List.of(FactorGrantedAuthority.fromAuthority(Factors.BEARER));
    }
}
