package dev.conduct.database;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs one of PostgreSQL's programs to its end. PostgreSQL refuses to run as root; where Conduct itself is root, it
/// gets a user namespace of its own, in which it is nobody.
final class Program {

    /// @param words what it printed, both streams
    record Outcome(int status, String words) {}

    private final List<String> prefix;

    private Program(List<String> prefix) {
        this.prefix = prefix;
    }

    static Program runner() throws IOException {
        var windows = System.getProperty("os.name").startsWith("Windows");
        if (windows || new UnixSystem().getUid() != 0) {
            return new Program(List.of());
        }
        var unprivileged = new Program(List.of("unshare", "--user"));
        if (unprivileged.run(Duration.ofSeconds(10), "true").status() != 0) {
            throw new StartRefused("PostgreSQL does not run as root, and this machine allows no user namespaces to run"
                    + " it as nobody. Start Conduct as an ordinary user (useradd --create-home conduct), or set"
                    + " CONDUCT_DB_URL to a PostgreSQL 15 or newer.");
        }
        return unprivileged;
    }

    Outcome run(Duration atMost, String... command) throws IOException {
        var words = new ArrayList<>(prefix);
        words.addAll(List.of(command));
        // A daemon started by the program keeps its streams open: a file can be read without waiting for its end.
        var output = Files.createTempFile("conduct-", ".out");
        try {
            return new Outcome(status(words, output, atMost), Files.readString(output));
        } finally {
            Files.delete(output);
        }
    }

    private static int status(List<String> words, Path output, Duration atMost) throws IOException {
        var builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.PIPE);
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            throw new IOException("interrupted while waiting for " + words, interrupted);
        }
    }
}
