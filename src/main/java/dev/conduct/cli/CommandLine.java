package dev.conduct.cli;

import dev.conduct.database.StartRefused;
import dev.conduct.kernel.Problem;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.web.server.PortInUseException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The commands of `./conduct`. Bad usage ends with 2 and says why and how; a failure ends with 1.
///
/// A new command is a class here, annotated with picocli's `@Command` and named in `subcommands` once it works. It
/// calls one public method of the module that does the work; what needs the database runs inside `Inside`.
@Command(
        name = "./conduct",
        description = "Runs a software company's standard operating procedure, and proves that it was followed.",
        mixinStandardHelpOptions = true,
        version = "Conduct 0.1.0",
        subcommands = {
            ServeCommand.class,
            ProcedureCommand.class,
            ImportCommand.class,
            UploadCommand.class,
            TrainCommand.class,
            RebuildCommand.class,
            VerifyCommand.class,
            LedgerCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            ClientCommand.class,
            KeysCommand.class,
            EraseCommand.class,
            RoleCommand.class
        },
        footer = {"", "Run by the launcher itself:", "  ./conduct test       everything the project checks"})
public final class CommandLine implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int BAD_USAGE = 2;

    private CommandLine() {}

    /// Without a command there is nothing to do.
    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Say which command to run.");
    }

    /// Runs one command to its end and returns the exit status.
    public static int run(String... arguments) {
        return new picocli.CommandLine(new CommandLine())
                .setParameterExceptionHandler(CommandLine::badUsage)
                .setExecutionExceptionHandler(CommandLine::failed)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static int badUsage(ParameterException bad, String[] arguments) {
        var command = bad.getCommandLine();
        var why = String.valueOf(bad.getMessage()).lines().findFirst().orElse("The command cannot be understood.");
        var how = bad instanceof UnmatchedArgumentException && command.getParent() == null
                ? "./conduct --help lists the commands."
                : command.getCommandSpec().qualifiedName() + " --help shows how it is used.";
        say(command.getErr(), why, how);
        return BAD_USAGE;
    }

    private static int failed(Exception failure, picocli.CommandLine command, ParseResult parsed) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PortInUseException taken) {
                say(
                        command.getErr(),
                        "Port " + taken.getPort()
                                + " is in use. Stop what listens there, or choose another with --port.");
                return FAILED;
            }
            if (cause instanceof StartRefused || cause instanceof Problem) {
                say(command.getErr(), String.valueOf(cause.getMessage()));
                return FAILED;
            }
        }
        LoggerFactory.getLogger(CommandLine.class).error("Unexpected failure", failure);
        say(command.getErr(), "Conduct met an error it does not know; the log above has the details.");
        return FAILED;
    }

    private static void say(PrintWriter words, String... lines) {
        for (var line : lines) {
            words.println(line);
        }
        words.flush();
    }
}
