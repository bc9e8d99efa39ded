package dev.conduct.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// Writers write while server and database are killed, again and again; they repeat what was not answered under the
/// same key. `-Dkill.rounds=300` for a long run; every `kill.server`th round (10th, and the last) kills the server,
/// the others PostgreSQL.
class KillRoundsTest {

    private static final int ROUNDS = Integer.getInteger("kill.rounds", 20);
    private static final int SERVER_EVERY = Integer.getInteger("kill.server", 10);
    private static final int WRITERS = 16;

    // Sixteen without a breath take both cores from all other tests and show nothing more.
    private static final Duration TAKEN = Duration.ofMillis(20);
    private static final Duration REFUSED = Duration.ofMillis(200);

    @TempDir
    private Path data;

    private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile String address = "";
    private volatile String token = "";
    private volatile boolean ending;

    @Test
    void nothing_acknowledged_is_lost_or_doubled() throws Exception {
        var random = new SplittableRandom(8);
        var server = ServerProcess.serving(data);
        try (var writers = Executors.newFixedThreadPool(WRITERS)) {
            address = server.address();
            signIn();
            assertThat(post("/api/v1/products", "{\"key\":\"KR\",\"name\":\"Killed\"}", "product")
                            .statusCode())
                    .isEqualTo(201);
            var running = begin(writers);
            try {
                for (var round = 1; round <= ROUNDS; round++) {
                    LockSupport.parkNanos(
                            Duration.ofMillis(random.nextInt(100, 700)).toNanos());
                    if (round % SERVER_EVERY == 0 || round == ROUNDS) {
                        server.kill();
                        if (round % 2 == 0) {
                            files().running().ifPresent(ProcessHandle::destroyForcibly);
                        }
                        server.close();
                        server = ServerProcess.serving(data);
                        address = server.address();
                    } else {
                        files().running().ifPresent(ProcessHandle::destroyForcibly);
                    }
                    progress();
                }
            } finally {
                // A round that failed would otherwise leave the writers, and with them the test, running for ever.
                ending = true;
            }
            for (var writer : running) {
                writer.get();
            }
            assertThat(stored()).isEqualTo((long) acknowledged.size());
            assertThat(acknowledged.values()).doesNotHaveDuplicates();
            server.stop();
        } finally {
            ending = true;
            server.close();
        }
        var verified = Cli.run("verify", "--data", data.toString());
        System.out.printf(Locale.ROOT, "%d rounds, %d acknowledged, %s", ROUNDS, acknowledged.size(), verified.out());
        assertThat(verified.status()).as(verified.err()).isZero();
    }

    private List<Future<?>> begin(ExecutorService writers) {
        var running = new ArrayList<Future<?>>();
        for (var writer = 0; writer < WRITERS; writer++) {
            running.add(writers.submit(this::write));
        }
        return running;
    }

    /// Until something new is acknowledged.
    private void progress() {
        var before = acknowledged.size();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> acknowledged.size() > before);
    }

    private Void write() throws InterruptedException {
        while (!ending) {
            var name = UUID.randomUUID().toString();
            var body = "{\"type\":\"bug\",\"product\":\"KR\",\"title\":\"" + name + "\",\"description\":\"x\","
                    + "\"fields\":{\"severity\":\"low\"}}";
            while (!created(name, body)) {
                LockSupport.parkNanos(REFUSED.toNanos());
            }
            LockSupport.parkNanos(TAKEN.toNanos());
        }
        return null;
    }

    private boolean created(String name, String body) throws InterruptedException {
        try {
            var answer = post("/api/v1/items", body, name);
            if (answer.statusCode() == 201 || answer.statusCode() == 200) {
                acknowledged.put(
                        name,
                        JsonMapper.shared().readTree(answer.body()).get("key").asString());
                return true;
            }
            assertThat(answer.statusCode()).as(answer.body()).isIn(409, 429, 500, 502, 503);
            return false;
        } catch (IOException killed) {
            return false;
        }
    }

    private HttpResponse<String> post(String path, String body, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private void signIn() throws IOException, InterruptedException {
        var made = Cli.run("client", "create", "load", "--role", "administrator,support", "--data", data.toString());
        var client = JsonMapper.shared().readTree(made.out());
        var request = HttpRequest.newBuilder(URI.create(address + "/oauth2/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id="
                        + client.get("client_id").asString() + "&client_secret="
                        + client.get("client_secret").asString()));
        var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        token = JsonMapper.shared().readTree(answer.body()).get("access_token").asString();
    }

    private long stored() throws SQLException, IOException {
        try (var connection = files().access().dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "select count(*) from work.item where product = 'KR' and title ~ '^[0-9a-f-]{36}$'")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private PostgresFiles files() {
        return new PostgresFiles(data.toAbsolutePath().resolve("database"));
    }
}
