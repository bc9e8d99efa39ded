package dev.conduct.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The shell as the outside meets it, through every filter.
@ConductTest
class ShellTest {

    private final String address;

    ShellTest(@LocalServerPort int port) {
        this.address = "http://localhost:" + port;
    }

    @Test
    void the_style_sheet_and_scripts_are_open_to_anybody() throws Exception {
        for (var path :
                new String[] {"/css/conduct.css", "/js/htmx.js", "/icons/sprite.svg", "/fonts/inter-latin.woff2"}) {
            var answer = get(path, "*/*");

            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            assertThat(answer.headers().firstValue("Cache-Control").orElse(""))
                    .as(path)
                    .doesNotContain("no-store");
        }
    }

    @Test
    void an_unknown_address_of_the_api_is_answered_as_a_problem() throws Exception {
        var answer = get("/api/v1/nothing-of-the-kind", "application/json");

        assertThat(answer.statusCode()).isIn(401, 404);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"code\"");
    }

    @Test
    void a_page_is_not_shown_to_who_has_not_signed_in() throws Exception {
        var answer = get("/lines/bug", "text/html");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location").orElse("")).endsWith("/sign-in");
    }

    @Test
    void an_address_longer_than_is_read_is_refused_in_our_words_and_names_nothing_of_the_server() throws Exception {
        var answer = get("/api/v1/items?q=" + "words%20".repeat(2_000), "application/json");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"unreadable_request\"", "Shorten them");
        assertThat(answer.body()).doesNotContainIgnoringCase("tomcat");
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(address + path))
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
