package dev.conduct.support;

import dev.conduct.cli.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.core.env.Environment;

/// `./conduct …` beside the running server of a test, on its database and with its keys.
public final class Command {

    private static final List<String> WAY_TO_THE_SERVER = List.of(
            "conduct.data",
            "conduct.db.url",
            "conduct.db.user",
            "conduct.db.password",
            "conduct.db.app.user",
            "conduct.db.app.password");

    private Command() {}

    public record Ran(int status, String out, String err) {}

    public static Ran conduct(Environment server, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var before = List.of(System.out, System.err);
        try {
            WAY_TO_THE_SERVER.forEach(name -> {
                var value = server.getProperty(name);
                if (value != null) {
                    System.setProperty(name, value);
                }
            });
            System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
            var status = CommandLine.run(arguments);
            return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before.getFirst());
            System.setErr(before.getLast());
            WAY_TO_THE_SERVER.forEach(System::clearProperty);
        }
    }
}
