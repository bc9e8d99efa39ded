package dev.conduct.procedure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a part of a pack may hold: the keys, what each takes, what it means. One declaration serves the reader, the
/// check and the published JSON Schema.
record Shape(String title, Map<String, Key> keys) {

    static Shape of(String title, Key... keys) {
        var map = new LinkedHashMap<String, Key>();
        for (var key : keys) {
            map.put(key.name(), key);
        }
        return new Shape(title, map);
    }

    enum Sort {
        /// one line or several
        TEXT,
        /// true or false
        FLAG,
        /// a list of texts
        WORDS,
        /// one of the options
        CHOICE,
        /// parts by their names
        NAMED,
        /// a list of parts
        PARTS,
        /// one part
        PART,
        /// names to lists of texts
        WORDS_BY_NAME,
        /// names to (names to texts)
        TEXTS_BY_NAME,
        /// text, number or list, by another key's word
        VALUE
    }

    record Key(
            String name,
            Sort sort,
            boolean required,
            String means,
            List<String> options,
            @Nullable Shape shape) {

        Key needed() {
            return new Key(name, sort, true, means, options, shape);
        }
    }

    static Key text(String name, String means) {
        return new Key(name, Sort.TEXT, false, means, List.of(), null);
    }

    static Key flag(String name, String means) {
        return new Key(name, Sort.FLAG, false, means, List.of(), null);
    }

    static Key words(String name, String means) {
        return new Key(name, Sort.WORDS, false, means, List.of(), null);
    }

    /// A list of which every word is one of the options.
    static Key words(String name, String means, List<String> options) {
        return new Key(name, Sort.WORDS, false, means, options, null);
    }

    static Key choice(String name, String means, List<String> options) {
        return new Key(name, Sort.CHOICE, false, means, options, null);
    }

    static Key named(String name, String means, Shape shape) {
        return new Key(name, Sort.NAMED, false, means, List.of(), shape);
    }

    static Key parts(String name, String means, Shape shape) {
        return new Key(name, Sort.PARTS, false, means, List.of(), shape);
    }

    static Key part(String name, String means, Shape shape) {
        return new Key(name, Sort.PART, false, means, List.of(), shape);
    }

    static Key wordsByName(String name, String means, List<String> names) {
        return new Key(name, Sort.WORDS_BY_NAME, false, means, names, null);
    }

    static Key textsByName(String name, String means) {
        return new Key(name, Sort.TEXTS_BY_NAME, false, means, List.of(), null);
    }

    static Key value(String name, String means) {
        return new Key(name, Sort.VALUE, false, means, List.of(), null);
    }
}
