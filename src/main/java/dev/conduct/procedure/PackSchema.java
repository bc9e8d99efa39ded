package dev.conduct.procedure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The JSON Schema (draft 2020-12) of each file of a pack, written from the same declaration the reader uses.
/// Published under `procedure/schema/`, so that editors complete packs; a test keeps the files in step.
public final class PackSchema {

    private PackSchema() {}

    /// By file name, `type.json` and so on: what stands in `procedure/schema/`.
    public static Map<String, Map<String, Object>> files() {
        var files = new LinkedHashMap<String, Map<String, Object>>();
        Shapes.FILES.keySet().stream().sorted().forEach(name -> {
            var schema = new LinkedHashMap<String, Object>();
            schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
            schema.put("$id", "https://conduct.dev/schema/procedure/" + name + ".json");
            schema.putAll(object(Objects.requireNonNull(Shapes.FILES.get(name))));
            files.put(name + ".json", schema);
        });
        return files;
    }

    private static Map<String, Object> object(Shape shape) {
        var properties = new LinkedHashMap<String, Object>();
        shape.keys().values().forEach(key -> properties.put(key.name(), value(key)));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("title", shape.title());
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put(
                "required",
                shape.keys().values().stream()
                        .filter(Shape.Key::required)
                        .map(Shape.Key::name)
                        .toList());
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Map<String, Object> value(Shape.Key key) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", key.means());
        schema.putAll(
                switch (key.sort()) {
                    case TEXT -> SCALAR;
                    case FLAG -> Map.of("type", "boolean");
                    case CHOICE -> Map.of("enum", key.options());
                    case WORDS -> words(key.options());
                    case NAMED -> byName(object(shape(key)));
                    case PARTS -> list(object(shape(key)));
                    case PART -> object(shape(key));
                    case WORDS_BY_NAME -> wordsByName(key.options());
                    case TEXTS_BY_NAME -> byName(byName(SCALAR));
                    case VALUE -> Map.of("anyOf", List.of(SCALAR, words(List.of())));
                });
        return schema;
    }

    /// Numbers and dates need no quotes: the reader keeps what is written.
    private static final Map<String, Object> SCALAR = Map.of("type", List.of("string", "number"));

    private static Map<String, Object> words(List<String> options) {
        var schema = new LinkedHashMap<String, Object>(list(options.isEmpty() ? SCALAR : Map.of("enum", options)));
        schema.put("uniqueItems", true);
        return schema;
    }

    private static Map<String, Object> list(Map<String, Object> items) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "array");
        schema.put("items", items);
        return schema;
    }

    private static Map<String, Object> byName(Map<String, Object> values) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("additionalProperties", values);
        return schema;
    }

    private static Map<String, Object> wordsByName(List<String> names) {
        var properties = new LinkedHashMap<String, Object>();
        names.forEach(name -> properties.put(name, words(List.of())));
        var schema = new LinkedHashMap<String, Object>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    private static Shape shape(Shape.Key key) {
        return Objects.requireNonNull(key.shape());
    }
}
