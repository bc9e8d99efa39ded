package dev.conduct.identity;

import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import dev.conduct.ledger.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Sensitive reads stand in the ledger before they are answered: which route, by whom; what was asked for lies beside
/// the entry, for it may name people. When it cannot be recorded, nothing is shown.
@Component
class RecordedReads implements HandlerInterceptor, WebMvcConfigurer {

    /// Set by the route table on a request that was let through.
    static final String ACTION = RecordedReads.class.getName() + ".action";

    private static final int LONGEST = 200;

    private final Ledger ledger;
    private final InstantSource time;

    RecordedReads(Ledger ledger, InstantSource time) {
        this.ledger = ledger;
        this.time = time;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getAttribute(ACTION) instanceof String action
                && request.getAttribute(Actor.class.getName()) instanceof Actor actor) {
            // The second half of an asynchronous answer comes by here again.
            request.removeAttribute(ACTION);
            ledger.appendAlone(new NewEvent(
                    time.instant(),
                    actor.id(),
                    actor.via(),
                    action,
                    object(request),
                    0,
                    Outcome.SUCCESS,
                    null,
                    null,
                    Map.of(),
                    request.getQueryString() == null ? Map.of() : Map.of("query", request.getQueryString())));
        }
        return true;
    }

    /// Paths arrive encoded, and what is not does not match a route; what still does not fit is written as such.
    private static String object(HttpServletRequest request) {
        var path = request.getRequestURI();
        return "route:" + (path.matches("[\\x21-\\x7e]{1," + LONGEST + "}") ? path : "/");
    }
}
