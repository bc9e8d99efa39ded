package dev.conduct.cli;

import dev.conduct.identity.Actor;
import dev.conduct.importer.ImportFormat;
import dev.conduct.importer.Imports;
import dev.conduct.importer.LossAccount;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Brings history along and prints the loss account as JSON. Works beside a running server.
@Command(
        name = "import",
        description = "Brings issues and event logs of other systems along; prints the loss account as JSON.",
        mixinStandardHelpOptions = true)
final class ImportCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(index = "0", paramLabel = "FORMAT", description = "jira, bugzilla, github, csv, events-csv or xes.")
    private String format = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "FILE", description = "The files, read in this order.")
    private List<Path> files = List.of();

    @Option(names = "--product", required = true, paramLabel = "KEY", description = "The product they come under.")
    private String product = "";

    @Option(names = "--mapping", paramLabel = "FILE", description = "YAML that says what columns and words mean here.")
    private @Nullable Path mapping;

    @Option(names = "--dry-run", description = "Print the account a run would give, and change nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        var order = order();
        return Inside.the(data.settings(), context -> {
            var imports = context.getBean(Imports.class);
            var actor = new Actor("system:cli", "Command line", Set.of(), "import");
            try {
                print(dryRun ? imports.rehearse(order, actor) : imports.run(order, actor));
                return CommandLine.DONE;
            } catch (Problem problem) {
                tell(problem);
                return CommandLine.FAILED;
            }
        });
    }

    private Imports.Order order() {
        for (var file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw usage(file + " is not a file that can be read.");
            }
        }
        try {
            return new Imports.Order(
                    ImportFormat.of(format),
                    product,
                    files.stream()
                            .map(file -> new Imports.Source(file.toString(), file))
                            .toList(),
                    mapping == null
                            ? List.of()
                            : List.of(new Imports.Overlay(mapping.toString(), Files.readString(mapping))));
        } catch (Problem problem) {
            throw usage(problem.says());
        } catch (CharacterCodingException _) {
            throw usage(mapping + " is not UTF-8.");
        } catch (IOException unreadable) {
            throw usage(mapping + " is not a file that can be read.");
        }
    }

    private void print(LossAccount account) {
        out().println(JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(account));
        out().flush();
    }

    private void tell(Problem problem) {
        var words = Objects.requireNonNull(spec).commandLine().getErr();
        if (problem.errors().isEmpty()) {
            words.println(problem.says());
        }
        problem.errors().forEach(error -> words.println(error.field() + ": " + error.says()));
        words.flush();
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private ParameterException usage(String says) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), says);
    }
}
