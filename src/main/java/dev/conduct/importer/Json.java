package dev.conduct.importer;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads members of a foreign JSON record that may be absent, null or of another kind than expected.
final class Json {

    private Json() {}

    static Optional<String> text(JsonNode node, String... path) {
        var value = at(node, path);
        if (value == null || value.isNull() || value.isContainer()) {
            return Optional.empty();
        }
        return Optional.of(value.asString());
    }

    static String required(JsonNode node, String name) {
        return text(node, name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new BrokenRecord("It has no `" + name + "`."));
    }

    static Instant time(JsonNode node, String name) {
        return Times.iso(name, required(node, name));
    }

    static Optional<Instant> timeIfAny(JsonNode node, String name) {
        return text(node, name).filter(value -> !value.isBlank()).map(value -> Times.iso(name, value));
    }

    /// The elements of an array, none when it is absent or something else.
    static Iterable<JsonNode> array(JsonNode node, String... path) {
        var value = at(node, path);
        return value != null && value.isArray() ? value : java.util.List.of();
    }

    static int size(JsonNode node, String... path) {
        var value = at(node, path);
        return value != null && value.isArray() ? value.size() : 0;
    }

    private static @Nullable JsonNode at(JsonNode node, String... path) {
        @Nullable JsonNode value = node;
        for (var name : path) {
            value = value == null ? null : value.get(name);
        }
        return value;
    }
}
