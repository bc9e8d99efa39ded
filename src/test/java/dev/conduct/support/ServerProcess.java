package dev.conduct.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/// A server in a process of its own, to be killed in every way.
public final class ServerProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process process;
    private final Path words;
    private final Path errors;

    private ServerProcess(Process process, Path words, Path errors) {
        this.process = process;
        this.words = words;
        this.errors = errors;
    }

    /// Begins to start one on a free port and returns at once.
    public static ServerProcess begin(Path data) throws IOException {
        var words = Files.createTempFile("conduct-", ".out");
        var errors = Files.createTempFile("conduct-", ".err");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.conduct.ConductApplication",
                        "serve",
                        "--port=0",
                        "--data=" + data)
                .redirectOutput(words.toFile())
                .redirectError(errors.toFile());
        builder.environment().remove("CONDUCT_DB_URL");
        return new ServerProcess(builder.start(), words, errors);
    }

    public static ServerProcess serving(Path data) throws IOException {
        var server = begin(data);
        Awaitility.await("the server says that it is ready")
                .atMost(PATIENCE)
                .failFast("it ended before it was ready", () -> !server.process.isAlive())
                .until(() -> server.words().contains("Conduct is ready at "));
        return server;
    }

    public long pid() {
        return process.pid();
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
