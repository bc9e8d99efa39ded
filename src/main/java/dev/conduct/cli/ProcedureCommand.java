package dev.conduct.cli;

import dev.conduct.conformance.Replay;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Coverage;
import dev.conduct.procedure.Mistake;
import dev.conduct.procedure.PackCheck;
import dev.conduct.procedure.PackDiff;
import dev.conduct.procedure.PackFiles;
import dev.conduct.procedure.PackSchema;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import dev.conduct.rulebook.Approvers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

/// `./conduct procedure …`: what can be known of a pack without a server, and its adoption.
@Command(
        name = "procedure",
        description = "Checks, shows and compares procedures, replays history by one, and adopts a new version.",
        mixinStandardHelpOptions = true)
final class ProcedureCommand implements Runnable {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final String SENDER = "system:cli";

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                command(), "Say what to do with the procedure: check, coverage, diff, replay, adopt or schema.");
    }

    @Command(
            description = "Says every mistake of a pack as file:line: what, and what to write instead.",
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "FOLDER", defaultValue = "procedure", description = "The pack.") Path folder) {
        var checked = PackCheck.check(files(folder));
        say(checked.mistakes(), folder);
        checked.procedure()
                .ifPresent(it -> words("The procedure " + it.version() + " has no mistakes: "
                        + it.clauses().size() + " clauses, types "
                        + String.join(", ", it.types().keySet()) + "."));
        print(Map.of("mistakes", checked.mistakes()));
        return checked.mistakes().isEmpty() ? CommandLine.DONE : CommandLine.FAILED;
    }

    @Command(
            description = "Shows how the pack itself holds each clause. What the platform holds beside it, a running"
                    + " server shows at /procedure.",
            mixinStandardHelpOptions = true)
    int coverage(
            @Parameters(paramLabel = "FOLDER", defaultValue = "procedure", description = "The pack.") Path folder) {
        var coverage = Coverage.of(loaded(folder), List.of());
        var held = coverage.stream().filter(Coverage.Held::held).count();
        var partly = coverage.stream()
                .filter(it -> !it.held() && !it.controls().isEmpty())
                .count();
        words(held + " of " + coverage.size() + " clauses held by this pack, " + partly + " in part, "
                + (coverage.size() - held - partly) + " not.");
        print(coverage.stream()
                .map(it -> Map.of(
                        "id", it.clause().id(),
                        "title", it.clause().title(),
                        "chapter", it.clause().chapter(),
                        "held", it.held(),
                        "controls", it.controls(),
                        "missing", it.missing()))
                .toList());
        return CommandLine.DONE;
    }

    @Command(description = "Says in words what changed from one pack to another.", mixinStandardHelpOptions = true)
    int diff(
            @Parameters(paramLabel = "BEFORE", description = "The older pack.") Path before,
            @Parameters(paramLabel = "AFTER", description = "The newer pack.") Path after) {
        var changes = PackDiff.of(loaded(before), loaded(after));
        changes.forEach(it -> words(it.says()));
        if (changes.isEmpty()) {
            words("Nothing changed.");
        }
        print(changes);
        return CommandLine.DONE;
    }

    @Command(
            description = "Writes the JSON Schema of the pack's files, which editors complete them by.",
            mixinStandardHelpOptions = true)
    int schema(@Parameters(paramLabel = "FOLDER", description = "Where to write it.") Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : PackSchema.files().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), JSON.writeValueAsString(file.getValue()) + "\n");
        }
        words("Wrote " + PackSchema.files().size() + " files to " + folder + ".");
        return CommandLine.DONE;
    }

    @Command(
            description =
                    "Judges what is in the ledger by a pack that is not adopted yet: which attempts would have been"
                            + " refused or let pass, which clocks would have run out. Writes nothing.",
            mixinStandardHelpOptions = true)
    int replay(
            @Parameters(paramLabel = "FOLDER", description = "The pack.") Path folder,
            @Option(names = "--from", paramLabel = "MOMENT", description = "What happened from then on (default: all).")
                    @Nullable
                    String from,
            @Option(names = "--until", paramLabel = "MOMENT", description = "What happened before (default: all).")
                    @Nullable
                    String until,
            @Option(names = "--product", paramLabel = "KEY", description = "Only items of this product.") @Nullable
                    String product,
            @Mixin DataOption data) {
        var draft = loaded(folder);
        var range = new Replay.Range(moment("--from", from), moment("--until", until), product);
        return Inside.the(data.settings(), context -> {
            var replayed = context.getBean(Replay.class).by(draft, range);
            replayed.differences().forEach(difference -> words(difference.inWords()));
            replayed.summary().forEach(this::words);
            print(replayed);
            return CommandLine.DONE;
        });
    }

    @Command(
            description = "Adopts a pack as a new version of the installation's procedure.",
            mixinStandardHelpOptions = true)
    int adopt(
            @Parameters(paramLabel = "FOLDER", description = "The pack.") Path folder,
            @Option(
                            names = "--effective",
                            paramLabel = "MOMENT",
                            description = "From when it judges, 2026-12-01T00:00:00Z (default: at once).")
                    @Nullable
                    String effective,
            @Option(
                            names = "--approved-by",
                            paramLabel = "PERSON",
                            required = true,
                            description = "Who answers for it: e-mail, unique name or id.")
                    String approver,
            @Mixin DataOption data) {
        var files = files(folder);
        var _ = loaded(folder);
        var from = moment("--effective", effective);
        return Inside.the(data.settings(), context -> {
            var person = context.getBean(Approvers.class).approver("--approved-by", approver, SENDER);
            var adoption = context.getBean(Procedures.class).adopt(files, from, SENDER, "cli", person.id());
            words("Version " + adoption.version() + " judges from " + adoption.effective() + " on, approved by "
                    + person.name() + ".");
            print(adoption);
            return CommandLine.DONE;
        });
    }

    private static @Nullable Instant moment(String option, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (java.time.format.DateTimeParseException unreadable) {
            throw Problem.badInput(option, "no_moment", "is no moment. Write 2026-12-01T00:00:00Z.");
        }
    }

    private Procedure loaded(Path folder) {
        var checked = PackCheck.check(files(folder));
        say(checked.mistakes(), folder);
        return checked.procedure()
                .orElseThrow(() -> Problem.badInput("FOLDER", "mistakes", "has the mistakes above. Mend them first."));
    }

    private static PackFiles files(Path folder) {
        try {
            return PackFiles.of(folder);
        } catch (IOException unreadable) {
            throw Problem.badInput("FOLDER", "unreadable", String.valueOf(unreadable.getMessage()));
        }
    }

    private void say(List<Mistake> mistakes, Path folder) {
        mistakes.forEach(
                it -> words(folder.resolve(it.file()) + ":" + it.line() + ": " + it.says() + "; " + it.instead()));
    }

    private void words(String line) {
        flushed(command().getErr(), line);
    }

    private void print(Object value) {
        flushed(command().getOut(), JSON.writeValueAsString(value));
    }

    private static void flushed(PrintWriter writer, String line) {
        writer.println(line);
        writer.flush();
    }

    private picocli.CommandLine command() {
        return Objects.requireNonNull(spec).commandLine();
    }
}
