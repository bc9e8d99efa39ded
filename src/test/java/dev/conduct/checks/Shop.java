package dev.conduct.checks;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentLinkedQueue;

/// A small service to be checked: signs in, keeps orders, tells its build, and can lose its payments.
final class Shop implements AutoCloseable {

    static final String PASSWORD = "quiet otters drift";
    static final String TOKEN = "t-4711-abcdef";

    private final HttpServer server;
    private final ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    private volatile String commit = "abc1234def567890abc1234def567890abc12345";
    private volatile boolean payments = true;
    private volatile boolean stubborn;

    Shop() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address() {
        return "http://localhost:" + port();
    }

    void runs(String newCommit) {
        commit = newCommit;
    }

    /// Whether what is broken refuses to be mended.
    void stubborn(boolean now) {
        stubborn = now;
    }

    void breaks() {
        payments = false;
    }

    boolean pays() {
        return payments;
    }

    /// Everything that was sent in a header or a body.
    String heard() {
        return String.join("\n", heard);
    }

    private void answer(HttpExchange call) throws IOException {
        var body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var sent = call.getRequestHeaders().getFirst("Authorization");
        heard.add(body + " " + sent);
        switch (call.getRequestMethod() + " " + call.getRequestURI().getPath()) {
            case "GET /version" -> say(call, 200, "{\"commit\":\"" + commit + "\",\"build\":17}");
            case "POST /login" -> {
                var right = body.contains(PASSWORD);
                say(call, right ? 200 : 401, right ? "{\"token\":\"" + TOKEN + "\"}" : "{\"error\":\"no\"}");
            }
            case "GET /orders" -> {
                var right = ("Bearer " + TOKEN).equals(sent);
                say(
                        call,
                        right ? 200 : 401,
                        right ? "{\"orders\":[{\"id\":1,\"total\":\"9.50\"}],\"user\":{\"name\":\"probe\"}}" : "{}");
            }
            case "POST /faults/payments" -> {
                payments = false;
                say(call, 204, "");
            }
            case "POST /faults" -> {
                payments = false;
                say(call, 201, "{\"id\":\"f-17\"}");
            }
            case "DELETE /faults/payments", "DELETE /faults/f-17" -> {
                payments = !stubborn;
                say(call, stubborn ? 503 : 204, "");
            }
            case "GET /pay" -> say(call, payments ? 200 : 503, "{}");
            case "GET /orders/health" -> say(call, 200, "{\"payments\":\"" + (payments ? "up" : "down") + "\"}");
            default -> say(call, 404, "{}");
        }
    }

    private static void say(HttpExchange call, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        call.getResponseBody().write(bytes);
        call.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
