package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Lazy;
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
import org.springframework.web.servlet.HandlerExceptionResolver;

/// What a refused request is told. The words come from the one error handler; here it is decided which refusal it is:
/// sign in first, give the second factor, not yours, not there.
@Component
class Refusals {

    /// The page somebody wanted before signing in: a path of ours, kept in the session.
    static final String WANTED = "wanted";

    private static final String SIGN_IN = "/sign-in";
    private static final String PORTAL = "/portal";

    /// Where sign-in leads: customers begin at their own door.
    private static final Set<String> HOME = Set.of("/", "/me");

    private static final Problem STEP_UP = Problem.forbidden(
            "step_up_needed",
            "This needs a second factor given within the last 15 minutes. Confirm it at " + StepUp.PAGE
                    + "; a personal token cannot.");

    private final CurrentActor actors;
    private final HandlerExceptionResolver problems;

    Refusals(CurrentActor actors, @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.actors = actors;
        this.problems = problems;
    }

    /// Programs are told 401.
    AuthenticationEntryPoint unknownProgram() {
        return (request, response, thrown) -> unauthorized(response);
    }

    AccessDeniedHandler deniedProgram() {
        return (request, response, thrown) -> {
            if (nobody(request)) {
                unauthorized(response);
            } else if (request.getAttribute(StepUp.NEEDED) != null) {
                explain(request, response, STEP_UP);
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
                lead(request, response, SIGN_IN + "/code");
            } else if (nobody(request)) {
                end(request.getSession(false));
                toSignIn(request, response, null);
            } else if (HOME.contains(request.getRequestURI()) && outside(request)) {
                lead(response, PORTAL);
            } else if (request.getAttribute(StepUp.NEEDED) != null) {
                StepUp.keep(request);
                lead(request, response, StepUp.PAGE);
            } else {
                response.sendError(status(request, thrown));
            }
        };
    }

    private boolean outside(HttpServletRequest request) {
        return actors.of(request, SecurityContextHolder.getContext().getAuthentication())
                .filter(caller -> caller.actor().outside())
                .isPresent();
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
        lead(request, response, request.getRequestURI().startsWith(PORTAL) ? PORTAL + SIGN_IN : SIGN_IN);
    }

    private static void lead(HttpServletRequest request, HttpServletResponse response, String path) {
        if ("true".equals(request.getHeader("HX-Request"))) {
            response.setHeader("HX-Redirect", path);
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else if (MediaType.TEXT_EVENT_STREAM_VALUE.equals(request.getHeader(HttpHeaders.ACCEPT))) {
            // A stream can show no page; this answer tells the browser not to ask again (HTML standard, 9.2.3).
            response.setStatus(HttpServletResponse.SC_NO_CONTENT);
        } else {
            lead(response, path);
        }
    }

    private void explain(HttpServletRequest request, HttpServletResponse response, Problem problem) throws IOException {
        if (problems.resolveException(request, response, null, problem) == null) {
            response.sendError(problem.status());
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
