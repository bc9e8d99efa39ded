package dev.conduct.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conduct.identity.Clients;
import dev.conduct.openapi.Description.Operation;
import dev.conduct.support.ConductTest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The published document against the running server, operation by operation.
@ConductTest(properties = "test.alone=OpenApiTest")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    private static final Set<String> EVERY_ROLE = Set.of(
            "administrator",
            "project_manager",
            "product_owner",
            "lead_developer",
            "developer",
            "qa",
            "support",
            "release_manager",
            "compliance",
            "auditor");

    /// The library's twin of the document in YAML, which no route opens.
    private static final Set<String> NOT_OPENED = Set.of("GET /api/v1/openapi.json.yaml");

    /// As RFC 7009 and RFC 7662 have it.
    private static final String ANSWERS_NOTHING = "revokeToken";

    private static final String ONLY_ASKS = "introspectToken";

    /// Views of lists are somebody's own tools, no part of the record.
    private static final Set<String> NOT_RECORDED = Set.of(ONLY_ASKS, "createView", "changeView", "removeView");

    private final List<RequestMappingHandlerMapping> mappings;
    private final JdbcClient db;
    private final Program stranger;
    private final Program customer;
    private final Program program;
    private final Description description;
    private final Samples samples;

    OpenApiTest(
            List<RequestMappingHandlerMapping> mappings, Clients clients, JdbcClient db, @LocalServerPort int port) {
        this.mappings = mappings;
        this.db = db;
        stranger = Program.stranger(port);
        customer = Program.with(port, clients, Set.of("customer"));
        description = new Description(
                stranger.send("GET", "/api/v1/openapi.json", null, null).body());
        samples = new Samples(
                roles -> Program.with(port, clients, roles),
                EVERY_ROLE,
                clients.create("asks for a token", Set.of("qa"), "system:cli", "cli"));
        program = samples.program;
    }

    @Test
    void anybody_may_read_it_and_it_names_no_host() {
        assertThat(description.document.get("openapi").asString()).startsWith("3.1.");
        assertThat(description
                        .document
                        .get("servers")
                        .valueStream()
                        .map(it -> it.get("url").asString()))
                .containsExactly("/");
    }

    @Test
    void every_handler_is_described_and_nothing_else_is() {
        var handled = new TreeSet<String>();
        mappings.forEach(mapping -> mapping.getHandlerMethods()
                .keySet()
                .forEach(info -> Objects.requireNonNull(info.getPathPatternsCondition()).getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/v1/"))
                        .forEach(path -> info.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> handled.add(method + " " + path)))));
        handled.removeAll(NOT_OPENED);

        var described =
                new TreeSet<>(description.operations().map(Operation::name).toList());

        assertThat(described.removeAll(Set.of(
                        "POST /oauth2/token", "POST /oauth2/introspect", "POST /oauth2/revoke", "GET /oauth2/jwks")))
                .isTrue();
        assertThat(described).isEqualTo(handled);
    }

    @TestFactory
    Stream<DynamicTest> each_operation_is_described_in_full() {
        return each(operation -> true, operation -> {
            assertThat(operation.id()).as("operationId").matches("[a-z][A-Za-z]+");
            assertThat(operation.node().path("summary").asString(""))
                    .as("summary")
                    .isNotBlank();
            assertThat(operation.statuses()).as("successes").anyMatch(status -> status.startsWith("2"));
            operation
                    .node()
                    .get("responses")
                    .properties()
                    .forEach(response -> assertThat(
                                    response.getValue().path("content").isEmpty())
                            .as("content of " + response.getKey())
                            .isEqualTo(response.getKey().equals("204")
                                    || operation.id().equals(ANSWERS_NOTHING)
                                            && response.getKey().equals("200")));
            for (var parameter : operation.parameters()) {
                assertThat(parameter.path("description").asString(""))
                        .as(parameter.get("name").asString())
                        .isNotBlank();
            }
        });
    }

    @Test
    void names_are_snake_case_and_ids_are_used_once() {
        var odd = new TreeSet<String>();
        description
                .document
                .get("components")
                .get("schemas")
                .properties()
                .forEach(schema -> schema.getValue().path("properties").propertyNames().stream()
                        .filter(name -> !name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"))
                        .forEach(name -> odd.add(schema.getKey() + "." + name)));

        assertThat(odd).isEmpty();
        assertThat(description.operations().map(Operation::id)).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> each_operation_does_what_is_described_with_its_example() {
        return each(operation -> true, operation -> {
            var answer = samples.call(operation, samples.body(operation));

            assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
            holds(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> what_changes_something_leaves_an_entry_in_the_ledger() {
        return each(
                operation -> !operation.method().equals("GET") && !NOT_RECORDED.contains(operation.id()), operation -> {
                    var body = samples.body(operation);
                    samples.beforeChange(operation);
                    var before = entries();

                    assertThat(samples.call(operation, body).statusCode()).isBetween(200, 299);

                    assertThat(entries()).isGreaterThan(before);
                });
    }

    private long entries() {
        return db.sql("select count(*) from ledger.event").query(Long.class).single();
    }

    @TestFactory
    Stream<DynamicTest> without_a_token_each_that_is_not_open_answers_401() {
        return each(operation -> !operation.open(), operation -> {
            var answer = samples.callAs(stranger, operation, samples.body(operation));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
            holds(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> an_unknown_field_in_a_body_is_refused_by_name() {
        return each(Operation::takesJson, operation -> {
            var body = (ObjectNode) Objects.requireNonNull(samples.body(operation));
            var answer = samples.call(operation, body.put("nobody_knows_this", 1));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
            assertThat(error(answer)).isEqualTo("nobody_knows_this unknown_field");
            holds(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> a_body_without_a_required_field_is_refused_by_its_name() {
        return each(Operation::takesJson, operation -> {
            for (var required : description.required(operation)) {
                var body = (ObjectNode) Objects.requireNonNull(samples.body(operation));
                body.remove(required);
                var answer = samples.call(operation, body);

                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
                assertThat(error(answer)).isEqualTo(required + " missing");
                holds(operation, answer);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> what_is_not_there_answers_404() {
        return each(operation -> operation.path().contains("{"), operation -> {
            var answer = samples.callNowhere(operation);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
            holds(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> what_is_for_some_roles_answers_403_to_others() {
        return each(
                operation -> operation.node().path("description").asString("").startsWith("For roles with the right"),
                operation -> {
                    var answer = samples.callAs(customer, operation, samples.body(operation));

                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
                    holds(operation, answer);
                });
    }

    @TestFactory
    Stream<DynamicTest> a_stale_version_answers_412() {
        return each(operation -> operation.has("If-Match"), operation -> {
            var answer = samples.call(operation, samples.body(operation), "If-Match", "\"999\"");

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(412);
            holds(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> a_key_that_came_with_another_request_answers_409() {
        return each(operation -> operation.has("Idempotency-Key"), operation -> {
            program.json(
                    "POST",
                    samples.itemPath("/comments"),
                    Map.of("text", "The first with this key"),
                    "Idempotency-Key",
                    "once-" + operation.id());

            var answer = samples.call(operation, samples.body(operation), "Idempotency-Key", "once-" + operation.id());

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
            holds(operation, answer);
        });
    }

    @TestFactory
    Stream<DynamicTest> whatever_creates_or_changes_acts_once_for_one_key_and_is_answered_again() {
        return each(OpenApiTest::repeatable, operation -> {
            samples.beforeChange(operation);
            var request = samples.repeatable(operation, "Idempotency-Key", "again-" + operation.id());

            var first = request.get();
            var entries = entries();
            var again = request.get();

            assertThat(first.statusCode()).as(first.body()).isBetween(200, 299);
            assertThat(again.statusCode()).isEqualTo(first.statusCode());
            assertThat(again.body()).isEqualTo(first.body());
            for (var header : List.of("Content-Type", "ETag", "Location")) {
                assertThat(again.headers().allValues(header))
                        .as(header)
                        .isEqualTo(first.headers().allValues(header));
            }
            assertThat(entries()).as("entries of the ledger").isEqualTo(entries);
        });
    }

    @TestFactory
    Stream<DynamicTest> requests_with_one_key_that_come_together_act_once() {
        return each(OpenApiTest::repeatable, operation -> {
            samples.beforeChange(operation);
            var request = samples.repeatable(operation, "Idempotency-Key", "together-" + operation.id());

            var answers = Stream.generate(() -> java.util.concurrent.CompletableFuture.supplyAsync(request))
                    .limit(3)
                    .toList()
                    .stream()
                    .map(java.util.concurrent.CompletableFuture::join)
                    .toList();

            assertThat(answers).extracting(HttpResponse::statusCode).allMatch(status -> status < 300);
            assertThat(answers)
                    .extracting(HttpResponse::body)
                    .containsOnly(answers.getFirst().body());
        });
    }

    private static boolean repeatable(Operation operation) {
        var changes = Set.of("POST", "PATCH").contains(operation.method())
                && operation.path().startsWith("/api/v1/");
        assertThat(operation.has("Idempotency-Key")).as(operation.name()).isEqualTo(changes);
        return changes;
    }

    @Test
    void a_held_transition_is_described() {
        var operation = description
                .operations()
                .filter(it -> it.id().equals("moveItem"))
                .findFirst()
                .orElseThrow();

        var answer = program.json("POST", samples.itemPath("/transitions"), Map.of("transition", "log"));

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Program.JSON.readTree(answer.body()).get("blocked_by").isEmpty())
                .isFalse();
        holds(operation, answer);
    }

    private Stream<DynamicTest> each(
            java.util.function.Predicate<Operation> which, java.util.function.Consumer<Operation> check) {
        var chosen = description.operations().filter(which).toList();
        assertThat(chosen).isNotEmpty();
        return chosen.stream()
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> check.accept(operation)));
    }

    private static String error(HttpResponse<String> answer) {
        JsonNode error = Program.JSON.readTree(answer.body()).path("errors").path(0);
        return error.path("field").asString("") + " " + error.path("code").asString("");
    }

    /// The status, the kind of body, the body and the headers are as described.
    private void holds(Operation operation, HttpResponse<String> answer) {
        assertThat(operation.statuses()).contains(String.valueOf(answer.statusCode()));
        var response = operation.response(answer.statusCode());
        var kind = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
        if (answer.body().isEmpty()) {
            assertThat(response.path("content").propertyNames()).isEmpty();
        } else {
            assertThat(response.path("content").propertyNames())
                    .as("kinds of " + answer.statusCode())
                    .contains(kind);
        }
        if (kind.endsWith("json")) {
            assertThat(description.faults(response.get("content").get(kind).get("schema"), answer.body()))
                    .as(answer.body())
                    .isEmpty();
        }
        for (var header : List.of("ETag", "Location")) {
            assertThat(answer.headers().firstValue(header).isPresent())
                    .as(header)
                    .isEqualTo(response.path("headers").has(header));
        }
        if (response.path("headers").has("RateLimit")) {
            assertThat(answer.headers().firstValue("RateLimit-Policy").orElse(""))
                    .matches("\"minute\";q=\\d+;w=60");
            assertThat(answer.headers().firstValue("RateLimit").orElse("")).matches("\"minute\";r=\\d+;t=\\d+");
        }
    }
}
