package dev.conduct.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The token end point for apps, which have no secret to give: a code with its PKCE verifier, or a refresh token,
/// against new tokens. Everything else goes on to the authorization server. Who guesses is paused before, by
/// `ClientTries`.
@Component
class AppTokenEndpoint {

    private static final JsonMapper JSON = new JsonMapper();

    private final AppGrants grants;
    private final Throttle throttle;

    AppTokenEndpoint(AppGrants grants, Throttle throttle) {
        this.grants = grants;
        this.throttle = throttle;
    }

    /// No bean of its own: it belongs to one chain.
    OncePerRequestFilter filter() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (!answered(request, response)) {
                    chain.doFilter(request, response);
                }
            }
        };
    }

    private boolean answered(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("POST") || request.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return false;
        }
        var path = request.getServletPath();
        var app = parameter(request, "client_id");
        if (path.equals("/oauth2/revoke") && isOurs(parameter(request, "token"))) {
            grants.giveBack(app, parameter(request, "token"));
            response.setStatus(HttpServletResponse.SC_OK);
            return true;
        }
        var kind = parameter(request, "grant_type");
        if (!path.equals("/oauth2/token") || !(kind.equals("authorization_code") || kind.equals("refresh_token"))) {
            return false;
        }
        Optional<AppGrants.Issued> issued = kind.equals("refresh_token")
                ? grants.refresh(app, parameter(request, "refresh_token"))
                : grants.exchange(
                        app,
                        parameter(request, "code"),
                        parameter(request, "code_verifier"),
                        parameter(request, "redirect_uri"));
        if (issued.isEmpty()) {
            throttle.failed(request.getRemoteAddr());
            write(
                    response,
                    HttpServletResponse.SC_BAD_REQUEST,
                    JSON.createObjectNode().put("error", "invalid_grant"));
            return true;
        }
        write(
                response,
                HttpServletResponse.SC_OK,
                JSON.createObjectNode()
                        .put("access_token", issued.get().access())
                        .put("token_type", "Bearer")
                        .put("expires_in", AppGrants.ACCESS_LIFE.toSeconds())
                        .put("refresh_token", issued.get().refresh())
                        .put("scope", String.join(" ", issued.get().scopes())));
        return true;
    }

    private static boolean isOurs(String token) {
        return token.startsWith(AppGrants.ACCESS) || token.startsWith(AppGrants.REFRESH);
    }

    /// One given twice is none (RFC 6749, 3.2).
    private static String parameter(HttpServletRequest request, String name) {
        var values = request.getParameterValues(name);
        return values == null || values.length != 1
                ? ""
                : Objects.requireNonNullElse(values[0], "").replace("\0", "");
    }

    private static void write(HttpServletResponse response, int status, ObjectNode body) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.getWriter().write(body.toString());
    }
}
