package dev.conduct.ledger.verify;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/// What every entry must be, whatever it says.
final class EntryCheck {

    static final int GREATEST = 32 * 1024;

    private static final Set<String> FIELDS = Set.of(
            "v",
            "id",
            "occurred_at",
            "recorded_at",
            "actor",
            "via",
            "action",
            "object",
            "object_version",
            "outcome",
            "clause",
            "procedure",
            "data",
            "content");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

    private EntryCheck() {}

    /// @return the fields of the entry
    /// @throws IllegalArgumentException saying in words what is wrong
    static Map<String, Object> read(byte[] bytes) {
        if (bytes.length > GREATEST) {
            throw new IllegalArgumentException("takes " + bytes.length + " bytes; an entry has at most " + GREATEST);
        }
        var entry = CanonicalJson.read(bytes);
        if (!entry.keySet().equals(FIELDS)) {
            throw new IllegalArgumentException("has the fields " + entry.keySet());
        }
        if (!Long.valueOf(1).equals(entry.get("v"))) {
            throw new IllegalArgumentException("is of the unknown version " + entry.get("v"));
        }
        UUID.fromString(text(entry, "id"));
        time(entry, "occurred_at");
        time(entry, "recorded_at");
        for (var field : new String[] {"actor", "via", "action", "object"}) {
            text(entry, field);
        }
        if (!Set.of("success", "denied", "error").contains(text(entry, "outcome"))) {
            throw new IllegalArgumentException("has the outcome " + entry.get("outcome"));
        }
        if (!(entry.get("object_version") instanceof Long)
                || !(entry.get("data") instanceof Map)
                || !(entry.get("content") instanceof Map)) {
            throw new IllegalArgumentException("has a field of another kind than it must be");
        }
        for (var commitment : commitments(entry).values()) {
            if (!(commitment instanceof String text) || text.length() != 44) {
                throw new IllegalArgumentException("has a commitment that is none");
            }
        }
        return entry;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> commitments(Map<String, Object> entry) {
        return (Map<String, Object>) entry.getOrDefault("content", Map.of());
    }

    static String text(Map<String, Object> entry, String field) {
        if (entry.get(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("has no text in " + field);
    }

    private static void time(Map<String, Object> entry, String field) {
        var text = text(entry, field);
        try {
            if (TIME.matcher(text).matches()) {
                Instant.parse(text);
                return;
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        throw new IllegalArgumentException("has the time '" + text + "' in " + field);
    }
}
