package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Failed sign-ins of programs: counted, recorded, and paused when there are too many from one address. A right secret
/// is never counted: a program may ask for many tokens at once.
@Component
class ClientTries {

    private final Throttle throttle;
    private final People people;
    private final Ledger ledger;
    private final InstantSource time;

    ClientTries(Throttle throttle, People people, Ledger ledger, InstantSource time) {
        this.throttle = throttle;
        this.people = people;
        this.ledger = ledger;
        this.time = time;
    }

    /// Not a bean itself, which would put it before every request.
    Filter filter() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                try {
                    throttle.requireOpen(account(request), request.getRemoteAddr());
                } catch (Problem paused) {
                    response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(Throttle.PAUSE.toSeconds()));
                    answer(response, paused.status(), "temporarily_unavailable");
                    return;
                }
                chain.doFilter(request, response);
            }
        };
    }

    void refused(HttpServletRequest request, HttpServletResponse response, AuthenticationException thrown)
            throws IOException {
        var error = thrown instanceof OAuth2AuthenticationException failure
                ? failure.getError().getErrorCode()
                : OAuth2ErrorCodes.INVALID_CLIENT;
        if (!error.equals(OAuth2ErrorCodes.INVALID_CLIENT)) {
            answer(response, HttpServletResponse.SC_BAD_REQUEST, error);
            return;
        }
        throttle.failed(account(request), request.getRemoteAddr());
        record(clientId(request));
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Conduct\"");
        answer(response, HttpServletResponse.SC_UNAUTHORIZED, error);
    }

    private void record(String clientId) {
        var known = ActorId.parsed(clientId)
                .map(id -> "client:" + id)
                .filter(id -> people.find(id).isPresent());
        var object = known.orElse("system:sign_in");
        ledger.appendAlone(new NewEvent(
                time.instant(),
                object,
                "api",
                "auth.token",
                object,
                people.version(object),
                Outcome.DENIED,
                null,
                null,
                Map.of("factor", "client_secret"),
                known.isPresent() || clientId.isEmpty() || clientId.length() > 200
                        ? Map.of()
                        : Map.of("client_id", clientId)));
    }

    private static void answer(HttpServletResponse response, int status, String error) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getWriter().write("{\"error\":\"" + error + "\"}");
    }

    private static String account(HttpServletRequest request) {
        return "client " + clientId(request);
    }

    private static String clientId(HttpServletRequest request) {
        return basic(request).orElseGet(() -> {
            var given = request.getParameter("client_id");
            return given == null ? "" : given.replace("\0", "");
        });
    }

    private static Optional<String> basic(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            var pair = new String(Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
            var name = URLDecoder.decode(pair.split(":", 2)[0], StandardCharsets.UTF_8);
            return Optional.of(name.replace("\0", ""));
        } catch (IllegalArgumentException notBasic) {
            return Optional.of("");
        }
    }
}
