package dev.conduct.testing;

import dev.conduct.identity.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Programs that hold one role each, over HTTP.
public final class Programs {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> tokens = new ConcurrentHashMap<>();
    private final Clients clients;
    private final String base;

    public Programs(Clients clients, int port) {
        this.clients = clients;
        this.base = "http://localhost:" + port;
    }

    public record Answer(int status, String text) {

        public JsonNode json() {
            return JSON.readTree(text);
        }
    }

    public Answer get(String role, String path) {
        return send(role, "GET", path, "application/json", "");
    }

    public Answer post(String role, String path, Object body) {
        return send(role, "POST", path, "application/json", JSON.writeValueAsString(body));
    }

    public Answer put(String role, String path, Object body) {
        return send(role, "PUT", path, "application/json", JSON.writeValueAsString(body));
    }

    public Answer delete(String role, String path) {
        return send(role, "DELETE", path, "application/json", "");
    }

    public Answer bytes(String role, String path, String body) {
        return send(role, "POST", path, "application/octet-stream", body);
    }

    private Answer send(String role, String method, String path, String type, String body) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", "Bearer " + tokens.computeIfAbsent(role, this::token))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        var answer = asked(request);
        return new Answer(answer.statusCode(), answer.body());
    }

    private String token(String role) {
        var key = clients.create("test plans " + role, Set.of(role), "system:test", "api");
        var basic = Base64.getEncoder()
                .encodeToString((key.clientId() + ":" + key.clientSecret()).getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                .header("Authorization", "Basic " + basic)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                .build();
        return JSON.readTree(asked(request).body()).get("access_token").asString();
    }

    private HttpResponse<String> asked(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
