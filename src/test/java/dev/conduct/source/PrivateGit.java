package dev.conduct.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A private repository over HTTP: git's protocol that needs nothing but files, for who brings the token.
final class PrivateGit implements AutoCloseable {

    private final HttpServer server;
    private final Path files;
    private final String wanted;
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();

    PrivateGit(Path files, String user, String token) throws IOException {
        this.files = files;
        this.wanted =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "http://localhost:" + server.getAddress().getPort() + "/private.git";
    }

    /// Every line of a request, with what came in its Authorization.
    String heard() {
        return String.join("\n", heard);
    }

    private void answer(HttpExchange call) throws IOException {
        var brought = String.valueOf(call.getRequestHeaders().getFirst("Authorization"));
        heard.add(call.getRequestURI() + " " + brought);
        var file = files.resolve(call.getRequestURI().getPath().replaceFirst("^/private.git/", ""));
        if (!brought.equals(wanted)) {
            call.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"private\"");
            call.sendResponseHeaders(401, -1);
        } else if (Files.isRegularFile(file)) {
            var bytes = Files.readAllBytes(file);
            call.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            call.getResponseBody().write(bytes);
        } else {
            call.sendResponseHeaders(404, -1);
        }
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
