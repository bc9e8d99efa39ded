package dev.conduct.repeats;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/// `Idempotency-Key`, for every POST and PATCH of the API, whichever module answers it. The request and the keeping of
/// its answer are one transaction: both last or neither does. A second request with the key waits for the first at
/// the key's row. What was refused left nothing, so its key is free again.
@Component
class Repeats extends OncePerRequestFilter {

    static final String HEADER = "Idempotency-Key";

    private static final Set<String> CHANGING = Set.of("POST", "PATCH");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

    /// Such a request holds one connection and may need a second one, for a refusal: fewer than the pool has, so that
    /// they never wait for each other.
    private static final int AT_ONCE = 8;

    private static final int SECONDS_FOR_A_TURN = 5;

    private final KeptAnswers kept;
    private final PlatformTransactionManager transactions;
    private final HandlerExceptionResolver failures;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    Repeats(
            KeptAnswers kept,
            PlatformTransactionManager transactions,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver failures) {
        this.kept = kept;
        this.transactions = transactions;
        this.failures = failures;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(HEADER) == null
                || !CHANGING.contains(request.getMethod())
                || !request.getRequestURI().startsWith("/api/v1/");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!(request.getAttribute(Actor.class.getName()) instanceof Actor actor)) {
            chain.doFilter(request, response);
            return;
        }
        try {
            var sent = SentRequest.of(request);
            inTurn(new KeptAnswers.Asked(actor.id(), key(request), sent.hash()), sent.request(), response, chain);
        } catch (Problem | DataAccessException | TransactionException refused) {
            response.reset();
            failures.resolveException(request, response, null, refused);
        }
    }

    private static String key(HttpServletRequest request) {
        var key = String.valueOf(request.getHeader(HEADER));
        if (!KEY.matcher(key).matches()) {
            throw Problem.badInput(HEADER, "bad_key", "must be 1 to 200 visible characters of ASCII.");
        }
        return key;
    }

    private void inTurn(
            KeptAnswers.Asked asked, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!hasTurn()) {
            throw Problem.unavailable("busy", "Too many requests with a key at once. Nothing was done; try again.");
        }
        try {
            once(asked, request, response, chain);
        } finally {
            turns.release();
        }
    }

    private boolean hasTurn() {
        try {
            return turns.tryAcquire(SECONDS_FOR_A_TURN, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void once(
            KeptAnswers.Asked asked, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var answering = new ContentCachingResponseWrapper(response);
        var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
        var lasts = false;
        KeptAnswers.@Nullable Answer given;
        try {
            given = kept.given(asked);
            if (given == null) {
                chain.doFilter(request, answering);
                lasts = answering.getStatus() < 300;
                if (lasts) {
                    kept.keep(asked, KeptAnswers.Answer.of(answering));
                }
            }
        } catch (ServletException | IOException | RuntimeException | Error failed) {
            transactions.rollback(transaction);
            throw failed;
        }
        if (lasts) {
            transactions.commit(transaction);
        } else {
            transactions.rollback(transaction);
        }
        if (given == null) {
            answering.copyBodyToResponse();
        } else {
            given.write(response);
        }
    }
}
