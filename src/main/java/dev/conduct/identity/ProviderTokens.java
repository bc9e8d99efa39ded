package dev.conduct.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.conduct.identity.ProviderDocuments.Document;
import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Exchanges a provider's code for its ID token and believes it only when everything fits: signature by a key the
/// provider publishes, issuer, audience, time, and the nonce of this very attempt (OpenID Connect Core, 3.1.3.7).
@Component
class ProviderTokens {

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final Duration NOTICE = Duration.ofMinutes(10);
    private static final String SIGNED_OUT = "http://schemas.openid.net/event/backchannel-logout";
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> SIGN_INS =
            new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null);
    private static final DefaultJOSEObjectTypeVerifier<SecurityContext> NOTICES =
            new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("logout+jwt"), JOSEObjectType.JWT, null);

    private final ProviderDocuments documents;
    private final Providers providers;
    private final Outbound outbound;
    private final InstantSource time;

    ProviderTokens(ProviderDocuments documents, Providers providers, Outbound outbound, InstantSource time) {
        this.documents = documents;
        this.providers = providers;
        this.outbound = outbound;
        this.time = time;
    }

    Asserted exchange(Provider provider, SignOnAttempt attempt, String code, String callback) throws ProviderFailure {
        var document = documents.of(provider.issuer());
        var tokens = tokens(provider, document, attempt, code, callback);
        var claims = checked(tokens.path("id_token").asString(""), provider, document, attempt.nonce());
        return asserted(provider, document, claims, tokens.path("access_token").asString(""));
    }

    private JsonNode tokens(Provider provider, Document document, SignOnAttempt attempt, String code, String callback)
            throws ProviderFailure {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", callback);
        form.put("code_verifier", attempt.verifier());
        var headers = new LinkedHashMap<String, String>();
        headers.put("Accept", "application/json");
        var secret = providers.secret(provider);
        if (secret.isPresent() && document.basic()) {
            var pair = encoded(provider.clientId()) + ":" + encoded(secret.get());
            headers.put(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            form.put("client_id", provider.clientId());
            secret.ifPresent(value -> form.put("client_secret", value));
        }
        try {
            var answer = outbound.post(
                    document.token(),
                    "application/x-www-form-urlencoded",
                    headers,
                    encoded(form).getBytes(StandardCharsets.UTF_8),
                    ProviderDocuments.PATIENCE);
            if (answer.status() != 200) {
                throw new ProviderFailure("The provider refused the exchange (" + answer.status() + ").");
            }
            return ProviderDocuments.json(answer.body());
        } catch (IOException failure) {
            throw new ProviderFailure("The provider could not be asked.", failure);
        }
    }

    private JWTClaimsSet checked(String token, Provider provider, Document document, String nonce)
            throws ProviderFailure {
        try {
            var claims = verified(SignedJWT.parse(token), document, SIGN_INS);
            require(document.issuer().equals(claims.getIssuer()), "another issuer");
            require(claims.getAudience().contains(provider.clientId()), "another audience");
            var party = claims.getStringClaim("azp");
            require(
                    party == null ? claims.getAudience().size() == 1 : party.equals(provider.clientId()),
                    "another audience");
            var now = time.instant();
            require(after(claims.getExpirationTime(), now.minus(SKEW)), "it has ended");
            require(!after(claims.getIssueTime(), now.plus(SKEW)), "it is of tomorrow");
            require(nonce.equals(claims.getStringClaim("nonce")), "another attempt");
            var subject = claims.getSubject();
            require(subject != null && !subject.isEmpty() && subject.length() <= 255, "no subject");
            return claims;
        } catch (ParseException unreadable) {
            throw new ProviderFailure("The provider's token cannot be read.", unreadable);
        }
    }

    /// Whom a provider says it signed out.
    ///
    /// @param session null for all of the person's
    record SignedOut(
            String issuer, String subject, @Nullable String session) {}

    /// Believes a notice that a session ended there (OpenID Connect Back-Channel Logout 1.0, 2.6).
    SignedOut signedOut(Provider provider, String token) throws ProviderFailure {
        var document = documents.of(provider.issuer());
        try {
            var claims = verified(SignedJWT.parse(token), document, NOTICES);
            var now = time.instant();
            require(document.issuer().equals(claims.getIssuer()), "another issuer");
            require(claims.getAudience().contains(provider.clientId()), "another audience");
            require(after(claims.getExpirationTime(), now.minus(SKEW)), "it has ended");
            require(after(claims.getIssueTime(), now.minus(NOTICE)), "it is old");
            require(!after(claims.getIssueTime(), now.plus(SKEW)), "it is of tomorrow");
            require(claims.getClaim("nonce") == null, "it is of a sign-in");
            var events = claims.getJSONObjectClaim("events");
            require(events != null && events.containsKey(SIGNED_OUT), "it tells of no end");
            var subject = claims.getSubject();
            require(subject != null && !subject.isEmpty() && subject.length() <= 255, "no subject");
            return new SignedOut(document.issuer(), subject, text(claims.getClaim("sid")));
        } catch (ParseException unreadable) {
            throw new ProviderFailure("The provider's token cannot be read.", unreadable);
        }
    }

    private JWTClaimsSet verified(
            SignedJWT token, Document document, DefaultJOSEObjectTypeVerifier<SecurityContext> types)
            throws ProviderFailure {
        try {
            return processor(document, types, false).process(token, null);
        } catch (BadJOSEException maybeNewKey) {
            try {
                return processor(document, types, true).process(token, null);
            } catch (BadJOSEException | JOSEException refused) {
                throw new ProviderFailure("The provider's token is not signed by a key of the provider.", refused);
            }
        } catch (JOSEException refused) {
            throw new ProviderFailure("The provider's token cannot be checked.", refused);
        }
    }

    private DefaultJWTProcessor<SecurityContext> processor(
            Document document, DefaultJOSEObjectTypeVerifier<SecurityContext> types, boolean anew)
            throws ProviderFailure {
        var processor = new DefaultJWTProcessor<SecurityContext>();
        processor.setJWSTypeVerifier(types);
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(ALGORITHMS, new ImmutableJWKSet<>(documents.keys(document, anew))));
        // The claims are checked above, by our own clock.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        return processor;
    }

    private Asserted asserted(Provider provider, Document document, JWTClaimsSet claims, String access)
            throws ProviderFailure {
        var said = new LinkedHashMap<String, Object>(claims.getClaims());
        if (document.userInfo() != null && !access.isEmpty()) {
            userInfo(document.userInfo(), access, String.valueOf(claims.getSubject()))
                    .forEach(said::putIfAbsent);
        }
        var means = new ArrayList<String>(texts(said.get("amr")));
        means.addAll(texts(said.get("acr")));
        var email = text(said.get("email"));
        var at = said.get("auth_time");
        return new Asserted(
                document.issuer(),
                String.valueOf(claims.getSubject()),
                Boolean.TRUE.equals(said.get("email_verified")) ? email : null,
                text(said.get("name")),
                said.containsKey(provider.groupsClaim()) ? texts(said.get(provider.groupsClaim())) : null,
                means,
                text(claims.getClaim("sid")),
                at instanceof Date moment
                        ? moment.toInstant()
                        : at instanceof Number seconds ? Instant.ofEpochSecond(seconds.longValue()) : null);
    }

    /// For what a provider tells only here. Its subject must be the token's.
    private Map<String, Object> userInfo(URI address, String access, String subject) throws ProviderFailure {
        try {
            var headers = Map.of("Authorization", "Bearer " + access, "Accept", "application/json");
            var answer = outbound.get(address, headers, ProviderDocuments.PATIENCE);
            if (answer.status() != 200) {
                return Map.of();
            }
            var said = ProviderDocuments.json(answer.body());
            if (!subject.equals(said.path("sub").asString(""))) {
                throw new ProviderFailure("The provider spoke of somebody else.");
            }
            // What makes a sign-in complete is taken from the signed token alone.
            var told = new LinkedHashMap<String, Object>();
            said.properties().stream()
                    .filter(claim -> !Set.of("acr", "amr", "auth_time").contains(claim.getKey()))
                    .forEach(claim -> told.put(claim.getKey(), plain(claim.getValue())));
            return told;
        } catch (IOException failure) {
            throw new ProviderFailure("The provider could not be asked.", failure);
        }
    }

    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            return value.valueStream()
                    .filter(JsonNode::isString)
                    .map(JsonNode::asString)
                    .toList();
        }
        return value.isBoolean() ? (Object) value.asBoolean() : value.isString() ? value.asString() : value.toString();
    }

    private static @Nullable String text(@Nullable Object claim) {
        return claim instanceof String text && !text.isBlank() ? text : null;
    }

    private static List<String> texts(@Nullable Object claim) {
        if (claim instanceof List<?> list) {
            return list.stream()
                    .filter(String.class::isInstance)
                    .map(String.class::cast)
                    .toList();
        }
        var one = text(claim);
        return one == null ? List.of() : List.of(one);
    }

    private static boolean after(@Nullable Date moment, Instant than) {
        return moment != null && moment.toInstant().isAfter(than);
    }

    private static void require(boolean fits, String why) throws ProviderFailure {
        if (!fits) {
            throw new ProviderFailure("The provider's token is not for us: " + why + ".");
        }
    }

    static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
