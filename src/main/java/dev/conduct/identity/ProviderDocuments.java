package dev.conduct.identity;

import com.nimbusds.jose.jwk.JWKSet;
import dev.conduct.kernel.Outbound;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What providers say of themselves (OpenID Connect Discovery 1.0) and the keys they sign with, kept for ten minutes.
@Component
class ProviderDocuments {

    static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration ASKED_AGAIN = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final Outbound outbound;
    private final InstantSource time;
    private final Map<String, Kept<Document>> documents = new ConcurrentHashMap<>();
    private final Map<URI, Kept<JWKSet>> keys = new ConcurrentHashMap<>();

    ProviderDocuments(Outbound outbound, InstantSource time) {
        this.outbound = outbound;
        this.time = time;
    }

    private record Kept<T>(T what, Instant since) {}

    /// @param basic false when the provider takes a client's secret in the form only
    /// @param namesIssuer true when its answers carry `iss` (RFC 9207)
    record Document(
            String issuer,
            URI authorization,
            URI token,
            URI keys,
            @Nullable URI userInfo,
            @Nullable URI endSession,
            boolean basic,
            boolean namesIssuer) {}

    Document of(String issuer) throws ProviderFailure {
        var known = documents.get(issuer);
        return known == null || old(known, KEPT) ? fetch(issuer) : known.what();
    }

    Document fetch(String issuer) throws ProviderFailure {
        if (!issuer.startsWith("https://") && !issuer.matches("http://(localhost|127\\.0\\.0\\.1)(:\\d+)?(/.*)?")) {
            throw new ProviderFailure("Give the issuer as an https address, as the provider writes it.");
        }
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var said = json(get(address(base + "/.well-known/openid-configuration", "issuer")));
        if (!issuer.equals(said.path("issuer").asString(""))) {
            throw new ProviderFailure(
                    "What answers there calls itself “" + said.path("issuer").asString("")
                            + "”. Write the issuer exactly so, if that is the provider you mean.");
        }
        var methods = said.path("token_endpoint_auth_methods_supported");
        var document = new Document(
                issuer,
                address(said, "authorization_endpoint"),
                address(said, "token_endpoint"),
                address(said, "jwks_uri"),
                said.has("userinfo_endpoint") ? address(said, "userinfo_endpoint") : null,
                said.has("end_session_endpoint") ? address(said, "end_session_endpoint") : null,
                !methods.isArray() || methods.toString().contains("\"client_secret_basic\""),
                said.path("authorization_response_iss_parameter_supported").asBoolean(false));
        documents.put(issuer, new Kept<>(document, time.instant()));
        return document;
    }

    /// @param anew true when the ones we have do not fit: a provider rotates its keys. Asked at most twice a minute.
    JWKSet keys(Document document, boolean anew) throws ProviderFailure {
        var known = keys.get(document.keys());
        if (known != null && !old(known, anew ? ASKED_AGAIN : KEPT)) {
            return known.what();
        }
        try {
            var fetched = JWKSet.parse(get(document.keys()));
            keys.put(document.keys(), new Kept<>(fetched, time.instant()));
            return fetched;
        } catch (ParseException unreadable) {
            throw new ProviderFailure("The provider's keys cannot be read.", unreadable);
        }
    }

    static JsonNode json(String text) throws ProviderFailure {
        try {
            var read = JSON.readTree(text);
            if (read != null && read.isObject()) {
                return read;
            }
        } catch (JacksonException unreadable) {
            throw new ProviderFailure("The provider's answer is no JSON.", unreadable);
        }
        throw new ProviderFailure("The provider's answer is no JSON object.");
    }

    private String get(URI address) throws ProviderFailure {
        try {
            var answer = outbound.get(address, Map.of("Accept", "application/json"), PATIENCE);
            if (answer.status() != 200) {
                throw new ProviderFailure(address + " answered " + answer.status() + ".");
            }
            return answer.body();
        } catch (IOException failure) {
            throw new ProviderFailure(
                    "The provider could not be asked: " + String.valueOf(failure.getMessage()) + ".", failure);
        }
    }

    private boolean old(Kept<?> kept, Duration most) {
        return !time.instant().isBefore(kept.since().plus(most));
    }

    private static URI address(JsonNode said, String name) throws ProviderFailure {
        return address(said.path(name).asString(""), name);
    }

    private static URI address(String text, String name) throws ProviderFailure {
        try {
            var address = URI.create(text);
            if (("https".equals(address.getScheme()) || "http".equals(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException notAnAddress) {
            throw new ProviderFailure("The provider's " + name + " is not an address of the web.", notAnAddress);
        }
        throw new ProviderFailure("The provider's " + name + " is not an address of the web.");
    }
}
