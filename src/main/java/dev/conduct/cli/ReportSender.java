package dev.conduct.cli;

import java.io.IOException;
import java.io.PrintWriter;
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
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Sends reports, and what came with them, to a server as one of its clients.
final class ReportSender {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final PrintWriter out;
    private final PrintWriter words;

    /// @param out takes a line of JSON for each report that was taken in
    /// @param words takes what was refused, and why
    ReportSender(URI base, PrintWriter out, PrintWriter words) {
        this.base = base;
        this.out = out;
        this.words = words;
    }

    /// What the reports are of.
    record Binding(
            String product, String commit, String branch, String build, String environment, List<String> mocked) {

        String query() {
            return "product=" + escaped(product) + "&commit=" + escaped(commit) + "&branch=" + escaped(branch)
                    + "&build=" + escaped(build) + "&environment=" + escaped(environment)
                    + String.join(
                            "",
                            mocked.stream()
                                    .map(name -> "&mocked=" + escaped(name))
                                    .toList());
        }
    }

    /// A file of the run.
    ///
    /// @param test `suite#name`, empty when it is of the run as a whole
    record Attached(String test, Path file) {

        /// `FILE`, or `SUITE#TEST=FILE`. Names of tests and of files may have a `=` themselves: what is there as a file
        /// is one.
        static Attached of(String said) {
            var hash = said.indexOf('#');
            if (hash < 0 || Files.exists(Path.of(said))) {
                return new Attached("", Path.of(said));
            }
            for (var at = said.indexOf('=', hash); at >= 0; at = said.indexOf('=', at + 1)) {
                var file = Path.of(said.substring(at + 1));
                if (Files.isRegularFile(file)) {
                    return new Attached(said.substring(0, at), file);
                }
            }
            var last = said.lastIndexOf('=');
            return last > hash
                    ? new Attached(said.substring(0, last), Path.of(said.substring(last + 1)))
                    : new Attached("", Path.of(said));
        }
    }

    /// @return whether all of it was taken in
    boolean send(String client, String secret, List<Path> reports, Binding binding, List<Attached> attached)
            throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15)).build()) {
            var token = token(http, client, secret);
            if (token == null) {
                return false;
            }
            var all = true;
            var newest = "";
            for (var report : reports) {
                var id = sent(http, token, binding, report);
                all &= id != null;
                newest = id == null ? newest : id;
            }
            for (var one : newest.isEmpty() ? List.<Attached>of() : attached) {
                all &= sent(http, token, newest, one);
            }
            return all;
        }
    }

    private @Nullable String token(HttpClient http, String client, String secret)
            throws IOException, InterruptedException {
        var key = Base64.getEncoder().encodeToString((client + ":" + secret).getBytes(StandardCharsets.UTF_8));
        var answer = http.send(
                HttpRequest.newBuilder(base.resolve("/oauth2/token"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Authorization", "Basic " + key)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            words.println(base + " does not know this client, or its secret is another (" + answer.statusCode() + ").");
            words.flush();
            return null;
        }
        return JSON.readTree(answer.body()).path("access_token").asString("");
    }

    /// @return the id of the report, null when it was refused
    private @Nullable String sent(HttpClient http, String token, Binding binding, Path file)
            throws IOException, InterruptedException {
        var answer = posted(http, token, "/api/v1/reports?" + binding.query(), file);
        if (!taken(answer, file)) {
            return null;
        }
        out.println(answer.body());
        out.flush();
        return JSON.readTree(answer.body()).path("id").asString("");
    }

    private boolean sent(HttpClient http, String token, String report, Attached attached)
            throws IOException, InterruptedException {
        var name = String.valueOf(attached.file().getFileName());
        var path = "/api/v1/reports/" + report + "/attachments?name=" + escaped(name) + "&test="
                + escaped(attached.test());
        return taken(posted(http, token, path, attached.file()), attached.file());
    }

    private HttpResponse<String> posted(HttpClient http, String token, String path, Path file)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(Duration.ofMinutes(10))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/octet-stream")
                        .POST(HttpRequest.BodyPublishers.ofFile(file))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private boolean taken(HttpResponse<String> answer, Path file) {
        if (answer.statusCode() == 200 || answer.statusCode() == 201) {
            return true;
        }
        words.println(file + ": " + says(answer));
        words.flush();
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
}
