package dev.conduct.work;

import dev.conduct.identity.Clients;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program that uses the API as one client.
final class Api {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    final String token;
    final String actor;

    Api(int port, Clients clients, String... roles) {
        base = "http://localhost:" + port;
        var key = clients.create("api of " + String.join(" ", roles), Set.of(roles), "system:cli", "cli");
        actor = "client:" + key.clientId();
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var answer = send(HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build());
        token = answer.json().get("access_token").stringValue();
    }

    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text(String name) {
            return json().get(name).stringValue();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, Object body, String... headers) {
        return call("POST", path, JSON.writeValueAsString(body), headers);
    }

    Answer patch(String path, Object body, String... headers) {
        return call("PATCH", path, JSON.writeValueAsString(body), headers);
    }

    Answer call(String method, String path, @org.jspecify.annotations.Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        return send((headers.length == 0 ? request : request.headers(headers)).build());
    }

    /// Bytes as a tool wrote them.
    Answer send(String path, String content) {
        return send(HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/octet-stream")
                .POST(HttpRequest.BodyPublishers.ofString(content))
                .build());
    }

    Answer find(String query) {
        return get("/items?q=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /// @param disposition what follows `form-data; name="file"; `, as a hostile sender may write it
    Answer upload(String path, String disposition, byte[] content) {
        var boundary = "b0undary";
        var head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; " + disposition
                + "\r\nContent-Type: image/png\r\n\r\n";
        var parts = List.of(
                head.getBytes(StandardCharsets.UTF_8),
                content,
                ("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(HttpRequest.BodyPublishers.ofByteArrays(parts))
                .build());
    }

    HttpResponse<byte[]> download(String address) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(base + address))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private Answer send(HttpRequest request) {
        try {
            return new Answer(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (java.io.IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
