import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Pages that stay open and only wait: what so many of them cost the server in memory and threads, and how long it takes
/// until the last of them has heard of one change.
final class OpenPages {

    static final int MANY = 2_000;

    /// Told to the server that is started here: these are one person's, who else has 40 at most.
    static final String MOST_OF_ONE = "CONDUCT_LIVE_PAGES_EACH";

    private final int port;
    private final String cookie;
    private final List<Socket> pages = new ArrayList<>();

    private OpenPages(int port, String cookie) {
        this.port = port;
        this.cookie = cookie;
    }

    @FunctionalInterface
    interface Change {
        void make() throws Exception;
    }

    /// @param change what all of them hear of
    static String measure(int port, String cookie, Server server, Change change) throws Exception {
        var open = new OpenPages(port, cookie);
        try {
            TimeUnit.SECONDS.sleep(5);
            var memory = server.residentMiB();
            var threads = server.threads();
            for (var n = 0; n < MANY; n++) {
                open.pages.add(open.one());
            }
            TimeUnit.SECONDS.sleep(5);
            var more = server.residentMiB() - memory;
            var moreThreads = server.threads() - threads;
            var cpu = server.cpuSeconds();
            TimeUnit.SECONDS.sleep(30);
            var idle = (server.cpuSeconds() - cpu) / 30;
            var began = System.nanoTime();
            change.make();
            for (var page : open.pages) {
                open.hear(page);
            }
            return String.format(
                    Locale.ROOT,
                    "%d MiB more, %d threads more, %.1f %% of one core while nothing happens; all have heard of a change after %d ms",
                    more,
                    moreThreads,
                    idle * 100,
                    (System.nanoTime() - began) / 1_000_000);
        } finally {
            for (var page : open.pages) {
                page.close();
            }
        }
    }

    private Socket one() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setReceiveBufferSize(8_192);
        socket.setSoTimeout(30_000);
        socket.getOutputStream()
                .write(("GET /live?topic=type:bug HTTP/1.1\r\nHost: localhost:" + port + "\r\nCookie: " + cookie
                                + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        var head = until(socket.getInputStream(), "event: open");
        if (!head.startsWith("HTTP/1.1 200")) {
            throw new IOException("a page was not kept up to date: " + head.lines().findFirst().orElse(""));
        }
        return socket;
    }

    private void hear(Socket page) throws IOException {
        until(page.getInputStream(), "event: list");
    }

    private static String until(InputStream in, String said) throws IOException {
        var heard = new StringBuilder();
        var bytes = new byte[2_048];
        while (heard.indexOf(said) < 0) {
            var read = in.read(bytes);
            if (read < 0) {
                throw new IOException("the stream ended after: " + heard);
            }
            heard.append(new String(bytes, 0, read, StandardCharsets.UTF_8));
            if (heard.indexOf("HTTP/1.1 ") == 0 && heard.indexOf("HTTP/1.1 200") != 0) {
                return heard.toString();
            }
        }
        return heard.toString();
    }
}
