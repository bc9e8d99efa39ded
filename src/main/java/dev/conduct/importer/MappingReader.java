package dev.conduct.importer;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.work.HistoricItem;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// Reads mapping files. Every scalar is text (`No: …` stays `No`), every mistake is told as `file:line: what`.
final class MappingReader {

    private static final Set<String> TABLES =
            Set.of("states", "resolutions", "fields", "links", "labels", "people", "columns");
    private static final Set<String> LISTS = Set.of("dates", "nulls");
    private static final Set<String> WORDS = Set.of("source", "type", "initial", "zone", "delimiter", "encoding");

    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<String, List<String>> lists = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> values = new LinkedHashMap<>();
    private final List<FieldProblem> mistakes = new ArrayList<>();

    /// The format's own mapping, with others laid over it.
    static Mapping read(ImportFormat format, List<Imports.Overlay> overlays) {
        var reader = new MappingReader();
        reader.lay(format.word() + ".yaml", builtIn(format));
        reader.words.remove("source");
        overlays.forEach(overlay -> reader.lay(overlay.name(), overlay.yaml()));
        return reader.built(format);
    }

    private static String builtIn(ImportFormat format) {
        var path = "/import/" + format.word() + ".yaml";
        try (var stream = MappingReader.class.getResourceAsStream(path)) {
            if (stream == null) {
                throw new IllegalStateException("missing from the build: " + path);
            }
            return new InputStreamReader(stream, StandardCharsets.UTF_8).readAllAsString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void lay(String file, String text) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setCodePointLimit(1 << 20);
        options.setNestingDepthLimit(8);
        Node root;
        try {
            root = new Yaml(options).compose(new StringReader(text));
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            throw Problem.badInput(
                    file + ":" + (mark == null ? 1 : mark.getLine() + 1),
                    "bad_yaml",
                    "is not valid YAML: " + broken.getProblem());
        } catch (org.yaml.snakeyaml.error.YAMLException broken) {
            throw Problem.badInput(file + ":1", "bad_yaml", "is not valid YAML: " + broken.getMessage());
        }
        if (root == null) {
            return;
        }
        if (!(root instanceof MappingNode top)) {
            throw Problem.badInput(file + ":1", "bad_mapping", "must hold `states:`, `columns:` and so on.");
        }
        for (var entry : top.getValue()) {
            section(file, entry.getKeyNode(), entry.getValueNode());
        }
        if (!mistakes.isEmpty()) {
            throw Problem.badInput(mistakes);
        }
    }

    private void section(String file, Node keyNode, Node value) {
        var key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (WORDS.contains(key)) {
            scalar(file, key, value).ifPresent(text -> words.put(key, text));
        } else if (LISTS.contains(key)) {
            lists.put(key, list(file, key, value));
        } else if (TABLES.contains(key)) {
            tables.computeIfAbsent(key, _ -> new LinkedHashMap<>()).putAll(table(file, key, value));
        } else if (key.equals("values")) {
            if (value instanceof MappingNode fields) {
                for (var field : fields.getValue()) {
                    scalar(file, key, field.getKeyNode())
                            .ifPresent(name -> values.computeIfAbsent(name, _ -> new LinkedHashMap<>())
                                    .putAll(table(file, "values." + name, field.getValueNode())));
                }
            } else {
                mistake(file, value, "`values` holds a table for each field.");
            }
        } else {
            mistake(
                    file,
                    keyNode,
                    "`" + key + "` is not known here. Known: source, type, initial, states, resolutions, values,"
                            + " fields, links, labels, people, columns, dates, zone, delimiter, encoding, nulls.");
        }
    }

    private java.util.Optional<String> scalar(String file, String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            return java.util.Optional.of(scalar.getValue());
        }
        mistake(file, node, "`" + key + "` takes one word here.");
        return java.util.Optional.empty();
    }

    private List<String> list(String file, String key, Node node) {
        var list = new ArrayList<String>();
        if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(value -> scalar(file, key, value).ifPresent(list::add));
        } else {
            scalar(file, key, node).ifPresent(list::add);
        }
        return list;
    }

    private Map<String, String> table(String file, String key, Node node) {
        var table = new LinkedHashMap<String, String>();
        if (node instanceof MappingNode mapping) {
            for (var entry : mapping.getValue()) {
                var name = scalar(file, key, entry.getKeyNode());
                var value = scalar(file, key, entry.getValueNode());
                if (name.isPresent() && value.isPresent()) {
                    check(file, key, entry.getValueNode(), value.get());
                    table.put(name.get(), value.get());
                }
            }
        } else {
            mistake(file, node, "`" + key + "` takes a table: word there: word here.");
        }
        return table;
    }

    private void check(String file, String key, Node node, String value) {
        if (key.equals("labels") && value.indexOf('=') < 1) {
            mistake(file, node, "A label says `field=word`, for example `severity=critical`.");
        }
        if (key.equals("resolutions") && !value.equals(Mapping.AS_STATE) && value.isBlank()) {
            mistake(file, node, "A resolution says `as_state`, a state, or `state/reason`.");
        }
    }

    private void mistake(String file, Node node, String says) {
        mistakes.add(new FieldProblem(file + ":" + (node.getStartMark().getLine() + 1), "bad_mapping", says));
    }

    private Mapping built(ImportFormat format) {
        return new Mapping(
                words.getOrDefault("source", format.word()),
                words.containsKey("source") ? HistoricItem.Named.BY_SOMEBODY : format.named(),
                Objects.requireNonNull(words.get("type")),
                words.get("initial"),
                table("states"),
                table("resolutions"),
                values,
                table("fields"),
                table("links"),
                table("labels"),
                table("people"),
                table("columns"),
                lists.getOrDefault("dates", List.of()).stream()
                        .map(MappingReader::pattern)
                        .toList(),
                zone(words.getOrDefault("zone", "UTC")),
                delimiter(words.getOrDefault("delimiter", ",")),
                charset(words.getOrDefault("encoding", "UTF-8")),
                Set.copyOf(lists.getOrDefault("nulls", List.of())));
    }

    private Map<String, String> table(String name) {
        return tables.getOrDefault(name, Map.of());
    }

    private static DateTimeFormatter pattern(String pattern) {
        try {
            return Times.pattern(pattern);
        } catch (IllegalArgumentException _) {
            throw Problem.badInput(
                    "dates", "bad_mapping", "`" + pattern + "` is no pattern. Write `dd/MM/yyyy HH:mm`.");
        }
    }

    private static ZoneId zone(String name) {
        try {
            return ZoneId.of(name);
        } catch (DateTimeException _) {
            throw Problem.badInput("zone", "bad_mapping", "`" + name + "` is no time zone. Write `Europe/Berlin`.");
        }
    }

    private static char delimiter(String text) {
        var delimiter = text.equals("\\t") || text.equals("tab") ? "\t" : text;
        if (delimiter.length() != 1 || "\"\r\n".contains(delimiter)) {
            throw Problem.badInput("delimiter", "bad_mapping", "is one character, or `tab`.");
        }
        return delimiter.charAt(0);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException _) {
            throw Problem.badInput("encoding", "bad_mapping", "`" + name + "` is not known. Write `windows-1252`.");
        }
    }
}
