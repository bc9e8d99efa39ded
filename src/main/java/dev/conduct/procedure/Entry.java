package dev.conduct.procedure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/// A part of a pack as it was read: its values by key, each knowing where it stands. What is absent is empty, so
/// that the check can go on past a mistake and find the next.
final class Entry {

    /// A text and where it stands.
    record Word(String text, Place place) {}

    private final Place place;
    private final Map<String, Word> texts = new LinkedHashMap<>();
    private final Map<String, List<Word>> words = new LinkedHashMap<>();
    private final Map<String, Map<Word, Entry>> named = new LinkedHashMap<>();
    private final Map<String, List<Entry>> parts = new LinkedHashMap<>();
    private final Map<String, Map<Word, List<Word>>> wordsByName = new LinkedHashMap<>();
    private final Map<String, Map<Word, Map<Word, Word>>> textsByName = new LinkedHashMap<>();
    private final Map<String, Place> keys = new LinkedHashMap<>();

    Entry(Place place) {
        this.place = place;
    }

    /// Where a text stands in its file; `node` lets a rule's error be found inside it.
    record Place(
            String file, int line, int column, @Nullable Node node, int[] source) {

        Place(String file, int line, int column) {
            this(file, line, column, null, new int[0]);
        }
    }

    Place place() {
        return place;
    }

    Place placeOf(String key) {
        return keys.getOrDefault(key, place);
    }

    boolean has(String key) {
        return keys.containsKey(key);
    }

    String text(String key) {
        var word = texts.get(key);
        return word == null ? "" : word.text();
    }

    @Nullable
    Word word(String key) {
        return texts.get(key);
    }

    boolean flag(String key) {
        return "true".equals(text(key));
    }

    List<Word> words(String key) {
        return words.getOrDefault(key, List.of());
    }

    Map<Word, Entry> named(String key) {
        return named.getOrDefault(key, Map.of());
    }

    List<Entry> parts(String key) {
        return parts.getOrDefault(key, List.of());
    }

    @Nullable
    Entry part(String key) {
        var list = parts(key);
        return list.isEmpty() ? null : list.getFirst();
    }

    Map<Word, List<Word>> wordsByName(String key) {
        return wordsByName.getOrDefault(key, Map.of());
    }

    Map<Word, Map<Word, Word>> textsByName(String key) {
        return textsByName.getOrDefault(key, Map.of());
    }

    void key(String key, Place where) {
        keys.put(key, where);
    }

    void put(String key, Word value) {
        texts.put(key, value);
    }

    void put(String key, List<Word> values) {
        words.put(key, values);
    }

    void putNamed(String key, Map<Word, Entry> values) {
        named.put(key, values);
    }

    void putParts(String key, List<Entry> values) {
        parts.put(key, values);
    }

    void putWordsByName(String key, Map<Word, List<Word>> values) {
        wordsByName.put(key, values);
    }

    void putTextsByName(String key, Map<Word, Map<Word, Word>> values) {
        textsByName.put(key, values);
    }
}
