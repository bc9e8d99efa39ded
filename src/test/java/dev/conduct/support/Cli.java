package dev.conduct.support;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One command of `./conduct` in a process of its own, run to its end.
public record Cli(int status, String out, String err) {

    public static Cli run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    public static Cli run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var out = Files.createTempFile("conduct-", ".out");
        var err = Files.createTempFile("conduct-", ".err");
        try {
            var builder = new ProcessBuilder(command(List.of(arguments)))
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

    static List<String> command(List<String> arguments) {
        var command = new ArrayList<>(Children.command());
        command.addAll(arguments);
        return command;
    }
}
