package dev.conduct.checks;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A place in a document of maps and lists that anybody may have written: what is not there is empty.
record Tree(@Nullable Object value) {

    Tree under(String key) {
        return new Tree(value instanceof Map<?, ?> map ? map.get(key) : null);
    }

    /// By a reference within the document, such as `#/components/schemas/Order`.
    Tree at(String reference) {
        var place = this;
        for (var part : reference.replaceFirst("^#/", "").split("/", -1)) {
            place = place.under(part.replace("~1", "/").replace("~0", "~"));
        }
        return place;
    }

    boolean there() {
        return value != null;
    }

    String text(String key) {
        var found = under(key).value();
        return found == null || found instanceof Map || found instanceof List ? "" : String.valueOf(found);
    }

    String text() {
        return value == null || value instanceof Map || value instanceof List ? "" : String.valueOf(value);
    }

    List<Tree> list() {
        return value instanceof List<?> list ? list.stream().map(Tree::new).toList() : List.of();
    }

    /// By their names as they are written; a name that is no text is read as one.
    List<Map.Entry<String, Tree>> entries() {
        return value instanceof Map<?, ?> map
                ? map.entrySet().stream()
                        .map(entry -> Map.entry(Objects.toString(entry.getKey()), new Tree(entry.getValue())))
                        .toList()
                : List.of();
    }
}
