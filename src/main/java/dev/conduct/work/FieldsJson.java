package dev.conduct.work;

import java.util.List;
import java.util.Map;
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

    /// Rows of a table by the names of its columns, as `json_to_recordset` reads them.
    static String rows(List<Map<String, Object>> rows) {
        return JSON.writeValueAsString(rows);
    }

    static Map<String, Object> read(String json) {
        return JSON.readValue(json, FIELDS);
    }
}
