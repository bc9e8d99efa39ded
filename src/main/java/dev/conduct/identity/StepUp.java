package dev.conduct.identity;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/// Dangerous acts ask for the second factor again when the last one is older than a quarter of an hour. What somebody
/// was about to do is kept in the session meanwhile, so that nothing is typed twice.
final class StepUp {

    static final String PAGE = "/sign-in/again";

    /// Set on a request that is refused for want of a fresh factor, and for nothing else.
    static final String NEEDED = StepUp.class.getName() + ".needed";

    private static final String ACT = "act";
    static final Duration FRESH = Duration.ofMinutes(15);
    private static final int MOST = 8_000;

    private StepUp() {}

    /// A form that was sent.
    record Act(String path, HashMap<String, ArrayList<String>> fields) implements Serializable {}

    static boolean fresh(@Nullable Instant confirmed, Instant now) {
        return confirmed != null && now.isBefore(confirmed.plus(FRESH));
    }

    /// Remembers what to go on with.
    static void keep(HttpServletRequest request) {
        var session = request.getSession();
        session.removeAttribute(ACT);
        if (request.getMethod().equals(HttpMethod.GET.name())) {
            var query = request.getQueryString();
            session.setAttribute(Refusals.WANTED, request.getRequestURI() + (query == null ? "" : "?" + query));
            return;
        }
        session.setAttribute(Refusals.WANTED, before(request));
        var fields = new HashMap<String, ArrayList<String>>();
        var length = 0;
        for (var field : request.getParameterMap().entrySet()) {
            for (var value : field.getValue()) {
                length += field.getKey().length() + value.length();
                if (!field.getKey().equals("_csrf")) {
                    fields.computeIfAbsent(field.getKey(), name -> new ArrayList<>())
                            .add(value);
                }
            }
        }
        var secret = fields.keySet().stream().anyMatch(name -> name.contains("password") || name.equals("code"));
        if (form(request) && !secret && length <= MOST) {
            session.setAttribute(ACT, new Act(request.getRequestURI(), fields));
        }
    }

    static @Nullable Act kept(HttpSession session) {
        return session.getAttribute(ACT) instanceof Act act ? act : null;
    }

    static void done(HttpSession session) {
        session.removeAttribute(ACT);
    }

    /// What is taken along into the session that the factor begins.
    static Map<String, Object> carried(@Nullable HttpSession session) {
        var act = session == null ? null : kept(session);
        return act == null ? Map.of() : Map.of(ACT, act);
    }

    private static boolean form(HttpServletRequest request) {
        var type = request.getContentType();
        return request.getMethod().equals(HttpMethod.POST.name())
                && type != null
                && type.startsWith("application/x-www-form-urlencoded");
    }

    /// The page that the form stood on, by its path alone.
    private static String before(HttpServletRequest request) {
        var referer = request.getHeader("Referer");
        try {
            var path = referer == null ? null : URI.create(referer).getRawPath();
            return path == null || path.isEmpty() ? "/" : path;
        } catch (IllegalArgumentException notAnAddress) {
            return "/";
        }
    }
}
