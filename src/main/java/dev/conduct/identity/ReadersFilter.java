package dev.conduct.identity;

import dev.conduct.database.Readers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// The first of all filters: until it is known who asks, the request reads for nobody, in no session.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ReadersFilter extends OncePerRequestFilter {

    private final Readers readers;
    private final SparingSessions sessions;

    ReadersFilter(Readers readers, SparingSessions sessions) {
        this.readers = readers;
        this.sessions = sessions;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        readers.begin();
        sessions.begin();
        try {
            chain.doFilter(request, response);
        } finally {
            readers.end();
            sessions.begin();
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
