package dev.conduct.importer;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The records of a JSON file, one at a time: an array, JSON lines, one object, an answer that wraps its records
/// (`{"issues": […]}`), or a dictionary of arrays by id.
final class JsonRecords {

    static final int LONGEST_LINE = 32 * 1024 * 1024;

    private static final Set<String> WRAPPERS = Set.of("issues", "bugs", "items");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxStringLength(LONGEST_LINE)
                            .build())
                    .build())
            .build();

    private final SourceFile file;
    private final SourceReader.Receiver receiver;
    private final Handler handler;

    /// Takes one record. Whatever it throws as `BrokenRecord` refuses this record only.
    interface Handler {

        /// @param name the key of a dictionary, null elsewhere
        void record(String at, @Nullable String name, JsonNode record);
    }

    JsonRecords(SourceFile file, SourceReader.Receiver receiver, Handler handler) {
        this.file = file;
        this.receiver = receiver;
        this.handler = handler;
    }

    void read() throws IOException {
        if (holdsLines()) {
            readLines();
        } else {
            readDocument();
        }
    }

    private boolean holdsLines() throws IOException {
        var name = file.name().toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
            return true;
        }
        try (var text = file.text(StandardCharsets.UTF_8)) {
            var first = new StringBuilder();
            if (nextLine(text, first) == Line.TOO_LONG
                    || !first.toString().stripLeading().startsWith("{")) {
                return false;
            }
            var second = new StringBuilder();
            if (nextLine(text, second) != Line.READ
                    || !second.toString().stripLeading().startsWith("{")) {
                return false;
            }
            return JSON.readTree(first.toString()).isObject();
        } catch (JacksonException _) {
            return false;
        }
    }

    private void readLines() throws IOException {
        try (var text = file.text(StandardCharsets.UTF_8)) {
            var line = new StringBuilder();
            for (var number = 1L; ; number++) {
                line.setLength(0);
                var found = nextLine(text, line);
                if (found == Line.END) {
                    return;
                }
                if (found == Line.TOO_LONG) {
                    receiver.broken(file.at(number), "The line is longer than 32 MB. Export the issue on its own.");
                } else if (!line.toString().isBlank()) {
                    readLine(file.at(number), line.toString());
                }
            }
        }
    }

    private void readLine(String at, String line) {
        JsonNode record;
        try {
            record = JSON.readTree(line);
        } catch (JacksonException broken) {
            receiver.broken(at, "This line is not valid JSON: " + broken.getOriginalMessage());
            return;
        }
        hand(at, null, record);
    }

    private void readDocument() throws IOException {
        try (var text = file.text(StandardCharsets.UTF_8);
                var parser = JSON.createParser(text)) {
            try {
                for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                    if (token == JsonToken.START_ARRAY) {
                        elements(parser);
                    } else if (token == JsonToken.START_OBJECT) {
                        members(parser);
                    } else {
                        receiver.broken(at(parser), "An object or an array of issues is expected here.");
                    }
                }
            } catch (JacksonException broken) {
                receiver.broken(
                        at(parser),
                        "The JSON breaks off here; nothing after it can be read: " + broken.getOriginalMessage());
            }
        }
    }

    private void elements(JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            hand(at(parser), null, parser.readValueAsTree());
        }
    }

    private void members(JsonParser parser) {
        var at = at(parser);
        var rest = JSON.createObjectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            var memberAt = at(parser);
            var token = parser.nextToken();
            if (token == JsonToken.START_ARRAY && WRAPPERS.contains(name)) {
                elements(parser);
            } else if (token == JsonToken.START_ARRAY && isNumber(name)) {
                hand(memberAt, name, parser.readValueAsTree());
            } else {
                JsonNode value = parser.readValueAsTree();
                rest.set(name, value);
            }
        }
        if (rest.has("fields") || rest.has("id") || rest.has("number")) {
            hand(at, null, rest);
        }
    }

    private void hand(String at, @Nullable String name, JsonNode record) {
        try {
            handler.record(at, name, record);
        } catch (BrokenRecord broken) {
            receiver.broken(at, broken.says());
        }
    }

    private String at(JsonParser parser) {
        return file.at(Math.max(1, parser.currentTokenLocation().getLineNr()));
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(unit -> unit >= '0' && unit <= '9');
    }

    private enum Line {
        READ,
        TOO_LONG,
        END
    }

    private static Line nextLine(BufferedReader text, StringBuilder line) throws IOException {
        var tooLong = false;
        for (var any = false; ; any = true) {
            var unit = text.read();
            if (unit < 0) {
                return any ? (tooLong ? Line.TOO_LONG : Line.READ) : Line.END;
            }
            if (unit == '\n') {
                return tooLong ? Line.TOO_LONG : Line.READ;
            }
            if (line.length() >= LONGEST_LINE) {
                tooLong = true;
            } else {
                line.append((char) unit);
            }
        }
    }
}
