package dev.conduct.checks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/// A mapping of a check's text, read word by word. What is wrong is told with its line, and reading goes on, so that
/// somebody sees all of it at once.
final class Part {

    private static final Pattern SPAN = Pattern.compile("(\\d{1,6})\\s*(ms|s|min|h|d)");

    private final MappingNode node;
    private final List<Mistake> mistakes;
    private final Map<String, Node> values = new LinkedHashMap<>();

    /// @param line counted from 1
    record Mistake(int line, String says) {}

    Part(MappingNode node, List<Mistake> mistakes) {
        this.node = node;
        this.mistakes = mistakes;
        for (var pair : node.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                wrong(pair.getKeyNode(), "a word must stand before the colon.");
            } else if (values.put(key.getValue(), pair.getValueNode()) != null) {
                wrong(key, key.getValue() + " is said twice.");
            }
        }
    }

    void wrong(Node at, String says) {
        mistakes.add(new Mistake(at.getStartMark().getLine() + 1, says));
    }

    void wrong(String says) {
        wrong(node, says);
    }

    /// Tells of every word that is none of these.
    void only(String... known) {
        var all = List.of(known);
        node.getValue().forEach(pair -> {
            if (pair.getKeyNode() instanceof ScalarNode key && !all.contains(key.getValue())) {
                wrong(key, key.getValue() + " is not known here. Write one of " + String.join(", ", all) + ".");
            }
        });
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /// Empty when it is not there.
    String text(String key) {
        var value = values.get(key);
        if (value == null) {
            return "";
        }
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        wrong(value, key + " must be a text.");
        return "";
    }

    String needed(String key, String remedy) {
        var text = text(key);
        if (text.isBlank() && !(values.get(key) instanceof MappingNode)) {
            wrong(values.getOrDefault(key, node), key + " is missing. " + remedy);
        }
        return text;
    }

    boolean yes(String key) {
        var said = text(key);
        if (!Set.of("", "true", "false").contains(said)) {
            wrong(values.getOrDefault(key, node), key + " must be true or false.");
        }
        return said.equals("true");
    }

    @Nullable
    Long number(String key) {
        var said = text(key);
        if (said.isEmpty()) {
            return null;
        }
        if (!said.matches("-?\\d{1,18}")) {
            wrong(values.getOrDefault(key, node), key + " must be a whole number.");
            return null;
        }
        return Long.valueOf(said);
    }

    /// `500 ms`, `10 s`, `15 min`, `2 h`, `1 d`; null when it is not there.
    @Nullable
    Duration span(String key) {
        var said = text(key).strip();
        if (said.isEmpty()) {
            return null;
        }
        var span = SPAN.matcher(said);
        if (!span.matches()) {
            wrong(values.getOrDefault(key, node), key + " must be a time such as 500 ms, 10 s, 15 min, 2 h or 1 d.");
            return null;
        }
        var count = Long.parseLong(span.group(1));
        return switch (span.group(2)) {
            case "ms" -> Duration.ofMillis(count);
            case "s" -> Duration.ofSeconds(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    Duration span(String key, Duration usual, Duration most) {
        var span = span(key);
        if (span == null) {
            return usual;
        }
        if (span.isZero() || span.compareTo(most) > 0) {
            wrong(
                    values.getOrDefault(key, node),
                    key + " must be more than nothing and at most " + most.toSeconds() + " s.");
            return usual;
        }
        return span;
    }

    /// One text, or several as a list.
    List<String> texts(String key) {
        var value = values.get(key);
        return switch (value) {
            case null -> List.of();
            case ScalarNode scalar -> List.of(scalar.getValue());
            case SequenceNode several ->
                several.getValue().stream().map(one -> scalar(one, key)).toList();
            default -> {
                wrong(value, key + " must be a text, or a list of texts.");
                yield List.of();
            }
        };
    }

    /// Texts by name.
    Map<String, String> pairs(String key) {
        return under(key).values.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, pair -> scalar(pair.getValue(), key), (one, _) -> one, LinkedHashMap::new));
    }

    /// Texts, numbers and truths by name.
    Map<String, Object> scalars(String key) {
        var all = new LinkedHashMap<String, Object>();
        under(key).values.forEach((name, value) -> all.put(name, typed(value, key)));
        return all;
    }

    /// Whatever stands there, as Java has it; null when nothing does.
    @Nullable
    Object anything(String key) {
        var value = values.get(key);
        return value == null ? null : plain(value);
    }

    /// The part below, empty when it is not there.
    Part under(String key) {
        var value = values.get(key);
        if (value instanceof MappingNode mapping) {
            return new Part(mapping, mistakes);
        }
        if (value != null) {
            wrong(value, key + " must hold words with a colon behind each.");
        }
        return new Part(new MappingNode(Tag.MAP, new ArrayList<>(), node.getFlowStyle()), new ArrayList<>());
    }

    List<Part> list(String key) {
        var value = values.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode sequence)) {
            wrong(value, key + " must be a list: each begins with a dash.");
            return List.of();
        }
        var parts = new ArrayList<Part>();
        for (var one : sequence.getValue()) {
            if (one instanceof MappingNode mapping) {
                parts.add(new Part(mapping, mistakes));
            } else {
                wrong(one, "each of " + key + " must hold words with a colon behind each.");
            }
        }
        return parts;
    }

    private String scalar(Node value, String key) {
        if (value instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        wrong(value, "each of " + key + " must be a text.");
        return "";
    }

    private Object typed(Node value, String key) {
        if (value instanceof ScalarNode scalar) {
            return plain(scalar);
        }
        wrong(value, "each of " + key + " must be a text, a number, true or false.");
        return "";
    }

    private Object plain(Node value) {
        return switch (value) {
            case MappingNode mapping -> {
                var all = new LinkedHashMap<String, Object>();
                new Part(mapping, mistakes).values.forEach((name, one) -> all.put(name, plain(one)));
                yield all;
            }
            case SequenceNode sequence ->
                sequence.getValue().stream().map(this::plain).toList();
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.BOOL) -> scalar.getValue().equals("true");
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.INT) && scalar.getValue().matches("-?\\d{1,18}") ->
                Long.valueOf(scalar.getValue());
            case ScalarNode scalar
            when scalar.getTag().equals(Tag.FLOAT) && scalar.getValue().matches("-?\\d+\\.\\d+") ->
                Double.valueOf(scalar.getValue());
            case ScalarNode scalar -> scalar.getValue();
            default -> throw new IllegalStateException("no such node: " + value.getNodeId());
        };
    }
}
