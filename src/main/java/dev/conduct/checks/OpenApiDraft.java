package dev.conduct.checks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// One step for every operation of an OpenAPI document: its address with the examples of its parameters, its body by
/// example, the codes it declares and the schema of the answer; and of the first operation that asks for credentials,
/// a call without them.
final class OpenApiDraft {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "head", "post", "put", "patch", "delete", "options");
    private static final String BEARER = "Bearer ${secret.TOKEN}";
    private static final int MOST = 90;
    private static final int MOST_NODES = 20_000;
    private static final int LONGEST_SCHEMA = 8_000;

    private final Tree document;
    private final Map<String, String> values = new LinkedHashMap<>();
    private final List<Map<String, Object>> steps = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private boolean refused;
    private int nodes;

    private OpenApiDraft(Tree document) {
        this.document = document;
    }

    static Drafts.Content of(Tree document) {
        var draft = new OpenApiDraft(document);
        draft.read();
        return new Drafts.Content(document.under("info").text("title"), draft.values, draft.steps, draft.notes);
    }

    private void read() {
        var server = document.under("servers").list().stream()
                .map(one -> one.text("url"))
                .filter(url -> url.startsWith("http") && !url.contains("{"))
                .findFirst()
                .orElse("");
        if (server.isEmpty()) {
            notes.add("The document names no server: write its address at values, server.");
        }
        values.put("server", server.isEmpty() ? "https://staging.example.com" : server.replaceFirst("/+$", ""));
        for (var path : document.under("paths").entries()) {
            for (var operation : path.getValue().entries()) {
                if (METHODS.contains(operation.getKey()) && steps.size() < MOST) {
                    operation(path.getKey(), path.getValue(), operation.getKey(), operation.getValue());
                }
            }
        }
        if (refused) {
            notes.add("Write the secret TOKEN, or put the credentials this API asks for in its place.");
        }
    }

    private void operation(String path, Tree shared, String method, Tree operation) {
        var parameters = new ArrayList<Tree>();
        for (var holder : List.of(shared, operation)) {
            holder.under("parameters").list().forEach(one -> parameters.add(resolved(one)));
        }
        var headers = new LinkedHashMap<String, Object>();
        var address = address(path, parameters, headers);
        if (secured(operation)) {
            if (!refused) {
                refused = true;
                var bare = step("Without credentials: " + name(path, method, operation), method, address);
                bare.put("expect", Map.of("status", 401));
                steps.add(bare);
            }
            headers.put("Authorization", BEARER);
        }
        var step = step(name(path, method, operation), method, address);
        if (!headers.isEmpty()) {
            step.put("headers", headers);
        }
        var body = resolved(operation.under("requestBody")).under("content").under("application/json");
        if (body.there()) {
            var example = example(body, body.under("schema"), 0);
            if (JSON.writeValueAsString(example).length() <= LONGEST_SCHEMA) {
                step.put("json", example);
            } else {
                notes.add(step.get("name") + ": its example is too long for a check and left out.");
            }
        }
        step.put("expect", expect(operation));
        steps.add(step);
    }

    private static Map<String, Object> step(String name, String method, String address) {
        var step = new LinkedHashMap<String, Object>();
        step.put("name", name);
        step.put("http", method.toUpperCase(Locale.ROOT) + " " + address);
        return step;
    }

    private static String name(String path, String method, Tree operation) {
        var summary = operation.text("summary");
        return summary.isBlank() ? method.toUpperCase(Locale.ROOT) + " " + path : summary.replaceAll("\\s+", " ");
    }

    private String address(String path, List<Tree> parameters, Map<String, Object> headers) {
        var address = path;
        var query = new StringBuilder();
        for (var parameter : parameters) {
            var in = parameter.text("in");
            var name = parameter.text("name");
            if (!in.equals("path") && !parameter.text("required").equals("true")) {
                continue;
            }
            var example = plain(example(parameter, parameter.under("schema"), 0));
            if (in.equals("path")) {
                address = address.replace("{" + name + "}", example);
            } else if (in.equals("query")) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(escaped(name))
                        .append('=')
                        .append(example);
            } else if (in.equals("header")) {
                headers.put(name, example);
            }
        }
        return "${server}" + address.replaceAll("[{}\\s]", "") + query;
    }

    private static String plain(Object example) {
        return escaped(example instanceof Map || example instanceof List ? "1" : String.valueOf(example));
    }

    private static String escaped(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
    }

    private boolean secured(Tree operation) {
        var own = operation.under("security");
        var asked = own.there() ? own : document.under("security");
        return asked.list().stream().anyMatch(one -> !one.entries().isEmpty())
                && asked.list().stream().noneMatch(one -> one.entries().isEmpty());
    }

    private Map<String, Object> expect(Tree operation) {
        var expect = new LinkedHashMap<String, Object>();
        var codes = operation.under("responses").entries().stream()
                .map(Map.Entry::getKey)
                .filter(code -> code.matches("2\\d\\d"))
                .toList();
        if (!codes.isEmpty()) {
            expect.put("status", codes.stream().map(Integer::valueOf).toList());
            var answer = resolved(operation.under("responses").under(codes.getFirst()));
            if (!answer.there()) {
                answer = resolved(new Tree(
                        operation.under("responses").value() instanceof Map<?, ?> map
                                ? map.get(Integer.valueOf(codes.getFirst()))
                                : null));
            }
            var schema = answer.under("content").under("application/json").under("schema");
            var bundled = schema.there() ? bundled(schema) : null;
            if (bundled != null) {
                expect.put("schema", bundled);
            }
        }
        return expect;
    }

    /// The schema with all it refers to, null when that is too much for a check.
    private @Nullable Object bundled(Tree schema) {
        var definitions = new LinkedHashMap<String, Object>();
        var whole = copied(schema.value(), definitions, 0);
        if (!(whole instanceof Map<?, ?> map)) {
            return null;
        }
        var all = new LinkedHashMap<Object, Object>(map);
        if (!definitions.isEmpty()) {
            all.put("$defs", definitions);
        }
        return JSON.writeValueAsString(all).length() > LONGEST_SCHEMA ? null : all;
    }

    private Object copied(@Nullable Object value, Map<String, Object> definitions, int depth) {
        if (depth > 30) {
            return Map.of();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(one -> copied(one, definitions, depth + 1)).toList();
        }
        if (!(value instanceof Map<?, ?> map)) {
            return value == null ? "" : value;
        }
        if (map.get("$ref") instanceof String reference) {
            var name = reference.substring(reference.lastIndexOf('/') + 1);
            if (!definitions.containsKey(name)) {
                definitions.put(name, Map.of());
                definitions.put(name, copied(document.at(reference).value(), definitions, depth + 1));
            }
            return Map.of("$ref", "#/$defs/" + name);
        }
        var copy = new LinkedHashMap<String, Object>();
        map.forEach((key, one) -> {
            if (!Set.of("example", "examples", "description", "nullable", "xml", "externalDocs", "discriminator")
                            .contains(String.valueOf(key))
                    || one instanceof Map) {
                copy.put(String.valueOf(key), copied(one, definitions, depth + 1));
            }
        });
        // As OpenAPI 3.0 says what JSON Schema says by a list of types.
        if (Boolean.TRUE.equals(map.get("nullable")) && copy.get("type") instanceof String type) {
            copy.put("type", List.of(type, "null"));
        }
        return copy;
    }

    private Object example(Tree holder, Tree schema, int depth) {
        var own = holder.under("example");
        if (own.value() != null) {
            return own.value();
        }
        var named = holder.under("examples").entries();
        if (!named.isEmpty()
                && resolved(named.getFirst().getValue()).under("value").value() instanceof Object first) {
            return first;
        }
        return made(resolved(schema), depth);
    }

    private Object made(Tree schema, int depth) {
        if (++nodes > MOST_NODES) {
            // Schemas that hold themselves many times over would never end.
            return "text";
        }
        for (var key : List.of("example", "default", "const")) {
            if (schema.under(key).value() instanceof Object value) {
                return value;
            }
        }
        var choices = schema.under("enum").list();
        if (!choices.isEmpty() && choices.getFirst().value() instanceof Object first) {
            return first;
        }
        var type = schema.text("type");
        if (type.equals("array")) {
            return depth > 4 ? List.of() : List.of(made(resolved(schema.under("items")), depth + 1));
        }
        if (schema.under("properties").there() && depth <= 4) {
            var object = new LinkedHashMap<String, Object>();
            var required =
                    schema.under("required").list().stream().map(Tree::text).toList();
            schema.under("properties").entries().stream()
                    .filter(property -> required.isEmpty() || required.contains(property.getKey()))
                    .forEach(property -> object.put(property.getKey(), made(resolved(property.getValue()), depth + 1)));
            return object;
        }
        return switch (type) {
            case "integer", "number" -> 1;
            case "boolean" -> true;
            case "object" -> Map.of();
            default -> "text";
        };
    }

    private Tree resolved(Tree place) {
        var found = place;
        for (var hop = 0; hop < 10 && found.text("$ref").startsWith("#/"); hop++) {
            found = document.at(found.text("$ref"));
        }
        return found;
    }
}
