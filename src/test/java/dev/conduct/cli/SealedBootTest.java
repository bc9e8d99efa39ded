package dev.conduct.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.Cli;
import dev.conduct.support.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server whose root key is under a passphrase answers nothing but its unsealing until somebody gives it; and the
/// recovery kit brings the keys back.
class SealedBootTest {

    private static final String PASSPHRASE = "the ferry leaves at ${noon} & ten";

    @TempDir
    private Path folder;

    @Test
    void a_sealed_server_opens_with_its_passphrase_alone() throws Exception {
        var data = folder.resolve("data");
        try (var server = ServerProcess.serving(data)) {
            server.stop();
        }
        var rotated = Cli.run("keys", "rotate", "all", "--data", data.toString());
        assertThat(rotated.status()).as(rotated.err()).isZero();
        assertThat(rotated.out()).contains("\"purpose\":\"secrets\"", "\"purpose\":\"files\"");
        var moved = Cli.run(
                Map.of("CONDUCT_ROOT_NEW_PASSPHRASE", PASSPHRASE),
                "keys",
                "root",
                "--to",
                "passphrase",
                "--data",
                data.toString());
        assertThat(moved.status()).as(moved.err()).isZero();
        assertThat(data.resolve("keys/root.key")).doesNotExist();
        kit(data);

        try (var server = ServerProcess.beginSealed(data)) {
            Awaitility.await().until(() -> server.words().contains("waits for its passphrase at "));
            var line = server.words().lines().findFirst().orElseThrow();
            var address = line.substring(line.indexOf("http://"), line.lastIndexOf('/'));

            assertThat(status(address + "/health/live")).isEqualTo(200);
            assertThat(status(address + "/health/ready")).isEqualTo(503);
            assertThat(status(address + "/sign-in")).isEqualTo(303);
            assertThat(status(address + "/api/v1/items")).isEqualTo(503);
            assertThat(status(address + "/unseal")).isEqualTo(200);
            assertThat(status(address + "/css/conduct.css")).isEqualTo(200);
            assertThat(status(address + "/css/../../root.sealed")).isNotEqualTo(200);
            var port = URI.create(address).getPort();
            var wrong = Cli.run(
                    Map.of("CONDUCT_ROOT_PASSPHRASE", "something else"),
                    "keys",
                    "unseal",
                    "--port",
                    String.valueOf(port));
            assertThat(wrong.status()).isEqualTo(1);
            assertThat(wrong.err()).contains("does not open");
            var right = Cli.run(
                    Map.of("CONDUCT_ROOT_PASSPHRASE", PASSPHRASE), "keys", "unseal", "--port", String.valueOf(port));
            assertThat(right.status()).as(right.err()).isZero();
            Awaitility.await()
                    .atMost(java.time.Duration.ofSeconds(90))
                    .until(() -> server.words().contains("Conduct is ready at "));
            assertThat(status(server.address() + "/health/ready")).isEqualTo(200);
            var status =
                    Cli.run(Map.of("CONDUCT_ROOT_PASSPHRASE", PASSPHRASE), "keys", "status", "--data", data.toString());
            assertThat(status.out()).as(status.err()).contains("\"provider\":\"passphrase\"", "\"state\":\"writes\"");
            server.stop();
        }
    }

    private void kit(Path data) throws Exception {
        var secret = folder.resolve("recovery.key");
        var kit = folder.resolve("kit.txt");
        assertThat(Cli.run("backup", "--new-key", secret.toString(), "--data", data.toString())
                        .status())
                .isZero();
        var made = Cli.run("keys", "recovery-kit", kit.toString(), "--data", data.toString());
        assertThat(made.status()).as(made.err()).isZero();
        assertThat(Files.readString(kit)).doesNotContain("conduct-root-sealed");

        var back = folder.resolve("back");
        var restored =
                Cli.run("keys", "restore-kit", kit.toString(), "--key", secret.toString(), "--data", back.toString());

        assertThat(restored.status()).as(restored.err()).isZero();
        for (var name : new String[] {"root.sealed", "ledger-log.key", "ledger-mac.key"}) {
            assertThat(back.resolve("keys").resolve(name))
                    .hasSameBinaryContentAs(data.resolve("keys").resolve(name));
        }
    }

    private static int status(String address) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
