package dev.conduct.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A server in a process of its own, to be killed in every way.
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final Process process;
    private final Path words;
    private final Path errors;

    private ServerProcess(Process process, Path words, Path errors) {
        this.process = process;
        this.words = words;
        this.errors = errors;
    }

    /// Begins to start one on a free port and returns at once.
    public static ServerProcess begin(Path data, String... more) throws IOException {
        return begin(data, Map.of(), false, more);
    }

    /// The same, of one whose root key lies under a passphrase.
    public static ServerProcess beginSealed(Path data) throws IOException {
        return begin(data, Map.of(), true);
    }

    private static ServerProcess begin(Path data, Map<String, String> environment, boolean stretches, String... more)
            throws IOException {
        var words = Files.createTempFile("conduct-", ".out");
        var errors = Files.createTempFile("conduct-", ".err");
        var arguments = new ArrayList<>(List.of("serve", "--port=0", "--data=" + data));
        arguments.addAll(List.of(more));
        var builder = new ProcessBuilder(Children.command(arguments, stretches))
                .redirectOutput(words.toFile())
                .redirectError(errors.toFile());
        builder.environment().remove("CONDUCT_DB_URL");
        builder.environment().putAll(environment);
        return new ServerProcess(builder.start(), words, errors);
    }

    public static ServerProcess serving(Path data, String... more) throws IOException {
        return serving(data, Map.of(), more);
    }

    public static ServerProcess serving(Path data, Map<String, String> environment, String... more) throws IOException {
        var server = begin(data, environment, false, more);
        Awaitility.await("the server says that it is ready")
                .atMost(PATIENCE)
                .failFast("it ended before it was ready", () -> !server.process.isAlive())
                .until(() -> server.words().contains("Conduct is ready at "));
        return server;
    }

    public long pid() {
        return process.pid();
    }

    public String address() throws IOException {
        return words().lines()
                .filter(line -> line.startsWith("Conduct is ready at "))
                .findFirst()
                .orElseThrow()
                .substring("Conduct is ready at ".length());
    }

    public String words() throws IOException {
        return Files.readString(words);
    }

    public String errors() throws IOException {
        return Files.readString(errors);
    }

    /// As `kill -9` does.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Asks it to stop (SIGTERM).
    public int stop() throws InterruptedException {
        process.destroy();
        return status();
    }

    public int status() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the server did not end");
        }
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(words);
        Files.deleteIfExists(errors);
    }
}
