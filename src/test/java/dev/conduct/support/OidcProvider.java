package dev.conduct.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A certified OpenID Connect provider in a process of its own (`oidc-provider` for Node). It is fetched from npm on
/// first use; where there is no Node, or no registry, the test is skipped and says so.
public final class OidcProvider implements AutoCloseable {

    private static final String PACKAGE = "oidc-provider@9.13.3";
    private static final Path HOME = Path.of("target/oidc-provider").toAbsolutePath();

    private final Process process;
    private final String issuer;

    private OidcProvider(Process process, String issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /// @param callback to which it sends people back
    public static OidcProvider start(String callback) throws IOException, InterruptedException {
        fetch();
        Files.copy(
                Path.of("src/test/resources/oidc-provider.mjs"),
                HOME.resolve("provider.mjs"),
                StandardCopyOption.REPLACE_EXISTING);
        var process = new ProcessBuilder("node", "provider.mjs", callback)
                .directory(HOME.toFile())
                .redirectError(HOME.resolve("errors.log").toFile())
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("listening ")) {
                return new OidcProvider(process, line.substring("listening ".length()));
            }
        }
        throw new IOException("the provider ended: " + Files.readString(HOME.resolve("errors.log")));
    }

    public String issuer() {
        return issuer;
    }

    private static void fetch() throws IOException, InterruptedException {
        if (Files.isDirectory(HOME.resolve("node_modules/oidc-provider"))) {
            return;
        }
        Files.createDirectories(HOME);
        Files.writeString(HOME.resolve("package.json"), "{\"private\": true, \"type\": \"module\"}");
        Assumptions.assumeTrue(
                ran(List.of("npm", "install", "--no-audit", "--no-fund", "--silent", PACKAGE)),
                "no OpenID Connect provider: Node or the npm registry cannot be reached");
    }

    private static boolean ran(List<String> command) throws InterruptedException {
        try {
            var process = new ProcessBuilder(command)
                    .directory(HOME.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(HOME.resolve("npm.log").toFile())
                    .start();
            return process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
