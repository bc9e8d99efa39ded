package dev.conduct.identity;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.session.web.http.SessionRepositoryFilter;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// What an open page asks for by itself is no use of the session: somebody who went away is signed out on time.
@Component
@Order(SessionRepositoryFilter.DEFAULT_ORDER - 1)
class ByItself extends OncePerRequestFilter {

    /// Sent by the page's own scripts; whoever sends it otherwise shortens their own session.
    static final String HEADER = "Conduct-By-Itself";

    private static final String STREAM = "/live";
    private static final ThreadLocal<Boolean> UNDER_WAY = ThreadLocal.withInitial(() -> false);

    /// Whether the request of this thread was made by a page, and not by who looks at it.
    static boolean underWay() {
        return UNDER_WAY.get();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        UNDER_WAY.set(
                request.getHeader(HEADER) != null || request.getRequestURI().equals(STREAM));
        try {
            chain.doFilter(request, response);
        } finally {
            UNDER_WAY.remove();
            SessionIds.forget();
        }
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }
}
