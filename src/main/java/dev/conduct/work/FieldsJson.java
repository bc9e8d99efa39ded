package dev.conduct.work;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The fields of an item as the database holds them.
final class FieldsJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private FieldsJson() {}

    static String write(Map<String, Object> fields) {
        return JSON.writeValueAsString(new TreeMap<>(fields));
    }

    static Map<String, Object> read(String json) {
        return JSON.readValue(json, FIELDS);
    }
}
