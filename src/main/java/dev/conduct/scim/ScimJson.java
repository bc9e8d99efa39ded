package dev.conduct.scim;

import dev.conduct.kernel.PlainText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Bodies of SCIM: read strictly, written as `application/scim+json`.
final class ScimJson {

    static final MediaType TYPE = MediaType.parseMediaType("application/scim+json");
    private static final int MOST = 1_000_000;
    private static final Set<String> ALWAYS = Set.of("schemas", "id", "meta");
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxDocumentLength(MOST)
                            .build())
                    .build())
            .build();

    private ScimJson() {}

    static ObjectNode object(String schema) {
        var made = JSON.createObjectNode();
        made.putArray("schemas").add(schema);
        return made;
    }

    static ObjectNode read(String body) {
        if (body.length() > MOST) {
            throw new ScimRefusal(413, "tooMany", "The body is larger than 1 MB.");
        }
        try {
            if (JSON.readTree(body) instanceof ObjectNode read) {
                return read;
            }
        } catch (JacksonException unreadable) {
            throw new ScimRefusal(400, "invalidSyntax", "The body is not valid JSON, or names a member twice.");
        }
        throw new ScimRefusal(400, "invalidSyntax", "The body is no JSON object.");
    }

    static ObjectNode parsed(String text) {
        return (ObjectNode) JSON.readTree(text);
    }

    static ResponseEntity<String> answer(int status, ObjectNode body) {
        return ResponseEntity.status(status).contentType(TYPE).body(body.toString());
    }

    static ResponseEntity<String> resource(int status, ObjectNode body, Shown shown) {
        var meta = body.path("meta");
        var answer = ResponseEntity.status(status)
                .contentType(TYPE)
                .eTag(meta.path("version").asString("W/\"0\""));
        if (status == 201) {
            answer.header("Location", meta.path("location").asString(""));
        }
        return answer.body(shown.of(body).toString());
    }

    static <T> ObjectNode list(List<T> found, int total, int start, Function<T, ObjectNode> written) {
        var body = object("urn:ietf:params:scim:api:messages:2.0:ListResponse")
                .put("totalResults", total)
                .put("startIndex", start)
                .put("itemsPerPage", found.size());
        var resources = body.putArray("Resources");
        found.forEach(one -> resources.add(written.apply(one)));
        return body;
    }

    /// Which attributes the caller wants to see (RFC 7644, 3.9).
    record Shown(Set<String> only, Set<String> without) {

        static Shown of(@Nullable String attributes, @Nullable String excluded) {
            return new Shown(names(attributes), names(excluded));
        }

        ObjectNode of(ObjectNode resource) {
            var names = resource.propertyNames().stream().toList();
            for (var name : names) {
                var asked = name.toLowerCase(Locale.ROOT);
                var shown = only.isEmpty() ? !without.contains(asked) : only.contains(asked);
                if (!shown && !ALWAYS.contains(name)) {
                    resource.remove(name);
                }
            }
            return resource;
        }

        private static Set<String> names(@Nullable String list) {
            return list == null
                    ? Set.of()
                    : Stream.of(list.split(","))
                            .map(name -> name.strip().toLowerCase(Locale.ROOT))
                            .map(name -> name.contains(":") ? name.substring(name.lastIndexOf(':') + 1) : name)
                            .map(name -> name.contains(".") ? name.substring(0, name.indexOf('.')) : name)
                            .filter(name -> !name.isEmpty())
                            .collect(Collectors.toUnmodifiableSet());
        }
    }

    /// A member, whatever the case of its name.
    static @Nullable JsonNode member(JsonNode object, String name) {
        for (var property : object.properties()) {
            if (property.getKey().equalsIgnoreCase(name)) {
                return property.getValue().isNull() ? null : property.getValue();
            }
        }
        return null;
    }

    static @Nullable String text(JsonNode object, String name) {
        var found = member(object, name);
        if (found == null) {
            return null;
        }
        if (!found.isString()) {
            throw ScimRefusal.value(name + " is text.");
        }
        return PlainText.checked(name, found.asString(), 1_000);
    }

    /// Some directories write truth as text.
    static @Nullable Boolean truth(JsonNode object, String name) {
        var found = member(object, name);
        if (found == null) {
            return null;
        }
        var text = found.asString("").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw ScimRefusal.value(name + " is true or false.");
        }
        return text.equals("true");
    }
}
