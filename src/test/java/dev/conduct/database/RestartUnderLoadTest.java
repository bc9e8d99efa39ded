package dev.conduct.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The database dies while the server is under load, and comes back: errors last at most 10 s, nothing acknowledged is
/// lost, and nobody restarts the server.
class RestartUnderLoadTest {

    private static final Duration MOST = Duration.ofSeconds(10);
    private static final int CALLERS = 8;

    @TempDir
    private Path data;

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicLong lastError = new AtomicLong();
    private final AtomicInteger errors = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();

    @Test
    void errors_last_at_most_ten_seconds() throws Exception {
        try (var server = ServerProcess.serving(data);
                var callers = Executors.newFixedThreadPool(CALLERS)) {
            var base = server.address();
            var token = token(base);
            assertThat(post(base, token, "/api/v1/products", "{\"key\":\"LOAD\",\"name\":\"Under load\"}"))
                    .isEqualTo(201);
            var ending = new AtomicInteger();
            var running = new ArrayList<Future<Integer>>();
            for (var caller = 0; caller < CALLERS; caller++) {
                running.add(callers.submit(calling(base, token, ending)));
            }
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> done.get() > 100);
            var before = errors.get();
            assertThat(before).isZero();

            var killed = System.nanoTime();
            kill(Files.readAllLines(data.resolve("database/cluster/postmaster.pid"))
                    .getFirst());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> errors.get() > 0);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(120))
                    .until(() -> System.nanoTime() - lastError.get()
                            > Duration.ofSeconds(5).toNanos());
            ending.set(1);
            var acknowledged = 0;
            for (var one : running) {
                acknowledged += one.get();
            }

            var lasted = Duration.ofNanos(lastError.get() - killed);
            System.out.printf(
                    "The database was killed: %d errors, the last %d ms later; %d of %d requests acknowledged writes%n",
                    errors.get(), lasted.toMillis(), acknowledged, done.get());
            assertThat(lasted).isLessThanOrEqualTo(MOST);
            assertThat(count(base, token)).as("acknowledged and kept").isGreaterThanOrEqualTo(acknowledged);
            assertThat(ProcessHandle.of(server.pid())).as("never restarted").isPresent();
            server.stop();
        }
    }

    /// @return how many writes were acknowledged
    private Callable<Integer> calling(String base, String token, AtomicInteger ending) {
        return () -> {
            var acknowledged = 0;
            while (ending.get() == 0) {
                try {
                    var status = post(
                            base,
                            token,
                            "/api/v1/items",
                            "{\"type\":\"bug\",\"product\":\"LOAD\",\"title\":\"Written under load\",\"fields\":{\"severity\":\"low\"}}");
                    if (status == 201) {
                        acknowledged++;
                    } else if (status >= 500) {
                        failed();
                    } else {
                        throw new AssertionError("answered " + status);
                    }
                } catch (IOException e) {
                    failed();
                }
                done.incrementAndGet();
            }
            return acknowledged;
        };
    }

    private void failed() {
        lastError.set(System.nanoTime());
        errors.incrementAndGet();
    }

    private static void kill(String pid) {
        assertThat(ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow().destroyForcibly())
                .isTrue();
    }

    private long count(String base, String token) throws IOException, InterruptedException {
        var found = 0L;
        var cursor = "";
        do {
            var page = new JsonMapper().readTree(get(base, token, "/api/v1/items?q=product:LOAD&limit=200" + cursor));
            found += page.get("items").size();
            cursor = page.get("next").isNull()
                    ? ""
                    : "&cursor=" + java.net.URLEncoder.encode(page.get("next").asString(), StandardCharsets.UTF_8);
        } while (!cursor.isEmpty());
        return found;
    }

    private String token(String base) throws IOException, InterruptedException {
        var made = Cli.run("client", "create", "load", "--role", "support,administrator", "--data", data.toString());
        assertThat(made.status()).as(made.err()).isZero();
        var key = new JsonMapper().readTree(made.out());
        var basic = Base64.getEncoder()
                .encodeToString((key.get("client_id").asString() + ":"
                                + key.get("client_secret").asString())
                        .getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(URI.create(base + "/oauth2/token"))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new JsonMapper().readTree(answer.body()).get("access_token").asString();
    }

    private String get(String base, String token, String path) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(base + path))
                                .header("Authorization", "Bearer " + token)
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private int post(String base, String token, String path, String body) throws IOException, InterruptedException {
        return http.send(
                        HttpRequest.newBuilder(URI.create(base + path))
                                .header("Authorization", "Bearer " + token)
                                .header("Content-Type", "application/json")
                                .timeout(Duration.ofSeconds(30))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }
}
