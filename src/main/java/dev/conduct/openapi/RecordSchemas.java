package dev.conduct.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Our records as the server's JSON mapper reads and writes them: names by `@JsonNaming`, null by `@Nullable`. The
/// description's library stands on an older mapper, which sees neither.
@Component
class RecordSchemas implements ModelConverter {

    private static final Pattern HUMP = Pattern.compile("([a-z0-9])([A-Z])");

    private static final String ABSENT = "x-absent-when-null";

    private final Map<String, Class<?>> named = new ConcurrentHashMap<>();

    @Override
    @SuppressWarnings("rawtypes")
    public @Nullable Schema resolve(AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        var resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        var raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && resolved.get$ref() != null && raw.isRecord()) {
            var name = resolved.get$ref().substring(resolved.get$ref().lastIndexOf('/') + 1);
            var model = context.getDefinedModels().get(name);
            if (model != null) {
                describe(name, model, raw);
            }
        }
        return resolved;
    }

    @SuppressWarnings("rawtypes")
    private void describe(String name, Schema<?> model, Class<?> type) {
        var before = named.putIfAbsent(name, type);
        if (before != null && before != type) {
            throw new IllegalStateException(before + " and " + type + " would both be described as " + name);
        }
        if (model.getProperties() == null) {
            return;
        }
        Map<String, Schema> old = model.getProperties();
        var properties = new LinkedHashMap<String, Schema>();
        var required = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            var written = written(component, type);
            var schema = old.getOrDefault(component.getName(), old.get(written));
            if (schema != null) {
                if (demanded(component)) {
                    properties.put(written, schema);
                    required.add(written);
                } else if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                    properties.put(written, leftOut(component) ? absent(schema) : orNull(schema));
                } else {
                    properties.put(written, schema);
                    required.add(written);
                }
            }
        }
        model.setProperties(properties);
        model.setRequired(required.isEmpty() ? null : required);
    }

    /// Asked for by the handler itself, with a refusal of its own words.
    private static boolean demanded(RecordComponent component) {
        var described = component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
        return described != null
                && described.requiredMode() == io.swagger.v3.oas.annotations.media.Schema.RequiredMode.REQUIRED;
    }

    /// Marks what an answer leaves out when there is nothing to say.
    private static Schema<?> absent(Schema<?> schema) {
        schema.addExtension(ABSENT, true);
        return schema;
    }

    /// Tells whether it is marked, and takes the mark off.
    static boolean absentWhenNull(Schema<?> schema) {
        return schema.getExtensions() != null && schema.getExtensions().remove(ABSENT) != null;
    }

    private static boolean leftOut(RecordComponent component) {
        var include = component.getAccessor().getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    private static String written(RecordComponent component, Class<?> type) {
        var naming = type.getAnnotation(JsonNaming.class);
        return naming != null && naming.value() == SnakeCaseStrategy.class
                ? HUMP.matcher(component.getName()).replaceAll("$1_$2").toLowerCase(Locale.ROOT)
                : component.getName();
    }

    @SuppressWarnings("rawtypes")
    private static Schema orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return new Schema<>().addAnyOfItem(schema).addAnyOfItem(Answer.oneType("null"));
        }
        if (schema.getTypes() != null && !schema.getTypes().contains("null")) {
            var types = new LinkedHashSet<>(schema.getTypes());
            types.add("null");
            schema.setTypes(types);
        }
        return schema;
    }
}
