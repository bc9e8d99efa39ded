package dev.conduct.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpServer;
import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Outbound;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The root key in a token and in a key service: it wraps and unwraps, at one place alone, and never comes out.
@ConductTest(properties = {"test.alone=RootKeys", "conduct.outbound.allow=127.0.0.1", "conduct.scheduling=false"})
class RootProvidersTest {

    private static final Path LIBRARY = Path.of("/usr/lib/softhsm/libsofthsm2.so");
    private static final byte[] PLAIN = "a keyset".getBytes(StandardCharsets.UTF_8);
    private static final byte[] HERE = "here".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ELSEWHERE = "elsewhere".getBytes(StandardCharsets.UTF_8);

    private final Outbound outbound;

    @TempDir
    private Path folder;

    RootProvidersTest(Outbound outbound) {
        this.outbound = outbound;
    }

    @Test
    void a_key_in_a_pkcs11_token_wraps_and_stays_there() throws Exception {
        assumeThat(LIBRARY).as("SoftHSM (Debian: apt-get install softhsm2)").exists();
        var token = folder;
        // SoftHSM reads where its tokens are from the environment: a process of its own makes and uses one.
        Files.createDirectories(token.resolve("tokens"));
        Files.writeString(token.resolve("softhsm2.conf"), "directories.tokendir = " + token.resolve("tokens") + "\n");
        run(
                token,
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "conduct",
                "--so-pin",
                "5678",
                "--pin",
                "1234");
        var config = Files.writeString(token.resolve("pkcs11.cfg"), """
                name = Conduct
                library = %s
                slotListIndex = 0
                attributes(*, CKO_SECRET_KEY, *) = {
                  CKA_SENSITIVE = true
                  CKA_EXTRACTABLE = false
                }
                """.formatted(LIBRARY));

        var first = inProcess(token, config, "wrap", "");
        var second = inProcess(token, config, "unwrap", first);

        assertThat(second).isEqualTo("a keyset");
        assertThat(inProcess(token, config, "elsewhere", first)).isEqualTo("refused");
        // Of another label in the same token, as after a move.
        assertThat(inProcess(token, config, "another", first)).isEqualTo("refused, and wraps itself");
    }

    @Test
    void a_key_service_wraps_at_one_place_alone() throws Exception {
        var server = KeyService.with("conduct");
        try {
            var root = RootService.open(settings(server, KeyService.TOKEN), outbound);

            var wrapped = root.aead().encrypt(PLAIN, HERE);

            assertThat(root.aead().decrypt(wrapped, HERE)).isEqualTo(PLAIN);
            assertThatThrownBy(() -> root.aead().decrypt(wrapped, ELSEWHERE))
                    .isInstanceOf(GeneralSecurityException.class)
                    .hasMessageContaining("400");
            var stranger = RootService.open(settings(server, "another"), outbound);
            assertThatThrownBy(() -> stranger.aead().decrypt(wrapped, HERE)).hasMessageContaining("401");
        } finally {
            server.stop(0);
        }
        var gone = RootService.open(settings(server, KeyService.TOKEN), outbound);
        assertThatThrownBy(() -> gone.aead().decrypt(PLAIN, HERE))
                .isInstanceOf(StartRefused.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void keys_travel_over_https_only() {
        var settings = new KeySettings.Http(URI.create("http://kms.example.org"), "conduct", "token");

        assertThatThrownBy(() -> RootService.open(settings, outbound)).hasMessageContaining("https only");
    }

    private static KeySettings.Http settings(HttpServer server, String token) {
        return new KeySettings.Http(KeyService.url(server), "conduct", token);
    }

    private static String inProcess(Path token, Path config, String act, String value)
            throws IOException, InterruptedException {
        return run(
                token,
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                TokenProcess.class.getName(),
                config.toString(),
                act,
                value);
    }

    private static String run(Path token, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command);
        builder.environment()
                .put("SOFTHSM2_CONF", token.resolve("softhsm2.conf").toString());
        var errors = Files.createTempFile("softhsm", ".err");
        var process = builder.redirectError(errors.toFile()).start();
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
        Files.delete(errors);
        return out.strip();
    }
}
