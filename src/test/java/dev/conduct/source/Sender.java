package dev.conduct.source;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A host that sends webhooks, with its own arithmetic of signatures.
final class Sender {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    Sender(int port) {
        this.base = "http://localhost:" + port;
    }

    HttpResponse<String> github(Repositories.Key key, String event, String body) {
        return github(key, event, UUID.randomUUID().toString(), body);
    }

    HttpResponse<String> github(Repositories.Key key, String event, String delivery, String body) {
        return send(
                key,
                body,
                "X-GitHub-Event",
                event,
                "X-GitHub-Delivery",
                delivery,
                "X-Hub-Signature-256",
                "sha256=" + hex(key.secret().getBytes(StandardCharsets.UTF_8), body));
    }

    HttpResponse<String> send(Repositories.Key key, String body, String... headers) {
        return send(key.repository().hook(), body, headers);
    }

    /// A report of a CI server, signed with its query.
    HttpResponse<String> report(Repositories.Key key, String query, String signed, long time, String body) {
        var secret = key.secret().getBytes(StandardCharsets.UTF_8);
        return sent(
                key.repository().hook() + "?" + query,
                "application/octet-stream",
                body,
                "X-Conduct-Timestamp",
                String.valueOf(time),
                "X-Conduct-Signature",
                "sha256=" + hex(secret, "report." + time + "." + signed + "." + body));
    }

    HttpResponse<String> send(String path, String body, String... headers) {
        return sent(path, "application/json", body, headers);
    }

    HttpResponse<String> sent(String path, String type, String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String hex(byte[] key, String signed) {
        return HexFormat.of().formatHex(mac(key, signed));
    }

    static String standard(String secret, String id, long time, String body) {
        var key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        return "v1," + Base64.getEncoder().encodeToString(mac(key, id + "." + time + "." + body));
    }

    private static byte[] mac(byte[] key, String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
