package dev.conduct.procedure;

import dev.conduct.procedure.Entry.Place;
import dev.conduct.procedure.Entry.Word;
import dev.conduct.procedure.Shape.Key;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

/// Reads one YAML file by its shape. Values stay text, so no YAML type ever changes a word (`no`, `2026.10`).
/// Aliases of lists and maps, duplicate keys, depth beyond 20 and files beyond a megabyte are refused.
final class YamlReader {

    private final String file;
    private final Mistakes mistakes;
    private int[] source = new int[0];

    YamlReader(String file, Mistakes mistakes) {
        this.file = file;
        this.mistakes = mistakes;
    }

    Entry read(byte[] bytes, Shape shape) {
        var top = new Place(file, 1, 1);
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            source = text.codePoints().toArray();
            var node = new Yaml(limits()).compose(new StringReader(text));
            if (node instanceof MappingNode mapping) {
                return entry(mapping, shape);
            }
            mistakes.unreadable(top, "the file holds no keys", "begin with " + String.join(", ", needed(shape)));
        } catch (CharacterCodingException broken) {
            mistakes.unreadable(top, "the file is not UTF-8", "save it as UTF-8");
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            var place = mark == null ? top : new Place(file, mark.getLine() + 1, mark.getColumn() + 1);
            mistakes.unreadable(place, "not YAML: " + broken.getProblem(), "check indents, colons and quotes here");
        } catch (ReaderException broken) {
            mistakes.unreadable(
                    placeOfCharacter(broken.getPosition()),
                    "the character U+"
                            + Integer.toHexString(broken.getCodePoint()).toUpperCase(java.util.Locale.ROOT)
                            + " cannot stand in YAML",
                    "remove it");
        } catch (YAMLException broken) {
            var says = String.valueOf(broken.getMessage());
            mistakes.unreadable(
                    top,
                    says.contains("aliases") ? "aliases of maps and lists are not read" : "no pack file: " + says,
                    "write every value out where it stands");
        }
        return new Entry(top);
    }

    private Place placeOfCharacter(int position) {
        var line = 1;
        for (var i = 0; i < Math.min(position, source.length); i++) {
            line += source[i] == '\n' ? 1 : 0;
        }
        return new Place(file, line, 1);
    }

    private static LoaderOptions limits() {
        var options = new LoaderOptions();
        options.setMaxAliasesForCollections(0);
        options.setNestingDepthLimit(20);
        options.setCodePointLimit(1_000_000);
        options.setAllowRecursiveKeys(false);
        return options;
    }

    private static List<String> needed(Shape shape) {
        return shape.keys().values().stream()
                .filter(Key::required)
                .map(Key::name)
                .toList();
    }

    private Entry entry(MappingNode mapping, Shape shape) {
        var entry = new Entry(place(mapping));
        pairs(mapping).forEach((name, value) -> {
            var key = shape.keys().get(name.text());
            if (key == null) {
                mistakes.add(
                        name.place(),
                        "unknown key \"" + name.text() + "\" in " + lower(shape.title()),
                        Nearest.instead(name.text(), shape.keys().keySet()));
            } else if (empty(value)) {
                mistakes.add(name.place(), key.name() + " is empty", "write its value, or leave the key out");
                entry.key(key.name(), name.place());
            } else {
                entry.key(key.name(), place(value));
                take(entry, key, value);
            }
        });
        for (var key : needed(shape)) {
            if (!entry.has(key)) {
                var means = Objects.requireNonNull(shape.keys().get(key)).means();
                mistakes.add(entry.place(), lower(shape.title()) + " lacks " + key, "add " + key + ": " + lower(means));
            }
        }
        return entry;
    }

    private static String lower(String sentence) {
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1).replaceAll("\\.$", "");
    }

    private static boolean empty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    private void take(Entry entry, Key key, Node node) {
        switch (key.sort()) {
            case TEXT -> scalar(key.name(), node, "text").ifPresent(word -> entry.put(key.name(), word));
            case FLAG -> choice(key.name(), node, List.of("true", "false")).ifPresent(it -> entry.put(key.name(), it));
            case CHOICE -> choice(key.name(), node, key.options()).ifPresent(it -> entry.put(key.name(), it));
            case WORDS -> entry.put(key.name(), words(key.name(), node, key.options()));
            case NAMED -> entry.putNamed(key.name(), named(key, node));
            case PARTS -> entry.putParts(key.name(), parts(key, node));
            case PART -> entry.putParts(key.name(), part(key, node));
            case WORDS_BY_NAME -> entry.putWordsByName(key.name(), wordsByName(key, node));
            case TEXTS_BY_NAME -> entry.putTextsByName(key.name(), textsByName(key, node));
            case VALUE -> {
                if (node instanceof SequenceNode) {
                    entry.put(key.name(), words(key.name(), node, List.of()));
                } else {
                    scalar(key.name(), node, "text, a number or a list").ifPresent(it -> entry.put(key.name(), it));
                }
            }
        }
    }

    private java.util.Optional<Word> scalar(String what, Node node, String kind) {
        if (node instanceof ScalarNode scalar && !empty(node)) {
            if (!storable(scalar.getValue())) {
                mistakes.add(
                        place(node),
                        what + " has a NUL or half a character by an escape",
                        "write the character itself, or leave it out");
                return java.util.Optional.empty();
            }
            return java.util.Optional.of(new Word(scalar.getValue(), place(node)));
        }
        mistakes.add(place(node), what + " is not " + kind, "write " + what + ": …");
        return java.util.Optional.empty();
    }

    /// An escape in quotes can make what no file can hold.
    private static boolean storable(String text) {
        return text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    private java.util.Optional<Word> choice(String what, Node node, List<String> options) {
        var word = scalar(what, node, "one word");
        if (word.isPresent() && !options.contains(word.get().text())) {
            mistakes.add(
                    word.get().place(),
                    what + " cannot be \"" + word.get().text() + "\"",
                    Nearest.instead(word.get().text(), options));
            return java.util.Optional.empty();
        }
        return word;
    }

    private List<Word> words(String what, Node node, List<String> options) {
        var words = new ArrayList<Word>();
        if (!(node instanceof SequenceNode sequence)) {
            mistakes.add(place(node), what + " is not a list", "write " + what + ": [one, another]");
            return words;
        }
        var seen = new HashSet<String>();
        for (var child : sequence.getValue()) {
            var word = options.isEmpty() ? scalar(what, child, "a list of words") : choice(what, child, options);
            if (word.isPresent()) {
                if (seen.add(word.get().text())) {
                    words.add(word.get());
                } else {
                    mistakes.add(
                            word.get().place(), what + " says \"" + word.get().text() + "\" twice", "say it once");
                }
            }
        }
        return words;
    }

    private Map<Word, Entry> named(Key key, Node node) {
        var entries = new LinkedHashMap<Word, Entry>();
        if (node instanceof MappingNode mapping) {
            pairs(mapping).forEach((name, value) -> {
                if (value instanceof MappingNode inner) {
                    entries.put(name, entry(inner, shape(key)));
                } else {
                    mistakes.add(
                            name.place(),
                            key.name() + " \"" + name.text() + "\" says nothing",
                            "give it " + String.join(", ", needed(shape(key))));
                }
            });
        } else {
            mistakes.add(place(node), key.name() + " is no map", "write each under its name, indented");
        }
        return entries;
    }

    private List<Entry> parts(Key key, Node node) {
        var entries = new ArrayList<Entry>();
        if (node instanceof SequenceNode sequence) {
            for (var child : sequence.getValue()) {
                entries.addAll(part(key, child));
            }
        } else {
            mistakes.add(place(node), key.name() + " is not a list", "begin each with a dash");
        }
        return entries;
    }

    private List<Entry> part(Key key, Node node) {
        if (node instanceof MappingNode mapping) {
            return List.of(entry(mapping, shape(key)));
        }
        mistakes.add(place(node), key.name() + " holds no keys", "give " + String.join(", ", needed(shape(key))));
        return List.of();
    }

    private Map<Word, List<Word>> wordsByName(Key key, Node node) {
        var map = new LinkedHashMap<Word, List<Word>>();
        if (node instanceof MappingNode mapping) {
            pairs(mapping).forEach((name, value) -> {
                if (mistakes.known(name, key.options(), "day")) {
                    map.put(name, words(name.text(), value, List.of()));
                }
            });
        } else {
            mistakes.add(place(node), key.name() + " is no map", "write monday: [\"09:00-17:00\"]");
        }
        return map;
    }

    private Map<Word, Map<Word, Word>> textsByName(Key key, Node node) {
        var map = new LinkedHashMap<Word, Map<Word, Word>>();
        if (!(node instanceof MappingNode mapping)) {
            mistakes.add(place(node), key.name() + " is no map", "write bug: {old: new}");
            return map;
        }
        pairs(mapping).forEach((name, value) -> {
            var inner = new LinkedHashMap<Word, Word>();
            if (value instanceof MappingNode texts) {
                pairs(texts)
                        .forEach((from, to) -> scalar(from.text(), to, "text").ifPresent(it -> inner.put(from, it)));
            } else {
                mistakes.add(name.place(), name.text() + " is no map", "write " + name.text() + ": {old: new}");
            }
            map.put(name, inner);
        });
        return map;
    }

    private static Shape shape(Key key) {
        return Objects.requireNonNull(key.shape());
    }

    private Map<Word, Node> pairs(MappingNode mapping) {
        var pairs = new LinkedHashMap<Word, Node>();
        var seen = new LinkedHashMap<String, Place>();
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                mistakes.add(place(tuple.getKeyNode()), "a key is not a word", "write a word before the colon");
                continue;
            }
            @Nullable Place before = seen.putIfAbsent(name.getValue(), place(name));
            if (before == null) {
                pairs.put(new Word(name.getValue(), place(name)), tuple.getValueNode());
            } else {
                mistakes.add(
                        place(name),
                        "\"" + name.getValue() + "\" stands twice, first in line " + before.line(),
                        "keep one of the two");
            }
        }
        return pairs;
    }

    private Place place(Node node) {
        var mark = node.getStartMark();
        return new Place(file, mark.getLine() + 1, mark.getColumn() + 1, node, source);
    }
}
