package dev.conduct.procedure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The published schema is the reader's own declaration, and the packs we have meet it. `./conduct procedure schema`
/// writes it anew.
class PackSchemaTest {

    private static final Path PUBLISHED = Path.of("procedure/schema");
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Test
    void what_is_published_is_what_the_reader_reads() throws IOException {
        for (var file : PackSchema.files().entrySet()) {
            assertThat(Files.readString(PUBLISHED.resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(JSON.writeValueAsString(file.getValue()) + "\n");
        }
    }

    @Test
    void the_default_pack_and_the_small_one_meet_the_schema() throws IOException {
        assertThat(violations(PackFiles.standard())).isEmpty();
        assertThat(violations(PackFiles.of(Path.of("src/test/resources/procedure/small"))))
                .isEmpty();
    }

    @Test
    void a_misspelt_key_and_a_missing_one_are_found_by_schema_and_reader_alike() throws IOException {
        var pack = PackFiles.of(Path.of("src/test/resources/procedure/small"));
        var text = new String(pack.files().get("types/note.yaml"), StandardCharsets.UTF_8);
        pack.files()
                .put(
                        "types/note.yaml",
                        text.replace("says: Nobody", "sais: Nobody").getBytes(StandardCharsets.UTF_8));

        assertThat(violations(pack))
                .containsExactlyInAnyOrder(
                        "types/note.yaml/transitions/finish/gates/read_by_another: unknown sais",
                        "types/note.yaml/transitions/finish/gates/read_by_another: lacks says");
        assertThat(PackCheck.check(pack).mistakes())
                .extracting(Mistake::says)
                .containsExactlyInAnyOrder("unknown key \"sais\" in a gate", "a gate lacks says");
    }

    private static List<String> violations(PackFiles pack) throws IOException {
        var found = new ArrayList<String>();
        for (var file : pack.files().entrySet()) {
            var name =
                    file.getKey().startsWith("types/") ? "type" : file.getKey().replace(".yaml", "");
            var schema = JSON.readValue(Files.readString(PUBLISHED.resolve(name + ".json")), Map.class);
            check(schema, yaml(file.getValue()), file.getKey(), found);
        }
        return found;
    }

    /// Dates stay text, as an editor's YAML 1.2 reads them.
    private static Object yaml(byte[] bytes) {
        var options = new LoaderOptions();
        var resolver = new Resolver() {
            @Override
            public void addImplicitResolver(Tag tag, java.util.regex.Pattern pattern, String first, int limit) {
                if (!tag.equals(Tag.TIMESTAMP)) {
                    super.addImplicitResolver(tag, pattern, first, limit);
                }
            }
        };
        var dumper = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(dumper), dumper, options, resolver)
                .load(new String(bytes, StandardCharsets.UTF_8));
    }

    /// The part of JSON Schema that we publish, read independently of what wrote it.
    private static void check(Map<?, ?> schema, Object value, String where, List<String> found) {
        if (schema.get("anyOf") instanceof List<?> options) {
            var fits = options.stream().anyMatch(option -> {
                var inner = new ArrayList<String>();
                check((Map<?, ?>) option, value, where, inner);
                return inner.isEmpty();
            });
            if (!fits) {
                found.add(where + ": fits nothing");
            }
        }
        if (schema.get("enum") instanceof List<?> options && !options.contains(value)) {
            found.add(where + ": is " + value);
        }
        if (schema.containsKey("type") && !typed(schema.get("type"), value)) {
            found.add(where + ": is no " + schema.get("type"));
        }
        if (value instanceof Map<?, ?> map) {
            object(schema, map, where, found);
        }
        if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
            list.forEach(item -> check(items, item, where + "[]", found));
        }
    }

    private static void object(Map<?, ?> schema, Map<?, ?> value, String where, List<String> found) {
        var properties = schema.get("properties") instanceof Map<?, ?> map ? map : Map.of();
        if (schema.get("required") instanceof List<?> required) {
            required.stream()
                    .filter(key -> !value.containsKey(key))
                    .forEach(key -> found.add(where + ": lacks " + key));
        }
        value.forEach((key, inner) -> {
            if (properties.get(key) instanceof Map<?, ?> known) {
                check(known, inner, where + "/" + key, found);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                check(others, inner, where + "/" + key, found);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                found.add(where + ": unknown " + key);
            }
        });
    }

    private static boolean typed(Object types, Object value) {
        var allowed = types instanceof List<?> list ? list : List.of(types);
        return allowed.stream().anyMatch(type -> switch (type.toString()) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            default -> throw new IllegalArgumentException(type.toString());
        });
    }
}
