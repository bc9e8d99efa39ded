package dev.conduct.mocks;

import dev.conduct.database.Readers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers requests to mocks. It knows no session and nobody: the token in the path is all that opens it. What waits
/// holds no thread; windows of browsers are refused, so that nobody is led to a page that looks like this server's.
class MockFilter extends HttpFilter {

    private static final Logger log = LoggerFactory.getLogger(MockFilter.class);
    private static final long serialVersionUID = 1;
    private static final Pattern TOKEN = Pattern.compile("/([A-Za-z0-9_-]{22})(/.*)?");
    private static final int MOST_BODY = 1024 * 1024;
    private static final int AT_ONCE = 8;
    private static final int MOST_WAITING = 200;
    private static final Duration TURN = Duration.ofSeconds(2);

    private final transient Answering answering;
    private final transient Readers readers;
    private final transient Semaphore room = new Semaphore(AT_ONCE);
    private final transient Semaphore waiting = new Semaphore(MOST_WAITING);
    private final transient ScheduledThreadPoolExecutor later = new ScheduledThreadPoolExecutor(
            2, Thread.ofPlatform().daemon().name("mocks-", 0).factory());

    MockFilter(Answering answering, Readers readers) {
        this.answering = answering;
        this.readers = readers;
    }

    @Override
    public void destroy() {
        later.shutdownNow();
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException {
        // Said by us, it would be added to what a mapping says.
        response.setCharacterEncoding((String) null);
        var kind = request.getHeader("Sec-Fetch-Dest");
        if (kind != null && !kind.equals("empty")) {
            say(response, 403, "A mock answers programs, not the windows of a browser.");
            return;
        }
        var path = TOKEN.matcher(request.getRequestURI().substring(MockServing.PATH.length()));
        if (!path.matches()) {
            say(response, 404, "There is no mock here.");
            return;
        }
        if (!taken()) {
            response.setHeader("Retry-After", "1");
            say(response, 503, "Too many requests to mocks at once. Ask again in a moment.");
            return;
        }
        Stub.Answer answer;
        try {
            // Whoever knows the address may ask, as nobody in particular.
            var mock = readers.system(() -> answering.mock(path.group(1)));
            if (mock.isEmpty()) {
                say(response, 404, "There is no mock here.");
                return;
            }
            var body = request.getInputStream().readNBytes(MOST_BODY + 1);
            if (body.length > MOST_BODY) {
                say(response, 413, "A mock reads at most 1 MB.");
                return;
            }
            var asked = asked(request, path.group(2), body);
            answer = readers.system(() -> answering.answer(mock.get(), asked));
        } finally {
            room.release();
        }
        if (answer.delay().isZero()) {
            write(response, answer);
        } else {
            delay(request, response, answer);
        }
    }

    private boolean taken() {
        try {
            return room.tryAcquire(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Asked asked(HttpServletRequest request, String path, byte[] body) {
        var headers = new LinkedHashMap<String, List<String>>();
        for (var name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), new ArrayList<>(Collections.list(request.getHeaders(name))));
        }
        var query = request.getQueryString();
        return Asked.of(
                request.getMethod(),
                path == null ? "/" : path,
                query == null ? "" : query,
                headers,
                new String(body, StandardCharsets.UTF_8));
    }

    private void delay(HttpServletRequest request, HttpServletResponse response, Stub.Answer answer)
            throws IOException {
        if (!waiting.tryAcquire()) {
            say(response, 503, "Too many answers of mocks wait for their delay.");
            return;
        }
        var later = request.startAsync(request, response);
        later.setTimeout(answer.delay().plusSeconds(30).toMillis());
        this.later.schedule(
                () -> finish(later, response, answer), answer.delay().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void finish(AsyncContext request, HttpServletResponse response, Stub.Answer answer) {
        try {
            write(response, answer);
        } catch (IOException | IllegalStateException gone) {
            log.debug("Whoever asked a mock did not wait for its answer", gone);
        } finally {
            waiting.release();
            request.complete();
        }
    }

    private static void write(HttpServletResponse response, Stub.Answer answer) throws IOException {
        response.setStatus(answer.status());
        var first = new LinkedHashMap<String, Boolean>();
        for (var header : answer.headers()) {
            var name = header.name().toLowerCase(Locale.ROOT);
            if (first.putIfAbsent(name, true) == null) {
                response.setHeader(header.name(), header.value());
            } else {
                response.addHeader(header.name(), header.value());
            }
        }
        if (answer.status() != 204 && answer.status() != 304) {
            response.setContentLength(answer.body().length);
            response.getOutputStream().write(answer.body());
        }
    }

    private static void say(HttpServletResponse response, int status, String says) throws IOException {
        write(
                response,
                new Stub.Answer(
                        status,
                        List.of(new Stub.Header("Content-Type", "text/plain;charset=UTF-8")),
                        (says + "\n").getBytes(StandardCharsets.UTF_8),
                        Duration.ZERO));
    }
}
