package dev.conduct.live;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;

/// Opens a stream of server-sent events for one page.
@Controller
class LivePages {

    private static final Pattern TOPIC = Pattern.compile("item:[A-Z0-9]{1,20}-\\d{1,18}|type:(\\*|[a-z_]{1,60})");
    private static final int MOST_TOPICS = 10;

    private final Streams streams;

    LivePages(Streams streams) {
        this.streams = streams;
    }

    /// @param topics `item:APP-12`, `type:bug`, `type:*`
    /// @param since the first entry of the ledger that the page does not show
    /// @param last what the browser saw last, when it connects again
    @GetMapping("/live")
    void open(
            @RequestParam(name = "topic", required = false, defaultValue = "") Set<String> topics,
            @RequestParam(name = "since", required = false, defaultValue = "") String since,
            @RequestHeader(name = "Last-Event-ID", required = false, defaultValue = "") String last,
            Actor actor,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (topics.size() > MOST_TOPICS
                || topics.stream().anyMatch(topic -> !TOPIC.matcher(topic).matches())) {
            throw Problem.badInput("topic", "unknown_topic", "names no item or list. Write item:APP-12 or type:bug.");
        }
        streams.requireRoom();
        var session = request.getSession(false);
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        // The head leaves here, by this thread: later ones write events and nothing else.
        response.flushBuffer();
        var exchange = request.startAsync(request, response);
        exchange.setTimeout(0);
        var stream = new Stream(
                exchange,
                actor.id(),
                session == null ? null : hash(session.getId()),
                Set.copyOf(topics),
                streams::gone);
        streams.open(stream, entry(last.isEmpty() ? since : last));
    }

    private static @Nullable Long entry(String text) {
        return text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    private static String hash(String session) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(session.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
