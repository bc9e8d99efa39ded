package dev.conduct.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.conduct.keys.RootPassphrase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// What answers while the root key is sealed: one page and one form to unseal it, and the health for a load balancer.
/// Nothing else of Conduct runs; the database is not even started.
final class SealedServer {

    private static final int LONGEST = 4_096;
    private static final Pattern FILES = Pattern.compile("/(css|icons|fonts)/[a-z-]+\\.(css|svg|woff2)");
    private static final String POLICY =
            "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; font-src 'self'; form-action 'self';"
                    + " base-uri 'none'; frame-ancestors 'none'";

    private final Path keys;
    private final CompletableFuture<String> unsealed = new CompletableFuture<>();

    private SealedServer(Path keys) {
        this.keys = keys;
    }

    /// Waits until somebody who knows the passphrase has come.
    ///
    /// @param waiting told the port once it answers
    /// @return the root key as it is written into its file
    static String wait(Path keys, String address, int port, java.util.function.IntConsumer waiting)
            throws IOException, InterruptedException {
        var sealed = new SealedServer(keys);
        var server = HttpServer.create(new InetSocketAddress(address, port), 16);
        // One after the other: each try costs memory and a second, for whoever guesses too.
        try (var one = Executors.newSingleThreadExecutor()) {
            server.setExecutor(one);
            server.createContext("/", sealed::answer);
            server.start();
            waiting.accept(server.getAddress().getPort());
            try {
                return sealed.unsealed.get();
            } catch (ExecutionException never) {
                throw new IllegalStateException(never);
            } finally {
                server.stop(1);
            }
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var method = exchange.getRequestMethod();
            if (path.equals("/health/live")) {
                send(exchange, 200, "application/json", "{\"status\":\"UP\"}");
            } else if (path.equals("/health/ready")) {
                send(exchange, 503, "application/json", "{\"status\":\"OUT_OF_SERVICE\",\"sealed\":true}");
            } else if (path.equals("/unseal") && method.equals("POST")) {
                unseal(exchange);
            } else if (path.equals("/unseal") && method.equals("GET")) {
                send(exchange, 200, "text/html", page("", false));
            } else if (FILES.matcher(path).matches() && method.equals("GET")) {
                file(exchange, path);
            } else if (path.startsWith("/api/")) {
                send(
                        exchange,
                        503,
                        "application/problem+json",
                        "{\"type\":\"about:blank\",\"title\":\"Sealed\",\"status\":503,\"code\":\"sealed\",\"detail\":\"The"
                                + " server is sealed. Somebody who knows the passphrase opens it at /unseal.\"}");
            } else if (method.equals("GET")) {
                exchange.getResponseHeaders().set("Location", "/unseal");
                send(exchange, 303, "text/html", "");
            } else {
                send(exchange, 503, "text/html", page("The server is sealed.", false));
            }
        }
    }

    private void unseal(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            send(exchange, 413, "text/html", page("That is too long for a passphrase.", false));
            return;
        }
        var root = passphrase(new String(body, StandardCharsets.UTF_8)).flatMap(this::opened);
        if (root.isEmpty()) {
            send(exchange, 422, "text/html", page("This passphrase does not open the root key.", false));
            return;
        }
        send(exchange, 200, "text/html", page("It is open. Conduct starts; come back in some seconds.", true));
        unsealed.complete(root.get());
    }

    private Optional<String> opened(String passphrase) {
        try {
            return RootPassphrase.unsealed(keys, passphrase);
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> passphrase(String form) {
        return Arrays.stream(form.split("&"))
                .filter(field -> field.startsWith("passphrase="))
                .map(field -> {
                    try {
                        return URLDecoder.decode(field.substring("passphrase=".length()), StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException notEncoded) {
                        return "";
                    }
                })
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type + "; charset=utf-8");
        headers.set("Content-Security-Policy", POLICY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /// The style sheet, the sprite and the fonts, as they lie in the product.
    private static void file(HttpExchange exchange, String path) throws IOException {
        try (var file = SealedServer.class.getResourceAsStream("/static" + path)) {
            if (file == null) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            var bytes = file.readAllBytes();
            var type = path.endsWith(".css") ? "text/css" : path.endsWith(".svg") ? "image/svg+xml" : "font/woff2";
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String page(String says, boolean opening) {
        var note = says.isEmpty()
                ? ""
                : "<div class=\"note " + (opening ? "clear" : "stop") + "\" role=\"status\"><span></span><p><b>" + says
                        + "</b></p></div>";
        return PAGE.formatted(says.isEmpty() || opening ? "" : "Error: ", note, opening ? "" : FORM);
    }

    private static final String FORM = """
                  <form class="stack gap3" method="post" action="/unseal">
                    <div class="field">
                      <label for="passphrase">Passphrase</label>
                      <input class="input" type="password" id="passphrase" name="passphrase" autocomplete="off" required autofocus>
                    </div>
                    <div class="row"><button class="btn primary" type="submit">Unseal</button></div>
                  </form>
            """;

    private static final String PAGE = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
              <title>%sSealed · Conduct</title>
              <link rel="stylesheet" href="/css/conduct.css">
              <link rel="icon" href="/icons/favicon.svg" type="image/svg+xml">
            </head>
            <body class="gatehouse">
            <a class="skip" href="#main">Skip to content</a>
            <div class="gate">
              <aside class="gate-side">
                <a class="brand" href="/unseal"><svg aria-hidden="true"><use href="/icons/sprite.svg#logo"></use></svg>Conduct</a>
                <p class="big">Every record rides a line.<br>Every signal says why.</p>
                <p class="xs">Its database is not started yet.</p>
              </aside>
              <main class="gate-main" id="main">
                <div class="stack">
                  <div>
                    <h1>Conduct is sealed</h1>
                    <p class="muted">Its root key opens with a passphrase. Until then nothing can be read.</p>
                  </div>
                  %s
                  %s
                </div>
              </main>
            </div>
            </body>
            </html>
            """;
}
