package dev.conduct.mocks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Files of stub mappings, whatever their shape: one mapping, a list, `{"mappings": […]}`, or a zip as WireMock's
/// folder is packed, with `mappings/` and `__files/`. Nothing of a zip is written anywhere.
final class Mappings {

    static final String FIELD = "mappings";
    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(64).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final int MOST = 4 * 1024 * 1024;
    private static final int MOST_STUBS = 500;
    private static final int MOST_ENTRIES = 1_000;
    private static final long MOST_RATIO = 100;

    private Mappings() {}

    /// @param content the mappings as an array of JSON, which [#stubs] reads again
    record Read(String content, List<Stub> stubs) {}

    /// @throws Problem 400 with each mistake and its place
    static Read read(byte[] file) {
        if (file.length == 0) {
            throw wrong("missing", "Choose a file of stub mappings: JSON, or a zip of mappings and __files.");
        }
        if (file.length > MOST) {
            throw tooLong();
        }
        var zip = file.length > 3 && file[0] == 'P' && file[1] == 'K';
        return read(zip ? unpacked(file) : array(tree(file, "the file")));
    }

    /// The same of what is JSON already.
    static Read read(JsonNode said) {
        return read(array(said));
    }

    private static Read read(ArrayNode mappings) {
        if (mappings.isEmpty()) {
            throw wrong("empty", "holds no mapping. Write at least one, with a request and a response.");
        }
        if (mappings.size() > MOST_STUBS) {
            throw wrong("too_many", "holds more than " + MOST_STUBS + " mappings. Make several mocks of them.");
        }
        var mistakes = new ArrayList<String>();
        var stubs = MappingReader.read(mappings, mistakes);
        if (!mistakes.isEmpty()) {
            throw Problem.badInput(mistakes.stream()
                    .map(says -> new FieldProblem(FIELD, "not_a_mapping", says))
                    .toList());
        }
        var content = JSON.writeValueAsString(mappings);
        if (content.length() > MOST) {
            throw tooLong();
        }
        // As JSON it writes a NUL as six characters; half a character it would not.
        return new Read(PlainText.checked(FIELD, content, MOST), stubs);
    }

    /// Of content that was read before.
    static List<Stub> stubs(String content) {
        return MappingReader.read(JSON.readTree(content), new ArrayList<>());
    }

    private static ArrayNode array(JsonNode said) {
        if (said instanceof ArrayNode list) {
            return list;
        }
        if (said instanceof ObjectNode one && one.has("mappings")) {
            var extra = one.propertyNames().stream()
                    .filter(name ->
                            !List.of("mappings", "meta", "importOptions").contains(name))
                    .findFirst();
            if (extra.isPresent()) {
                throw wrong("unsupported", extra.get() + " is not supported beside mappings. Take it away.");
            }
            if (one.get("mappings") instanceof ArrayNode list) {
                return list;
            }
        } else if (said instanceof ObjectNode one && (one.has("request") || one.has("response"))) {
            return JSON.createArrayNode().add(one);
        }
        throw wrong(
                "not_a_mapping",
                "is no stub mapping. Send one with a request and a response, a list of them, or {\"mappings\": […]}.");
    }

    private static JsonNode tree(byte[] bytes, String name) {
        try {
            return JSON.readTree(bytes);
        } catch (JacksonException notJson) {
            throw wrong("not_json", name + " is not JSON: " + says(notJson) + ".");
        }
    }

    /// The reason in one line, with its place.
    static String says(JacksonException notJson) {
        var at = notJson.getLocation();
        return notJson.getOriginalMessage().lines().findFirst().orElse("it cannot be read")
                + (at == null || at.getLineNr() < 1 ? "" : ", line " + at.getLineNr());
    }

    private static ArrayNode unpacked(byte[] zip) {
        var files = entries(zip);
        var all = JSON.createArrayNode();
        for (var file : files.entrySet()) {
            var name = file.getKey();
            if (name.endsWith(".json") && !name.startsWith("__files/") && !name.contains("/__files/")) {
                array(tree(file.getValue(), name)).forEach(mapping -> all.add(inlined(mapping, name, files)));
            }
        }
        return all;
    }

    /// A body that lies in `__files` is put into the mapping.
    private static JsonNode inlined(JsonNode mapping, String in, Map<String, byte[]> files) {
        if (mapping.path("response") instanceof ObjectNode response && response.has("bodyFileName")) {
            var name = response.path("bodyFileName").asString("");
            var body = files.entrySet().stream()
                    .filter(file -> file.getKey().equals("__files/" + name)
                            || file.getKey().endsWith("/__files/" + name))
                    .findFirst()
                    .orElseThrow(() -> wrong(
                            "missing",
                            in + " names the body __files/" + name + ", which is not in the zip. Pack it too."));
            response.remove("bodyFileName");
            response.put("base64Body", Base64.getEncoder().encodeToString(body.getValue()));
        }
        return mapping;
    }

    private static Map<String, byte[]> entries(byte[] zip) {
        var files = new TreeMap<String, byte[]>();
        var room = Math.min(MOST, MOST_RATIO * zip.length);
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip), StandardCharsets.UTF_8)) {
            var count = 0;
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                var name = entry.getName();
                if (++count > MOST_ENTRIES) {
                    throw wrong("too_many", "holds more than " + MOST_ENTRIES + " files.");
                }
                if (name.startsWith("/")
                        || name.contains("\\")
                        || List.of(name.split("/")).contains("..")) {
                    throw wrong("not_valid", "holds a file whose name leads out of the folder. Pack it anew.");
                }
                if (!entry.isDirectory()) {
                    var bytes = in.readNBytes((int) room + 1);
                    room -= bytes.length;
                    if (room < 0) {
                        throw tooLong();
                    }
                    files.put(name, bytes);
                }
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw wrong("not_a_zip", "is a zip that cannot be read. Pack it anew.");
        }
        return files;
    }

    private static Problem tooLong() {
        return wrong("too_long", "is longer than 4 MB, or packed more tightly than 100 to 1.");
    }

    private static Problem wrong(String code, String says) {
        return Problem.badInput(FIELD, code, says);
    }
}
