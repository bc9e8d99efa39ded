package dev.conduct.openapi;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The published document, as a reader of it takes it.
final class Description {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final JsonNode strict;

    Description(String text) {
        document = JSON.readTree(text);
        strict = document.get("components").deepCopy();
        strict.get("schemas").forEach(Description::nothingElse);
    }

    /// Stricter than the document says of answers: a member that is not described is a fault of the description.
    private static void nothingElse(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
    }

    /// One operation of the document.
    record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asString("");
        }

        String name() {
            return method + " " + path;
        }

        List<JsonNode> parameters() {
            return node.path("parameters").valueStream().toList();
        }

        boolean has(String parameter) {
            return parameters().stream()
                    .anyMatch(it -> it.get("name").asString().equals(parameter));
        }

        boolean open() {
            return node.has("security") && node.get("security").isEmpty();
        }

        JsonNode body(String kind) {
            return node.path("requestBody").path("content").path(kind);
        }

        boolean takesJson() {
            return !body("application/json").isMissingNode();
        }

        Set<String> statuses() {
            return node.get("responses").propertyNames().stream().collect(Collectors.toSet());
        }

        JsonNode response(int status) {
            return node.get("responses").path(String.valueOf(status));
        }
    }

    Stream<Operation> operations() {
        var operations = new ArrayList<Operation>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(entry -> METHODS.contains(entry.getKey()))
                        .forEach(entry -> operations.add(new Operation(
                                entry.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), entry.getValue()))));
        return operations.stream();
    }

    List<String> required(Operation operation) {
        var name = operation.body("application/json").get("schema").get("$ref").asString();
        return document.get("components")
                .get("schemas")
                .get(name.substring(name.lastIndexOf('/') + 1))
                .path("required")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /// What is wrong with a body by the schema of the response it came with.
    List<String> faults(JsonNode schema, String body) {
        var whole = JSON.createObjectNode();
        whole.set("components", strict);
        whole.setAll((ObjectNode) schema.deepCopy());
        return schemas.getSchema(whole).validate(JSON.readTree(body)).stream()
                .map(Error::toString)
                .toList();
    }
}
