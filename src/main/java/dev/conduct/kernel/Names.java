package dev.conduct.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Looks names up, and waits no longer than it is told: the system's resolver knows no limit.
final class Names {

    private Names() {}

    interface Lookup {

        InetAddress[] of(String host) throws UnknownHostException;
    }

    static InetAddress[] find(String host, Duration atMost, Lookup lookup) throws IOException {
        var found = new FutureTask<>(() -> lookup.of(host));
        Thread.ofPlatform().daemon().name("names").start(found);
        try {
            return found.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new SocketTimeoutException(host + " was not looked up within " + atMost.toMillis() + " ms");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException unknown) {
                throw unknown;
            }
            throw new IOException(failed.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
