package dev.conduct.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

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

    private static final JsonMapper JSON = JsonMapper.builder().build();

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

    @Option(names = "--server", paramLabel = "URL", description = "The server.")
    private @Nullable String server;

    @Override
    public Integer call() throws InterruptedException {
        for (var file : files) {
            if (!Files.isReadable(file) || Files.isDirectory(file)) {
                throw usage(file + " is not a file that can be read.");
            }
        }
        var base = base();
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15)).build()) {
            var token = token(http, base);
            if (token == null) {
                return CommandLine.FAILED;
            }
            var failed = false;
            for (var file : files) {
                failed |= !sent(http, base, token, file);
            }
            return failed ? CommandLine.FAILED : CommandLine.DONE;
        } catch (IOException unreachable) {
            words().println(base + " does not answer: " + why(unreachable));
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

    private @Nullable String token(HttpClient http, URI base) throws IOException, InterruptedException {
        var id = environment("CONDUCT_CLIENT_ID");
        var secret = environment("CONDUCT_CLIENT_SECRET");
        if (id == null || secret == null) {
            throw usage("CONDUCT_CLIENT_ID and CONDUCT_CLIENT_SECRET say which client sends; one is not set.");
        }
        var key = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(base.resolve("/oauth2/token"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Basic " + key)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            words().println(base + " does not know this client, or its secret is another (" + answer.statusCode()
                    + ").");
            return null;
        }
        return JSON.readTree(answer.body()).path("access_token").asString("");
    }

    private boolean sent(HttpClient http, URI base, String token, Path file) throws IOException, InterruptedException {
        var query = "product=" + escaped(product) + "&commit=" + escaped(commit) + "&branch=" + escaped(branch)
                + "&build=" + escaped(build) + "&environment=" + escaped(environment)
                + String.join(
                        "",
                        mocked.stream().map(name -> "&mocked=" + escaped(name)).toList());
        var answer = http.send(
                HttpRequest.newBuilder(base.resolve("/api/v1/reports?" + query))
                        .timeout(Duration.ofMinutes(10))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() == 200 || answer.statusCode() == 201) {
            var out = Objects.requireNonNull(spec).commandLine().getOut();
            out.println(answer.body());
            out.flush();
            return true;
        }
        words().println(file + ": " + says(answer));
        words().flush();
        return false;
    }

    private static String says(HttpResponse<String> answer) {
        try {
            var detail = JSON.readTree(answer.body()).path("detail").asString("");
            return detail.isEmpty() ? "refused with " + answer.statusCode() : detail;
        } catch (JacksonException unexpected) {
            return "refused with " + answer.statusCode();
        }
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static @Nullable String environment(String name) {
        return System.getenv(name);
    }

    private PrintWriter words() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    private ParameterException usage(String says) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), says);
    }
}
