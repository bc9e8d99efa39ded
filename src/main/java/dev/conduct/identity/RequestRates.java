package dev.conduct.identity;

import dev.conduct.kernel.Problem;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/// How many requests an actor makes of the API in a minute, on this node, told in the `RateLimit` headers of
/// draft-ietf-httpapi-ratelimit-headers. It goes by the machine's running time: what it guards is the machine.
@Component
class RequestRates {

    private static final long WINDOW = Duration.ofMinutes(1).toNanos();
    private static final int TIDY_AT = 10_000;

    private final int most;
    private final HandlerExceptionResolver problems;
    private final ConcurrentHashMap<String, Window> windows = new ConcurrentHashMap<>();

    /// @param most `conduct.requests-per-minute`; 0 for no limit. By default more than a machine of a few cores can
    ///     answer: it stops a loop that went wild on a large one, and a company tightens it as it likes
    RequestRates(
            @Value("${conduct.requests-per-minute:600000}") int most,
            @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        this.most = most;
        this.problems = problems;
    }

    private record Window(long began, int count) {

        Window next(long now) {
            return now - began >= WINDOW ? new Window(now, 1) : new Window(began, count + 1);
        }

        long secondsLeft(long now) {
            return Math.max(1, Duration.ofNanos(WINDOW - (now - began)).toSeconds());
        }
    }

    /// To stand behind the authorisation, which tells who calls. Not a bean: that would put it before every request.
    Filter filter() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws ServletException, IOException {
                if (most <= 0 || !(request.getAttribute(Actor.class.getName()) instanceof Actor actor)) {
                    chain.doFilter(request, response);
                } else if (counted(actor.id(), System.nanoTime(), request, response)) {
                    chain.doFilter(request, response);
                }
            }
        };
    }

    private boolean counted(String actor, long now, HttpServletRequest request, HttpServletResponse response) {
        if (windows.size() > TIDY_AT) {
            windows.values().removeIf(window -> now - window.began() >= WINDOW);
        }
        var window = windows.merge(actor, new Window(now, 1), (known, fresh) -> known.next(now));
        var left = window.secondsLeft(now);
        response.setHeader("RateLimit-Policy", "\"minute\";q=" + most + ";w=60");
        response.setHeader("RateLimit", "\"minute\";r=" + Math.max(0, most - window.count()) + ";t=" + left);
        if (window.count() <= most) {
            return true;
        }
        var says = "At most " + most + " requests a minute are taken from one actor.";
        problems.resolveException(request, response, null, Problem.tooMany(says, Duration.ofSeconds(left)));
        return false;
    }
}
