package dev.conduct.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From outside: a company loses its database, has only an older copy of it, and goes on. Takes half a minute, for the
/// server starts as often as it does then.
class BegunAnewTest {

    private static final String EMAIL = "hana@brindlemoor.example";
    private static final String REASON = "The disk of the database died; the copy of Sunday is all there is.";

    @TempDir
    private Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private Path data = Path.of("");
    private String address = "";
    private JsonNode client = JsonMapper.shared().createObjectNode();
    private Visitor.Enrolled hana = new Visitor.Enrolled("", List.of());

    @Test
    void an_older_database_is_found_named_and_gone_on_with() throws Exception {
        data = folder.resolve("data");
        var bundle = folder.resolve("old.zip");
        serving(server -> {
            settle(server);
            assertThat(report("Before the copy")).isEqualTo("BA-1");
            Awaitility.await().until(() -> bundle(bundle) == 200);
        });
        copy(data.resolve("database"), folder.resolve("copy"));
        serving(server -> assertThat(report("After the copy")).isEqualTo("BA-2"));
        Files.move(data.resolve("database"), folder.resolve("lost"));
        copy(folder.resolve("copy"), data.resolve("database"));
        var oldKey = Files.readString(data.resolve("keys/ledger-log.pub")).strip();
        var files = folder.resolve("files");
        copy(data.resolve("keys"), files.resolve("keys"));
        copy(data.resolve("checkpoints"), files.resolve("checkpoints"));

        serving(this::says_what_is_wrong_and_what_to_do);

        assertThat(conduct("verify", "--data", data).err()).contains("the end was cut off");
        assertThat(conduct("ledger", "begin-anew", "--data", data, "--reason", REASON)
                        .status())
                .isEqualTo(2);
        begins_anew(oldKey);
        goes_on_where_it_was_interrupted(files);
        serving(server -> works_again(oldKey, bundle));
    }

    private void says_what_is_wrong_and_what_to_do(ServerProcess server) throws Exception {
        assertThat(server.errors()).contains("LEDGER_ROLLBACK", "./conduct ledger begin-anew");
        var refused = token();
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("./conduct ledger begin-anew");
        var page = visitor().password(EMAIL, Visitor.PASSWORD);
        assertThat(page.statusCode()).isEqualTo(503);
        assertThat(page.body()).contains("./conduct ledger begin-anew");

        var beside = conduct("ledger", "begin-anew", "--data", data, "--reason", REASON, "--yes");
        assertThat(beside.status()).isEqualTo(1);
        assertThat(beside.err()).contains("is in use by process " + server.pid());
    }

    private void begins_anew(String oldKey) throws Exception {
        var begun = conduct("ledger", "begin-anew", "--data", data, "--reason", REASON, "--yes");
        assertThat(begun.status()).as(begun.err()).isZero();
        assertThat(Files.readString(data.resolve("keys/ledger-log.pub")).strip())
                .isNotEqualTo(oldKey)
                .isEqualTo(JsonMapper.shared().readTree(begun.out()).get("key").asString());
        for (var aside : JsonMapper.shared().readTree(begun.out()).get("aside")) {
            assertThat(Path.of(aside.asString())).isNotEmptyFile();
        }
        assertThat(data.resolve("keys")).isDirectoryContaining("glob:**ledger-log.key.2*");
        assertThat(data.resolve("checkpoints")).isDirectoryContaining("glob:**checkpoints.log.2*");
        saysThatItBeganAnew(conduct("verify", "--data", data), oldKey);

        var again = conduct("ledger", "begin-anew", "--data", data, "--reason", REASON, "--yes");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("there is no need to begin anew");
    }

    /// As a power failure leaves it after the database was changed: the old key gone from its place, the new one not
    /// yet there, the old checkpoints still there.
    private void goes_on_where_it_was_interrupted(Path files) throws Exception {
        var log = data.resolve("keys/ledger-log.key");
        var newKey = Files.readString(log);
        Files.move(log, data.resolve("keys/ledger-log.key.next"));
        Files.delete(data.resolve("checkpoints/checkpoints.log"));
        Files.copy(files.resolve("checkpoints/checkpoints.log"), data.resolve("checkpoints/checkpoints.log"));
        try (var server = ServerProcess.begin(data)) {
            assertThat(server.status()).isEqualTo(1);
            assertThat(server.errors()).contains("was interrupted");
        }

        var begun = conduct("ledger", "begin-anew", "--data", data, "--reason", REASON, "--yes");

        assertThat(begun.status()).as(begun.err()).isZero();
        assertThat(log).hasContent(newKey);
    }

