package dev.conduct.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.conduct.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/// One command of `./conduct`, run to its end.
public record Cli(int status, String out, String err) {

    /// Here, in the process that runs tests: a process of its own takes four times as long, nearly all of it to load
    /// classes.
    public static Cli run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var levels = levels();
        var formerOut = System.out;
        var formerErr = System.err;
        try {
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            var status = CommandLine.run(arguments);
            return new Cli(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(formerOut);
            System.setErr(formerErr);
            // A command is quieter than the application whose tests go on after it.
            levels.forEach((logger, level) -> logs().getLogger(logger).setLevel(level));
        }
    }

    private static Map<String, Level> levels() {
        var levels = new HashMap<String, Level>();
        logs().getLoggerList().forEach(logger -> levels.put(logger.getName(), logger.getLevel()));
        return levels;
    }

    private static LoggerContext logs() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }

    /// In a process of its own, with these variables of the environment.
    public static Cli run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var stretches = environment.keySet().stream().anyMatch(name -> name.endsWith("_PASSPHRASE"));
        var out = Files.createTempFile("conduct-", ".out");
        var err = Files.createTempFile("conduct-", ".err");
        try {
            var builder = new ProcessBuilder(Children.command(List.of(arguments), stretches))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().remove("CONDUCT_DB_URL");
            builder.environment().putAll(environment);
            var process = builder.start();
            if (!process.waitFor(120, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(List.of(arguments) + " did not end: " + Files.readString(err));
            }
            return new Cli(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }
}
