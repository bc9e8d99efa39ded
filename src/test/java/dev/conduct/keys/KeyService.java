package dev.conduct.keys;

import com.google.crypto.tink.subtle.AesGcmJce;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// A small real key service, by the protocol of docs/guide/keys.md.
final class KeyService {

    static final String TOKEN = "token-of-conduct";

    private KeyService() {}

    /// @param names of its keys
    static HttpServer with(String... names) throws IOException, GeneralSecurityException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (var name : names) {
            var key = new byte[32];
            new SecureRandom().nextBytes(key);
            var aead = new AesGcmJce(key);
            server.createContext("/keys/" + name + "/", exchange -> {
                try (exchange) {
                    if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                        exchange.sendResponseHeaders(401, -1);
                        return;
                    }
                    var json = JsonMapper.shared().readTree(exchange.getRequestBody());
                    var base64 = Base64.getDecoder();
                    var context = base64.decode(json.get("context").stringValue());
                    var wrap = exchange.getRequestURI().getPath().endsWith("/wrap");
                    var value = base64.decode(
                            json.get(wrap ? "plaintext" : "ciphertext").stringValue());
                    byte[] done;
                    try {
                        done = wrap ? aead.encrypt(value, context) : aead.decrypt(value, context);
                    } catch (GeneralSecurityException refused) {
                        exchange.sendResponseHeaders(400, -1);
                        return;
                    }
                    var answer = JsonMapper.shared()
                            .writeValueAsBytes(Map.of(
                                    wrap ? "ciphertext" : "plaintext",
                                    Base64.getEncoder().encodeToString(done)));
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                }
            });
        }
        server.start();
        return server;
    }

    static URI url(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }
}
