package dev.conduct.kernel;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Ends a connection at its time, whatever the other side does meanwhile: one that sends a byte at a time, or takes
/// none.
final class Deadline {

    private static final ScheduledThreadPoolExecutor CLOCK = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("deadlines").factory());

    private Deadline() {}

    static void of(Socket socket, Duration atMost) {
        var _ = CLOCK.schedule(() -> end(socket), atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException ended) {
            // It ended by itself.
        }
    }
}
