package dev.conduct.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conduct.kernel.Problem;
import dev.conduct.support.Spoiled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// A document that describes an API becomes a check that can be read.
class DraftsTest {

    private static final String API = """
            openapi: 3.0.3
            info: {title: Orders API, version: '1'}
            servers: [{url: 'https://orders.example.com/v1/'}]
            security: [{bearer: []}]
            paths:
              /orders/{id}:
                parameters:
                  - {name: id, in: path, required: true, schema: {type: integer, example: 42}}
                get:
                  summary: One order
                  responses:
                    '200':
                      description: It
                      content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
              /orders:
                post:
                  summary: A new order
                  requestBody:
                    content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
                  responses: {'201': {description: Made}}
            components:
              schemas:
                Order:
                  type: object
                  required: [item]
                  properties:
                    item: {type: string, example: tea}
                    parent: {$ref: '#/components/schemas/Order'}
                    note: {type: string, nullable: true}
            """;
    private static final String COLLECTION = """
            {"info":{"name":"Smoke","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
             "variable":[{"key":"base","value":"https://shop.example.com"},{"key":"password","value":"hunter2"}],
             "item":[{"name":"Folder","item":[
               {"name":"Sign in","request":{"method":"POST","url":{"raw":"{{base}}/login"},
                 "body":{"mode":"raw","raw":"{\\"password\\":\\"{{password}}\\"}"}},
                "event":[{"listen":"test","script":{"exec":[
                  "pm.test('ok', () => pm.response.to.have.status(200));",
                  "pm.expect(pm.response.responseTime).to.be.below(400);",
                  "pm.environment.set('token', pm.response.json().data.token);"]}}]},
               {"name":"Orders","request":{"method":"GET","url":"{{base}}/orders",
                 "header":[{"key":"Authorization","value":"Bearer {{token}}"}]}}]}]}
            """;

    @Test
    void every_operation_of_an_openapi_document_is_a_step() {
        var draft = draft(API);

        assertThat(draft.name()).isEqualTo("orders-api");
        var read = DefinitionReader.read(draft.definition());
        assertThat(read.values()).containsEntry("server", "https://orders.example.com/v1");
        assertThat(read.steps())
                .extracting(Step::name)
                .containsExactly("Without credentials: One order", "One order", "A new order");
        var one = (Step.Http) read.steps().get(1);
        assertThat(one.address()).isEqualTo("${server}/orders/42");
        assertThat(one.headers()).containsEntry("Authorization", "Bearer ${secret.TOKEN}");
        assertThat(Schemas.broken(
                        one.expect().schema(), "{\"item\":\"tea\",\"note\":null,\"parent\":{\"item\":\"x\"}}"))
                .isEmpty();
        assertThat(Schemas.broken(one.expect().schema(), "{\"item\":\"tea\",\"parent\":{}}"))
                .isNotEmpty();
        assertThat(((Step.Http) read.steps().get(2)).body()).isEqualTo("{\"item\":\"tea\"}");
    }

    @Test
    void a_schema_that_holds_itself_many_times_over_ends() {
        var properties = new StringBuilder();
        for (var n = 0; n < 60; n++) {
            properties.append("        p").append(n).append(": {$ref: '#/components/schemas/Order'}\n");
        }
        var draft = draft(API.substring(0, API.indexOf("      required: [item]")) + "      properties:\n" + properties);

        assertThat(draft.definition()).contains("its example is too long for a check");
        assertThat(DefinitionReader.read(draft.definition()).steps()).isNotEmpty();
    }

    @Test
    void a_postman_collection_keeps_its_flow_and_gives_no_secret_away() {
        var draft = draft(COLLECTION);

        assertThat(draft.definition()).doesNotContain("hunter2").contains("Write the secret PASSWORD");
        var read = DefinitionReader.read(draft.definition());
        var signIn = (Step.Http) read.steps().getFirst();
        assertThat(signIn.expect().status()).containsExactly(200);
        assertThat(signIn.expect().within()).hasMillis(400);
        assertThat(signIn.keep()).containsEntry("token", "/data/token");
        assertThat(signIn.body()).contains("${secret.PASSWORD}");
        assertThat(((Step.Http) read.steps().get(1)).headers()).containsEntry("Authorization", "Bearer ${token}");
    }

    @Test
    void what_is_neither_is_refused_by_name() {
        assertThatThrownBy(() -> draft("swagger: '2.0'")).hasMessageContaining("Swagger 2.0");
        assertThatThrownBy(() -> draft("{}")).hasMessageContaining("neither an OpenAPI document nor a Postman");
        assertThatThrownBy(() -> draft("a: [")).hasMessageContaining("neither JSON nor YAML");
        assertThatThrownBy(() -> draft("openapi: 3.1.0\npaths: {}\n")).hasMessageContaining("describes no call");
    }

    @Property(tries = 500)
    void whatever_is_brought_is_drafted_or_refused(@ForAll long seed) {
        for (var document : List.of(API, COLLECTION)) {
            try {
                assertThat(draft(Spoiled.text(document, seed)).definition()).isNotBlank();
            } catch (Problem refused) {
                assertThat(refused.status()).isEqualTo(400);
            }
        }
    }

    @Test
    void real_documents_become_checks_that_can_be_read() throws IOException {
        var data = Path.of(System.getenv().getOrDefault("CONDUCT_CORPUS", "../shared/data"));
        assumeTrue(Files.isDirectory(data), "the shared data is not here");
        var seen = new ArrayList<String>();
        try (var files = Files.walk(data)) {
            for (var file : files.filter(DraftsTest::describes).toList()) {
                var name = file.getFileName().toString();
                try {
                    var draft = Drafts.of(Files.readAllBytes(file));
                    assertThat(DefinitionReader.read(draft.definition()).steps())
                            .as(name)
                            .isNotEmpty();
                    seen.add(name);
                } catch (Problem refused) {
                    assertThat(refused.says()).as(name).contains("file: ");
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(3).anyMatch(name -> name.contains("postman"));
    }

    private static boolean describes(Path file) {
        var name = file.toString();
        return (name.contains("/openapi/") || name.contains("postman_collection"))
                && (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml"));
    }

    private static Drafts.Draft draft(String text) {
        return Drafts.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
