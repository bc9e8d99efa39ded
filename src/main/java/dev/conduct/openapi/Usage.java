package dev.conduct.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What follows from where a schema is used. Requests take no field they do not know, and show an example made of
/// their fields'; answers carry every field, null or not, unless it is left out when null.
final class Usage {

    private final OpenAPI document;

    Usage(OpenAPI document) {
        this.document = document;
    }

    void apply() {
        var asked = new HashSet<String>();
        var answered = new HashSet<String>();
        document.getPaths()
                .values()
                .forEach(path -> path.readOperations().forEach(operation -> {
                    if (operation.getRequestBody() != null) {
                        collect(operation.getRequestBody().getContent(), asked);
                    }
                    operation.getResponses().values().forEach(response -> collect(response.getContent(), answered));
                }));
        asked.forEach(name -> schema(name).setAdditionalProperties(false));
        answered.stream().filter(name -> !asked.contains(name)).forEach(name -> allRequired(schema(name)));
        document.getPaths().values().forEach(path -> path.readOperations().forEach(this::exemplify));
    }

    private void collect(@Nullable Content content, Set<String> names) {
        if (content != null) {
            content.values().stream().map(MediaType::getSchema).forEach(schema -> collect(schema, names));
        }
    }

    private void collect(@Nullable Schema<?> schema, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            var name = name(schema);
            if (names.add(name)) {
                collect(schema(name), names);
            }
            return;
        }
        collect(schema.getItems(), names);
        if (schema.getAdditionalProperties() instanceof Schema<?> values) {
            collect(values, names);
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(one -> collect(one, names));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(one -> collect(one, names));
        }
    }

    private static void allRequired(Schema<?> schema) {
        if (schema.getProperties() != null) {
            var required = new ArrayList<String>();
            schema.getProperties().forEach((name, property) -> {
                if (!RecordSchemas.absentWhenNull(property)) {
                    required.add(name);
                }
            });
            schema.setRequired(required);
        }
    }

    private void exemplify(Operation operation) {
        if (operation.getRequestBody() == null) {
            return;
        }
        operation.getRequestBody().getContent().forEach((kind, media) -> {
            if (kind.equals("application/json") && media.getExample() == null && media.getSchema() != null) {
                media.setExample(example(media.getSchema()));
            }
        });
    }

    private Map<String, Object> example(Schema<?> reference) {
        var schema = reference.get$ref() == null ? reference : schema(name(reference));
        var example = new LinkedHashMap<String, Object>();
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> {
                var value = property.getExample();
                if (value != null) {
                    example.put(name, value);
                }
            });
        }
        return example;
    }

    private Schema<?> schema(String name) {
        var schema = document.getComponents().getSchemas().get(name);
        if (schema == null) {
            throw new IllegalStateException(name + " is referred to and not described");
        }
        return schema;
    }

    private static String name(Schema<?> reference) {
        return reference.get$ref().substring(reference.get$ref().lastIndexOf('/') + 1);
    }
}
