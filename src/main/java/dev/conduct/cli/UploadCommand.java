package dev.conduct.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Sends reports to a server, as the client whose id and secret are in CONDUCT_CLIENT_ID and CONDUCT_CLIENT_SECRET.
@Command(
        name = "upload",
        description = "Sends reports of tests, coverage, load and scans to a server; prints one line of JSON each.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The client: CONDUCT_CLIENT_ID and CONDUCT_CLIENT_SECRET, as ./conduct client create printed them.",
            "The server: --server, else CONDUCT_URL, else http://localhost:8080."
        })
final class UploadCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "The reports; their kind is told by their content.")
    private List<Path> files = List.of();

    @Option(names = "--product", required = true, paramLabel = "KEY", description = "The product they are of.")
    private String product = "";

    @Option(names = "--commit", required = true, paramLabel = "SHA", description = "The commit they were made of.")
    private String commit = "";

    @Option(names = "--branch", paramLabel = "B", description = "Its branch.")
    private String branch = "";

    @Option(names = "--build", paramLabel = "ID", description = "Digest of the artefact, or number of the CI run.")
    private String build = "";

    @Option(names = "--environment", paramLabel = "E", description = "Where they ran; empty for CI.")
    private String environment = "";

    @Option(names = "--mocked", paramLabel = "NAME", description = "What a mock stood in for; may be given again.")
    private List<String> mocked = List.of();

    @Option(
            names = "--attach",
            paramLabel = "[SUITE#TEST=]FILE",
            description = "A screenshot, log or trace of the run, or of one test of it; may be given again.")
    private List<String> attached = List.of();

    @Option(names = "--server", paramLabel = "URL", description = "The server.")
    private @Nullable String server;

    @Override
    public Integer call() throws InterruptedException {
        files.forEach(this::readable);
        var beside = attached.stream().map(ReportSender.Attached::of).toList();
        beside.forEach(one -> readable(one.file()));
        var base = base();
        var id = environment("CONDUCT_CLIENT_ID");
        var secret = environment("CONDUCT_CLIENT_SECRET");
        if (id == null || secret == null) {
            throw usage("CONDUCT_CLIENT_ID and CONDUCT_CLIENT_SECRET say which client sends; one is not set.");
        }
        var line = Objects.requireNonNull(spec).commandLine();
        var sender = new ReportSender(base, line.getOut(), line.getErr());
        var binding = new ReportSender.Binding(product, commit, branch, build, environment, mocked);
        try {
            return sender.send(id, secret, files, binding, beside) ? CommandLine.DONE : CommandLine.FAILED;
        } catch (IOException unreachable) {
            line.getErr().println(base + " does not answer: " + why(unreachable));
            return CommandLine.FAILED;
        }
    }

    /// A refused connection has no message of its own.
    private static String why(IOException unreachable) {
        return unreachable instanceof ConnectException
                ? "nothing listens there, or it cannot be reached from here."
                : Objects.requireNonNullElse(
                        unreachable.getMessage(), unreachable.getClass().getSimpleName());
    }

    private void readable(Path file) {
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            throw usage(file + " is not a file that can be read.");
        }
    }

    private URI base() {
        var said = server != null ? server : Objects.requireNonNullElse(environment("CONDUCT_URL"), "");
        try {
            var uri = URI.create((said.isBlank() ? "http://localhost:8080" : said).replaceAll("/+$", ""));
            if (uri.getHost() == null || !String.valueOf(uri.getScheme()).matches("https?")) {
                throw usage(said + " is not the address of a server, such as https://conduct.example.org.");
            }
            return uri;
        } catch (IllegalArgumentException wrong) {
            throw usage(said + " is not the address of a server, such as https://conduct.example.org.");
        }
    }

    private static @Nullable String environment(String name) {
        return System.getenv(name);
    }

    private ParameterException usage(String says) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), says);
    }
}
