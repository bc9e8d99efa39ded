package dev.conduct.shell;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Html;
import dev.conduct.kernel.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

class ProblemHandlerTest {

    private final MockMvc mvc = MockMvcBuilders.standaloneSetup(new Things())
            .setControllerAdvice(new ProblemHandler())
            .setMessageConverters(new JacksonJsonHttpMessageConverter(JsonMapper.builder()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build()))
            .setCustomReturnValueHandlers(new Views(new Html(), request -> frame()))
            .build();

    private static Frame frame() {
        var words = new Words(ZoneOffset.UTC, Instant.parse("2026-03-11T13:32:00Z"));
        return new Frame(null, "", "", "/", "/", "", false, words, List.of(), List.of(), "2026.11", null, new Assets());
    }

    record Thing(String name, long size) {}

    @RestController
    static class Things {

        @PostMapping({"/api/v1/things", "/things"})
        Thing create(@RequestBody Thing thing) {
            return thing;
        }

        @PostMapping("/form")
        Thing form(@RequestParam("name") String name) {
            throw Problem.badInput(List.of(
                    new FieldProblem("name", "taken", "is taken. Choose another."),
                    new FieldProblem("size", "missing", "is missing.")));
        }

        @GetMapping({"/api/v1/things/{number}", "/things/{number}"})
        Thing read(@PathVariable("number") long number) throws IOException {
            if (number == 9) {
                throw new AsyncRequestNotUsableException("ServletResponse failed to flushBuffer: Broken pipe");
            }
            throw switch ((int) number) {
                case 1 -> new DataAccessResourceFailureException("connection refused to 10.0.0.1");
                case 2 -> new IllegalStateException("a secret detail");
                case 4 ->
                    new DataIntegrityViolationException(
                            "no such day", new SQLException("date/time field value out of range", "22008"));
                case 5 -> new DataIntegrityViolationException("twice", new SQLException("duplicate key", "23505"));
                case 6 ->
                    new DataAccessResourceFailureException(
                            "no room", new SQLException("could not extend file \"base/1/2\"", "53100"));
                case 8 -> new UncheckedIOException(new IOException("No space left on device"));
                case 3 -> Problem.tooMany("Too many tries. Wait a minute.");
                default -> Problem.notFound("Thing " + number);
            };
        }
    }

    @Test
    void malformed_json_is_answered_with_its_position() throws Exception {
        mvc.perform(post("/api/v1/things")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\n  \"name\": tom}"))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.code").value("bad_input"))
                .andExpect(jsonPath("$.errors[0].code").value("malformed_json"))
                .andExpect(jsonPath("$.errors[0].says").value(containsString("line 2")));
    }

    @Test
    void a_value_that_the_database_cannot_read_is_a_bad_request_and_other_violations_are_not() throws Exception {
        mvc.perform(get("/api/v1/things/4"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].code").value("unreadable_value"))
                .andExpect(content().string(not(containsString("out of range\""))));
        mvc.perform(get("/api/v1/things/5")).andExpect(status().isInternalServerError());
    }

    @Test
    void a_full_disk_is_called_one_and_not_a_database_that_is_away() throws Exception {
        for (var number : List.of(6, 8)) {
            mvc.perform(get("/api/v1/things/" + number))
                    .andExpect(status().isServiceUnavailable())
                    .andExpect(jsonPath("$.code").value("disk_full"))
                    .andExpect(jsonPath("$.detail").value(containsString("frees space there")))
                    .andExpect(content().string(not(containsString("base/1/2"))));
        }
    }

    @Test
    void an_unknown_field_is_named_with_the_known_ones() throws Exception {
        mvc.perform(post("/api/v1/things")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\": \"a\", \"size\": 1, \"state\": \"closed\"}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("state"))
                .andExpect(jsonPath("$.errors[0].code").value("unknown_field"))
                .andExpect(jsonPath("$.errors[0].says").value(containsString("name, size")));
    }

    @Test
    void a_value_of_the_wrong_kind_names_its_field() throws Exception {
        mvc.perform(post("/api/v1/things")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"name\": \"a\", \"size\": {\"of\": 1}}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("size"));
        mvc.perform(get("/api/v1/things/seven"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.errors[0].field").value("number"))
                .andExpect(jsonPath("$.errors[0].says").value(containsString("whole number")));
    }

    @Test
    void wrong_methods_and_kinds_say_what_is_taken() throws Exception {
        mvc.perform(post("/api/v1/things/7"))
                .andExpect(status().isMethodNotAllowed())
                .andExpect(jsonPath("$.detail").value(containsString("GET")));
        mvc.perform(post("/api/v1/things").contentType(MediaType.TEXT_PLAIN).content("a"))
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.code").value("unsupported_media_type"));
    }

    @Test
    void a_problem_keeps_its_code_and_sentence() throws Exception {
        mvc.perform(get("/api/v1/things/7"))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.title").value("Not Found"))
                .andExpect(jsonPath("$.status").value(404))
                .andExpect(jsonPath("$.detail").value("Thing 7 was not found."))
                .andExpect(jsonPath("$.code").value("not_found"));
        mvc.perform(get("/api/v1/things/3"))
                .andExpect(status().isTooManyRequests())
                .andExpect(header().exists("Retry-After"));
    }

    @Test
    void a_database_that_is_away_is_503_and_gives_nothing_away() throws Exception {
        mvc.perform(get("/api/v1/things/1"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(jsonPath("$.code").value("database_away"))
                .andExpect(content().string(not(containsString("10.0.0.1"))));
        mvc.perform(get("/things/1"))
                .andExpect(status().isServiceUnavailable())
                .andExpect(content().string(containsString("Try again")));
    }

    @Test
    void the_unexpected_has_a_reference_and_no_details() throws Exception {
        mvc.perform(get("/api/v1/things/2"))
                .andExpect(status().isInternalServerError())
                .andExpect(jsonPath("$.code").value("unexpected"))
                .andExpect(jsonPath("$.reference").value(matchesPattern("[0-9a-f]{4}-[0-9a-f]{4}")))
                .andExpect(content().string(not(containsString("secret detail"))));
    }

    @Test
    void who_has_gone_is_told_nothing() throws Exception {
        mvc.perform(get("/things/9")).andExpect(content().string(""));
        mvc.perform(get("/api/v1/things/9")).andExpect(content().string(""));
    }

    @Test
    void people_get_a_page_that_keeps_what_they_entered() throws Exception {
        mvc.perform(post("/form").param("name", "<Tom>").param("password", "correct horse"))
                .andExpect(status().isBadRequest())
                .andExpect(content().contentTypeCompatibleWith(MediaType.TEXT_HTML))
                .andExpect(content().string(containsString("is taken. Choose another.")))
                .andExpect(content().string(containsString("&lt;Tom&gt;")))
                .andExpect(content().string(not(containsString("correct horse"))));
        mvc.perform(post("/form"))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("name is missing.")));
    }
}
