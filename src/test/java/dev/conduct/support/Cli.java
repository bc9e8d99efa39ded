package dev.conduct.support;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One command of `./conduct` outside the test's own process, run to its end.
public record Cli(int status, String out, String err) {

    private static final long PATIENCE_IN_SECONDS = 120;

    public static Cli run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /// With more in its environment.
    public static Cli run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var out = Files.createTempFile("conduct-", ".out");
        var err = Files.createTempFile("conduct-", ".err");
        try {
            var status = CommandWorker.run(environment, List.of(arguments), out, err, PATIENCE_IN_SECONDS);
            return new Cli(status, Files.readString(out), Files.readString(err));
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
