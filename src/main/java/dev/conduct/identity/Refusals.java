package dev.conduct.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/// What a refused request is told. The words come from the one error handler; here it is decided which refusal it is:
/// sign in first, give the second factor, not yours, not there.
@Component
class Refusals {

    /// The page somebody wanted before signing in: a path of ours, kept in the session.
    static final String WANTED = "wanted";

    private static final String SIGN_IN = "/sign-in";

    private final CurrentActor actors;

    Refusals(CurrentActor actors) {
        this.actors = actors;
    }

    /// Programs are told 401.
    AuthenticationEntryPoint unknownProgram() {
        return (request, response, thrown) -> unauthorized(response);
    }

    AccessDeniedHandler deniedProgram() {
        return (request, response, thrown) -> {
            if (nobody(request)) {
                unauthorized(response);
            } else {
                response.sendError(status(request, thrown));
            }
        };
    }

    /// People are led to the page on which they can go on.
    AuthenticationEntryPoint unknownPerson() {
        return Refusals::toSignIn;
    }

    AccessDeniedHandler deniedPerson() {
        return (request, response, thrown) -> {
            var authentication = SecurityContextHolder.getContext().getAuthentication();
            if (thrown instanceof CsrfException) {
                response.sendError(HttpServletResponse.SC_FORBIDDEN);
            } else if (Factors.first(authentication) && !Factors.second(authentication)) {
                lead(response, SIGN_IN + "/code");
            } else if (nobody(request)) {
                end(request.getSession(false));
                toSignIn(request, response, null);
            } else {
                response.sendError(status(request, thrown));
            }
        };
    }

    private boolean nobody(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var personWithOneFactor = Factors.first(authentication) && !Factors.second(authentication);
        return personWithOneFactor || actors.of(request, authentication).isEmpty();
    }

    private static int status(HttpServletRequest request, AccessDeniedException thrown) {
        return thrown instanceof CsrfException || request.getAttribute(RouteTable.MATCHED) != null
                ? HttpServletResponse.SC_FORBIDDEN
                : HttpServletResponse.SC_NOT_FOUND;
    }

    private static void unauthorized(HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"Conduct\"");
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }

    private static void toSignIn(
            HttpServletRequest request, HttpServletResponse response, @Nullable AuthenticationException thrown) {
        if (isPage(request)) {
            var query = request.getQueryString();
            request.getSession().setAttribute(WANTED, request.getRequestURI() + (query == null ? "" : "?" + query));
        }
        if ("true".equals(request.getHeader("HX-Request"))) {
            response.setHeader("HX-Redirect", SIGN_IN);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            lead(response, SIGN_IN);
        }
    }

    /// Without a host, which the caller could have made up.
    private static void lead(HttpServletResponse response, String path) {
        response.setStatus(HttpServletResponse.SC_FOUND);
        response.setHeader(HttpHeaders.LOCATION, path);
    }

    private static boolean isPage(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return request.getMethod().equals(HttpMethod.GET.name())
                && accept != null
                && accept.contains(MediaType.TEXT_HTML_VALUE)
                && !request.getRequestURI().equals("/");
    }

    private static void end(@Nullable HttpSession session) {
        if (session != null) {
            session.invalidate();
        }
    }
}
