package dev.conduct.identity;

import dev.conduct.identity.SignOnAttempt.Purpose;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Leads people to a provider and reads what comes back: authorization code with PKCE, state and nonce.
@Component
class SignOns {

    private static final String ATTEMPT = "sign-on";
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final ProviderDocuments documents;
    private final ProviderTokens tokens;
    private final InstantSource time;
    private final String url;

    SignOns(
            ProviderDocuments documents,
            ProviderTokens tokens,
            InstantSource time,
            @Value("${conduct.url:}") String url) {
        this.documents = documents;
        this.tokens = tokens;
        this.time = time;
        this.url = url;
    }

    /// What came back, and why the person had left.
    record Returned(Asserted asserted, SignOnAttempt attempt) {}

    /// Where to go.
    URI begin(Provider provider, Purpose purpose, String invitation, HttpServletRequest request)
            throws ProviderFailure {
        var document = documents.of(provider.issuer());
        var attempt = SignOnAttempt.begun(provider.id(), purpose, invitation, time.instant());
        request.getSession().setAttribute(ATTEMPT, attempt);
        var query = new LinkedHashMap<String, String>();
        query.put("response_type", "code");
        query.put("client_id", provider.clientId());
        query.put("redirect_uri", callback(provider, request));
        query.put("scope", "openid profile email" + (provider.groupsClaim().equals("groups") ? " groups" : ""));
        query.put("state", attempt.state());
        query.put("nonce", attempt.nonce());
        query.put("code_challenge", attempt.challenge());
        query.put("code_challenge_method", "S256");
        if (purpose == Purpose.CONFIRM) {
            query.put("prompt", "login");
            query.put("max_age", "0");
        }
        return with(document.authorization(), query);
    }

    Returned finish(Provider provider, Map<String, String> answer, HttpServletRequest request) throws ProviderFailure {
        var attempt = taken(request);
        if (attempt == null
                || !attempt.provider().equals(provider.id())
                || !same(attempt.state(), answer.getOrDefault("state", ""))
                || time.instant().isAfter(attempt.since().plus(LIFE))) {
            throw new ProviderFailure("This answer belongs to no sign-in that was begun here. Begin again.");
        }
        var document = documents.of(provider.issuer());
        var issuer = answer.get("iss");
        if (issuer == null ? document.namesIssuer() : !issuer.equals(document.issuer())) {
            throw new ProviderFailure("Another provider answered than the one that was asked.");
        }
        if (answer.containsKey("error")) {
            throw new ProviderFailure("The provider let nobody in.");
        }
        var code = answer.getOrDefault("code", "");
        return new Returned(tokens.exchange(provider, attempt, code, callback(provider, request)), attempt);
    }

    /// Where to sign out at the provider too, when it has such a place.
    @Nullable
    URI end(Provider provider, HttpServletRequest request) {
        try {
            var end = documents.of(provider.issuer()).endSession();
            return end == null
                    ? null
                    : with(
                            end,
                            Map.of(
                                    "client_id",
                                    provider.clientId(),
                                    "post_logout_redirect_uri",
                                    base(request) + "/sign-in"));
        } catch (ProviderFailure unreachable) {
            return null;
        }
    }

    static boolean began(HttpServletRequest request) {
        var session = request.getSession(false);
        return session != null && session.getAttribute(ATTEMPT) != null;
    }

    private static @Nullable SignOnAttempt taken(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null && session.getAttribute(ATTEMPT) instanceof SignOnAttempt attempt) {
            session.removeAttribute(ATTEMPT);
            return attempt;
        }
        return null;
    }

    private String callback(Provider provider, HttpServletRequest request) {
        return base(request) + provider.callback();
    }

    /// Never from a header, which the caller could have made up.
    private String base(HttpServletRequest request) {
        return url.isBlank() ? "http://localhost:" + request.getLocalPort() : url;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static URI with(URI address, Map<String, String> query) {
        var joint = address.getRawQuery() == null ? "?" : "&";
        return URI.create(address + joint + ProviderTokens.encoded(query));
    }
}
