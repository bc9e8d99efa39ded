package dev.conduct.cli;

import dev.conduct.identity.Actor;
import dev.conduct.work.Projections;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `./conduct rebuild`: the tables that screens read against the ledger.
@Command(
        name = "rebuild",
        description = "Makes the tables that screens read anew from the ledger and mends those that differ.",
        mixinStandardHelpOptions = true)
final class RebuildCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--check", description = "Only compares: names the first row that differs and ends with 1.")
    private boolean check;

    @Override
    public Integer call() {
        return Inside.the(data.settings(), context -> {
            var projections = context.getBean(Projections.class);
            return check ? checked(projections) : rebuilt(projections);
        });
    }

    private int checked(Projections projections) {
        var difference = projections.check();
        if (difference.isEmpty()) {
            say("Every row is what the ledger says.");
            print(Map.of("equal", true));
            return CommandLine.DONE;
        }
        var first = difference.get();
        say(first.table() + " " + first.key() + ": " + String.join("; ", first.says()));
        print(Map.of("equal", false, "first", first));
        return CommandLine.FAILED;
    }

    private int rebuilt(Projections projections) {
        var mended = projections.rebuild(new Actor("system:cli", "Command line", Set.of(), "cli"));
        say(
                mended.isEmpty()
                        ? "Every row is what the ledger says; nothing was changed."
                        : "Mended; the ledger has it.");
        print(Map.of("mended", mended));
        return CommandLine.DONE;
    }

    private void say(String line) {
        flushed(words().getErr(), line);
    }

    private void print(Object value) {
        flushed(words().getOut(), new JsonMapper().writeValueAsString(value));
    }

    private static void flushed(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }

    private picocli.CommandLine words() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
