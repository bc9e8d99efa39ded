package dev.conduct.openapi;

import dev.conduct.identity.Clients;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A program written from the document alone.
final class Program {

    static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final @Nullable String token;

    private Program(String base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    static Program stranger(int port) {
        return new Program("http://localhost:" + port, null);
    }

    static Program with(int port, Clients clients, Set<String> roles) {
        var key = clients.create("a program with " + roles.size() + " roles", roles, "system:cli", "cli");
        var stranger = stranger(port);
        var answer = stranger.send(
                "POST",
                "/oauth2/token",
                "application/x-www-form-urlencoded",
                "grant_type=client_credentials&client_id=" + key.clientId() + "&client_secret=" + key.clientSecret());
        return new Program(
                stranger.base, JSON.readTree(answer.body()).get("access_token").asString());
    }

    HttpResponse<String> send(
            String method, String path, @Nullable String kind, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        if (kind != null) {
            request.header("Content-Type", kind);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    HttpResponse<String> json(String method, String path, @Nullable Object body, String... headers) {
        return send(method, path, "application/json", body == null ? null : JSON.writeValueAsString(body), headers);
    }

    /// What came of making something that other calls need.
    JsonNode made(String path, Object body) {
        var answer = json("POST", path, body);
        if (answer.statusCode() != 201 && answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }
}