    private void works_again(String oldKey, Path bundle) throws Exception {
        var visitor = visitor();
        visitor.password(EMAIL, Visitor.PASSWORD);
        visitor.recovery(hana.recoveryCodes().getFirst());
        assertThat(visitor.signedIn()).isTrue();
        assertThat(report("Told again")).isEqualTo("BA-2");
        saysThatItBeganAnew(conduct("verify", "--data", data), oldKey);

        var newKey = Files.readString(data.resolve("keys/ledger-log.pub")).strip();
        var whole = folder.resolve("new.zip");
        assertThat(bundle(whole)).isEqualTo(200);
        assertThat(conduct("verify", whole, "--key", newKey).out()).contains("\"began_anew\":[{");
        assertThat(conduct("verify", whole, "--key", oldKey).status()).isEqualTo(1);
        assertThat(conduct("verify", bundle, "--key", oldKey).status()).isZero();

        execute("alter table ledger.event disable trigger user");
        execute(
                "update ledger.event set entry = convert_to(replace(convert_from(entry, 'UTF8'), 'BA-1', 'BA-7'), 'UTF8')"
                        + " where action = 'item.report' and object = 'item:BA-1'");
        var tampered = conduct("verify", "--data", data);
        assertThat(tampered.status()).isEqualTo(1);
        assertThat(tampered.out()).contains("was changed after it was recorded");
    }

    private static void saysThatItBeganAnew(Cli verified, String oldKey) {
        assertThat(verified.status()).as(verified.err()).isZero();
        assertThat(verified.err())
                .contains("This log began anew at ")
                .contains(" after " + oldKey.substring(0, oldKey.indexOf('+')) + ", whose last checkpoint was over ")
                .contains("reason: " + REASON);
        var began = JsonMapper.shared().readTree(verified.out()).get("began_anew");
        assertThat(began).hasSize(1);
        assertThat(began.get(0).get("fits").asLong())
                .isPositive()
                .isEqualTo(began.get(0).get("kept").asLong())
                .isLessThan(began.get(0).get("former_size").asLong());
    }

    private interface Work {
        void with(ServerProcess server) throws Exception;
    }

    private void serving(Work work) throws Exception {
        try (var server = ServerProcess.serving(data)) {
            address = server.address();
            work.with(server);
            server.stop();
        }
    }

    private void settle(ServerProcess server) throws Exception {
        Awaitility.await().until(() -> server.words().contains("/setup?token="));
        var link = server.words()
                .lines()
                .filter(line -> line.contains("/setup?token="))
                .map(line -> line.substring(line.indexOf("http://")))
                .findFirst()
                .orElseThrow();
        var visitor = visitor();
        visitor.setUp(link, EMAIL);
        hana = visitor.enrol(InstantSource.system().instant());
        var made = conduct("client", "create", "load", "--role", "administrator,support", "--data", data);
        client = JsonMapper.shared().readTree(made.out());
        assertThat(post("/api/v1/products", "{\"key\":\"BA\",\"name\":\"Begun\"}")
                        .statusCode())
                .isEqualTo(201);
    }

    private Visitor visitor() {
        return new Visitor(URI.create(address).getPort());
    }

    private HttpResponse<String> token() throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address + "/oauth2/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id="
                                + client.get("client_id").asString() + "&client_secret="
                                + client.get("client_secret").asString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder authorized(String path) throws IOException, InterruptedException {
        var token =
                JsonMapper.shared().readTree(token().body()).get("access_token").asString();
        return HttpRequest.newBuilder(URI.create(address + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = authorized(path)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(body));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private String report(String title) throws IOException, InterruptedException {
        var answer = post(
                "/api/v1/items",
                "{\"type\":\"bug\",\"product\":\"BA\",\"title\":\"" + title + "\",\"description\":\"x\","
                        + "\"fields\":{\"severity\":\"low\"}}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JsonMapper.shared().readTree(answer.body()).get("key").asString();
    }

    private int bundle(Path to) throws IOException, InterruptedException {
        return http.send(authorized("/api/v1/ledger/bundle").GET().build(), HttpResponse.BodyHandlers.ofFile(to))
                .statusCode();
    }

    private void execute(String sql) throws Exception {
        var database = data.resolve("database");
        var url = "jdbc:postgresql://127.0.0.1:"
                + Files.readString(database.resolve("port")).strip() + "/conduct";
        var password = Files.readString(database.resolve("owner.password")).strip();
        try (var connection = DriverManager.getConnection(url, "conduct", password);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.toAbsolutePath().getParent());
        try (var paths = Files.walk(from)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static Cli conduct(Object... arguments) throws IOException, InterruptedException {
        return Cli.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }
}
