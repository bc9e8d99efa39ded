package dev.conduct.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.conduct.identity.Clients;
import dev.conduct.identity.People;
import dev.conduct.support.ConductTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/// What nobody means well with, through the real API, and what the record's page makes of it.
@ConductTest
class HostileInputTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TITLE =
            Pattern.compile("<h1><a class=\"place\"[^>]*>(.*?)</a>\n</h1>", Pattern.DOTALL);
    private static final Pattern HANDLER = Pattern.compile("<[a-zA-Z][^>]*\\son[a-z]+\\s*=");
    private static final Pattern SCRIPT = Pattern.compile("<script", Pattern.CASE_INSENSITIVE);
    private static final Pattern RUNNING_ADDRESS =
            Pattern.compile("<[^>]*(href|src)\\s*=\\s*[\"']?\\s*(javascript|data|vbscript):", Pattern.CASE_INSENSITIVE);

    private final Api api;
    private final MockMvc pages;
    private final JwtDecoder tokens;
    private final String product;

    HostileInputTest(
            Clients clients,
            Items items,
            Products products,
            People people,
            MockMvc pages,
            JwtDecoder tokens,
            @LocalServerPort int port) {
        this.api = new Api(port, clients, "support", "project_manager");
        this.product = new Cast(items, products, people).product;
        this.pages = pages;
        this.tokens = tokens;
    }

    private static List<String> naughty() throws IOException {
        var root = Path.of(Objects.requireNonNullElse(System.getenv("CONDUCT_CORPUS"), "../shared/data"));
        var real = root.resolve("conformance/naughty-strings/blns-a.json");
        var text = Files.exists(real)
                ? Files.readString(real)
                : new String(
                        Objects.requireNonNull(HostileInputTest.class.getResourceAsStream("/work/naughty-strings.json"))
                                .readAllBytes(),
                        StandardCharsets.UTF_8);
        var strings = new ArrayList<String>();
        JSON.readTree(text).forEach(one -> strings.add(one.stringValue()));
        return strings;
    }

    @Test
    void every_text_comes_back_as_it_was_sent_and_runs_on_no_page() throws Exception {
        var scripts = scripts(page(created("An honest title", "Honest words").text("key")));
        for (var text : naughty()) {
            if (text.isBlank()) {
                assertThat(created(text, "x").status()).as("blank title").isEqualTo(400);
                continue;
            }
            var line = !text.contains("\n") && !text.contains("\r");
            var made = created(line ? text : "Title", text);
            assertThat(made.status()).as(made.response().body()).isEqualTo(201);
            var key = made.text("key");
            assertThat(api.post("/items/" + key + "/comments", Map.of("text", text))
                            .status())
                    .isEqualTo(201);

            var read = api.get("/items/" + key);
            assertThat(read.text("title")).isEqualTo(line ? text : "Title");
            assertThat(read.text("description")).isEqualTo(text);
            assertThat(read.json().get("fields").get("steps").stringValue()).isEqualTo(text);
            assertThat(api.get("/items/" + key + "/comments")
                            .json()
                            .get("items")
                            .get(0)
                            .get("text")
                            .stringValue())
                    .isEqualTo(text);
            var page = page(key);
            var title = TITLE.matcher(page);
            assertThat(title.find()).as(page).isTrue();
            assertThat(title.group(1)).doesNotContain("<");
            assertThat(HtmlUtils.htmlUnescape(title.group(1))).isEqualTo(line ? text : "Title");
            assertThat(scripts(page)).as(text).isEqualTo(scripts);
            assertThat(HANDLER.matcher(page).find()).as(text).isFalse();
            assertThat(RUNNING_ADDRESS.matcher(page).find()).as(text).isFalse();
        }
    }

    private Api.Answer created(String title, String words) {
        return api.post(
                "/items",
                Map.of(
                        "type",
                        "bug",
                        "product",
                        product,
                        "title",
                        title,
                        "description",
                        words,
                        "fields",
                        Map.of("severity", "low", "steps", words)));
    }

    private String page(String key) throws Exception {
        var client = new JwtAuthenticationToken(
                tokens.decode(api.token), List.of(FactorGrantedAuthority.fromAuthority("FACTOR_BEARER")), api.actor);
        var answer = pages.perform(get("/items/" + key).with(authentication(client)))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    private static long scripts(String page) {
        return SCRIPT.matcher(page).results().count();
    }

    @ParameterizedTest
    @CsvSource({"title", "description", "fields.steps"})
    void what_cannot_be_stored_is_refused_naming_the_field(String field) {
        for (var bad : List.of("a\\u0000b", "a\\ud800b", "\\udc00", "ab\\udbff")) {
            var answer = api.call("POST", "/items", body(field, bad));

            assertThat(answer.status()).as(bad).isEqualTo(400);
            assertThat(answer.json().get("errors").get(0).get("field").stringValue())
                    .isEqualTo(field);
        }
    }

    private String body(String field, String value) {
        return "{\"type\":\"bug\",\"product\":\"" + product + "\",\"title\":\""
                + (field.equals("title") ? value : "T") + "\",\"description\":\""
                + (field.equals("description") ? value : "D") + "\",\"fields\":{\"severity\":\"low\",\"steps\":\""
                + (field.equals("fields.steps") ? value : "S") + "\"}}";
    }

    @Test
    void a_line_of_ten_megabytes_is_too_large() {
        assertThat(api.call("POST", "/items", body("title", "x".repeat(10_000_000)))
                        .status())
                .isEqualTo(413);
        assertThat(api.call("POST", "/items", body("description", "é".repeat(5_000_000)))
                        .status())
                .isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "title            | {\"type\":\"bug\",\"title\":\"a\",\"title\":\"b\"}",
                "titel            | {\"type\":\"bug\",\"titel\":\"a\"}",
                "fields.nonesuch  | {\"type\":\"bug\",\"product\":\"PRODUCT\",\"title\":\"a\",\"fields\":{\"severity\":\"low\",\"nonesuch\":\"x\"}}",
                "fields.severity  | {\"type\":\"bug\",\"product\":\"PRODUCT\",\"title\":\"a\",\"fields\":{\"severity\":{\"a\":1}}}",
                "fields.severity  | {\"type\":\"bug\",\"product\":\"PRODUCT\",\"title\":\"a\",\"fields\":{\"severity\":7}}",
                "fields           | {\"type\":\"bug\",\"product\":\"PRODUCT\",\"title\":\"a\",\"fields\":\"low\"}",
                "title            | {\"type\":\"bug\",\"product\":\"PRODUCT\",\"title\":[\"a\"]}",
                "title            | {\"type\":\"bug\",\"product\":\"PRODUCT\",\"title\":{\"a\":\"b\"}}",
                "body             | {\"type\":\"bug\"} garbage",
                "body             | {\"type\":\"bug\"}{\"type\":\"bug\"}",
                "body             | {\"type\":",
                "body             | [1,2",
                "body             | {'type':'bug'}",
                "body             | NaN"
            })
    void what_is_no_proper_body_is_400_naming_the_place(String place, String body) {
        var answer = api.call("POST", "/items", body.replace("PRODUCT", product));

        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().get("errors").get(0).get("field").stringValue())
                .isEqualTo(place);
    }

    @Test
    void a_body_is_read_no_deeper_than_64() {
        for (var depth : List.of(65, 100_000)) {
            var answer = api.call("POST", "/items", nested(depth));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().get("errors").get(0).get("code").stringValue())
                    .isEqualTo("too_deep");
        }
        var bearable = api.call("POST", "/items", nested(64));
        assertThat(bearable.status()).isEqualTo(400);
        assertThat(bearable.json().get("errors").get(0).get("field").stringValue())
                .isEqualTo("type");
    }

    private static String nested(int depth) {
        return "{\"fields\":{\"severity\":" + "[".repeat(depth - 2) + "]".repeat(depth - 2) + "}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "''",
                "\"",
                "\"unclosed",
                "\\",
                "& | ! <-> :* ( )",
                "a & b",
                "!a",
                "a:*",
                "(((",
                "')--",
                "'; drop table work.item; --",
                "%",
                "_",
                "%%%",
                "type:",
                "type:bug'",
                ":bug",
                "severity:'high'",
                "updated:>9999999999999999999d",
                "updated:>-1d",
                "created:2026-13-45",
                "assignee:%00",
                "sort:key'--",
                "a\u0001b",
                "\ud83d\udc69",
                "\u202e",
                "state:!!closed",
                "-",
                "--",
                "type:bug,bug,,",
                "$1 ? :q {}",
                "is:",
                "a\u0000b"
            })
    void a_query_is_answered_or_explained_whatever_stands_in_it(String query) {
        var answer = api.find(query);

        assertThat(answer.status()).as(answer.response().body()).isIn(200, 400);
        if (answer.status() == 400) {
            assertThat(answer.text("detail")).isNotBlank();
        }
    }

    @Test
    void no_naughty_string_breaks_the_search() throws IOException {
        for (var text : naughty()) {
            var answer = api.find(text);
            assertThat(answer.status())
                    .as(text + " " + answer.response().body())
                    .isIn(200, 400);
        }
    }
}
