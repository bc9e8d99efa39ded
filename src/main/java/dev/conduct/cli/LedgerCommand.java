package dev.conduct.cli;

import dev.conduct.ledger.BeginAnew;
import dev.conduct.ledger.LedgerMeasure;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// What is done to the ledger itself, by whoever runs the server.
@Command(
        name = "ledger",
        description = "Looks after the ledger itself.",
        mixinStandardHelpOptions = true,
        subcommands = {LedgerCommand.Anew.class, LedgerCommand.Measure.class})
final class LedgerCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                Objects.requireNonNull(spec).commandLine(),
                "Say what to do with the ledger: ledger begin-anew --reason TEXT.");
    }

    /// The way out of LEDGER_ROLLBACK where no newer database is left.
    @Command(
            name = "begin-anew",
            description =
                    "After a rollback that nothing can undo: begins a new log, with a new key and origin, over the"
                            + " events that are still there. Its first entry carries the old checkpoint and the reason; the old"
                            + " key and checkpoints are put aside. No server may serve the folder or its database.",
            mixinStandardHelpOptions = true)
    static final class Anew implements Callable<Integer> {

        private static final int LONGEST = 2_000;

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private DataOption data = new DataOption();

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description = "What happened. It is recorded and shown by verify, for ever.")
        private String reason = "";

        @Option(names = "--yes", description = "Does not ask.")
        private boolean yes;

        @Option(
                names = "--even-if-it-continues",
                description = "Also when the database continues what was signed here; a witness knows of more.")
        private boolean evenIfItContinues;

        @Override
        public Integer call() {
            if (reason.isBlank() || reason.length() > LONGEST) {
                throw usage("--reason says in words what happened, in at most " + LONGEST + " characters.");
            }
            if (!yes && !agreed()) {
                say("Nothing was changed.");
                return CommandLine.FAILED;
            }
            var settings = data.settings();
            // Not beside a running server.
            settings.put("conduct.guest", false);
            settings.put("conduct.ledger.begins-anew", true);
            return Inside.the(settings, this::begun);
        }

        private int begun(ApplicationContext context) {
            try {
                var begun = context.getBean(BeginAnew.class)
                        .begin(reason.strip(), System.getProperty("user.name", ""), evenIfItContinues);
                var answer = new LinkedHashMap<String, Object>();
                answer.put("key", begun.key());
                answer.put("entries", begun.entries());
                answer.put("aside", begun.aside().stream().map(Path::toString).toList());
                words().getOut().println(new JsonMapper().writeValueAsString(answer));
                words().getOut().flush();
                say(String.format(
                        Locale.ROOT,
                        "The log began anew with %d entries. Give its verifier key to everybody who checks or witnesses"
                                + " it, then: ./conduct verify, ./conduct rebuild --check, ./conduct serve.",
                        begun.entries()));
                return CommandLine.DONE;
            } catch (IOException | SQLException e) {
                say("It could not be done, or not to its end: " + e.getMessage() + ". Run it again; no server starts on"
                        + " a log that is half begun.");
                return CommandLine.FAILED;
            }
        }

        private boolean agreed() {
            var console = System.console();
            if (console == null || !console.isTerminal()) {
                throw usage("Nobody is here to be asked. Say --yes to begin a new log.");
            }
            var answer = console.readLine(
                    "A new log begins, and everybody who checks the old one will see that it ended. First look for a"
                            + " newer copy of the database: what it holds is lost for good otherwise. Type yes to go"
                            + " on: ");
            return "yes".equalsIgnoreCase(String.valueOf(answer).strip());
        }

        private ParameterException usage(String says) {
            return new ParameterException(words(), says);
        }

        private void say(String line) {
            words().getErr().println(line);
            words().getErr().flush();
        }

        private picocli.CommandLine words() {
            return Objects.requireNonNull(spec).commandLine();
        }
    }

    /// For `./conduct bench`.
    @Command(
            name = "measure",
            hidden = true,
            description = "Measures the ledger on this machine, in a folder that nobody uses.",
            mixinStandardHelpOptions = true)
    static final class Measure implements Callable<Integer> {

        @Spec
        private @Nullable CommandSpec spec;

        @Mixin
        private DataOption data = new DataOption();

        @Option(names = "--seconds", paramLabel = "N", description = "For each number of writers (default: 5).")
        private int seconds = 5;

        @Option(names = "--entries", paramLabel = "N", description = "That are checked at the end (default: 1000000).")
        private long entries = 1_000_000;

        @Override
        public Integer call() {
            var settings = data.settings();
            settings.put("conduct.guest", false);
            return Inside.the(settings, this::measured);
        }

        private int measured(ApplicationContext context) {
            var words = Objects.requireNonNull(spec).commandLine();
            try {
                context.getBean(LedgerMeasure.class).run(Duration.ofSeconds(seconds), entries, line -> {
                    words.getOut().println(line);
                    words.getOut().flush();
                });
                return CommandLine.DONE;
            } catch (Exception e) {
                words.getErr().println("The ledger could not be measured: " + e.getMessage());
                words.getErr().flush();
                return CommandLine.FAILED;
            }
        }
    }
}
