package dev.conduct.live;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One open page. Nothing runs for it while nothing is sent; a reader that does not keep up is let go, and asks anew
/// for what it missed.
final class Stream {

    private static final int MOST_WAITING = 200;

    private final AsyncContext exchange;
    private final String reader;
    private final @Nullable String session;
    private final Set<String> topics;
    private final Queue<String> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean closed;

    /// @param reader id of the actor
    /// @param session SHA-256 of the id of the session, null for a program
    /// @param topics `item:KEY`, `type:NAME`
    Stream(AsyncContext exchange, String reader, @Nullable String session, Set<String> topics, Consumer<Stream> gone) {
        this.exchange = exchange;
        this.reader = reader;
        this.session = session;
        this.topics = topics;
        exchange.addListener(new Ending(this, gone));
    }

    String reader() {
        return reader;
    }

    @Nullable
    String session() {
        return session;
    }

    boolean wants(String topic) {
        return topics.contains(topic);
    }

    Set<String> topics() {
        return topics;
    }

    /// Returns at once; a thread that costs little writes it.
    void send(String frame) {
        synchronized (waiting) {
            if (closed) {
                return;
            }
            if (waiting.size() >= MOST_WAITING) {
                waiting.clear();
                closed = true;
            } else {
                waiting.add(frame);
            }
            if (writing) {
                return;
            }
            writing = true;
        }
        Thread.ofVirtual().name("live").start(this::write);
    }

    void close() {
        synchronized (waiting) {
            closed = true;
            if (writing) {
                return;
            }
            writing = true;
        }
        Thread.ofVirtual().name("live").start(this::write);
    }

    private void write() {
        try {
            var out = exchange.getResponse().getOutputStream();
            for (var frame = next(); frame != null; frame = next()) {
                out.write(frame.getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
            if (ended()) {
                exchange.complete();
            }
        } catch (IOException | IllegalStateException gone) {
            complete();
        }
    }

    private void complete() {
        synchronized (waiting) {
            closed = true;
            waiting.clear();
        }
        try {
            exchange.complete();
        } catch (IllegalStateException already) {
            // The container was quicker.
        }
    }

    private @Nullable String next() {
        synchronized (waiting) {
            var frame = waiting.poll();
            if (frame == null && !closed) {
                writing = false;
            }
            return frame;
        }
    }

    private boolean ended() {
        synchronized (waiting) {
            return closed;
        }
    }

    private record Ending(Stream stream, Consumer<Stream> gone) implements AsyncListener {

        @Override
        public void onComplete(AsyncEvent event) {
            gone.accept(stream);
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            gone.accept(stream);
        }

        @Override
        public void onError(AsyncEvent event) {
            gone.accept(stream);
            stream.complete();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // Nothing starts it twice.
        }
    }
}
