package dev.conduct.mocks;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What is known of one request while stubs look at it: each text is read once, however many patterns ask, and each
/// condition judged once. Paths into XML share how much they may look at. Of one thread.
final class Reading {

    private static final long MOST = 1_000_000;

    private final Map<String, Optional<JsonNode>> json = new HashMap<>();
    private final Map<String, Optional<XmlTree>> xml = new HashMap<>();
    private final Map<Stub.Condition, Boolean> judged = new IdentityHashMap<>();
    private long looked;

    /// Null for what is no JSON.
    @Nullable
    JsonNode json(@Nullable String text) {
        return text == null || text.isBlank()
                ? null
                : json.computeIfAbsent(text, Reading::readJson).orElse(null);
    }

    private static Optional<JsonNode> readJson(String text) {
        try {
            return Optional.ofNullable(Mappings.JSON.readTree(text));
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /// Null for what is no such document.
    @Nullable
    XmlTree xml(@Nullable String text) {
        return text == null
                ? null
                : xml.computeIfAbsent(text, one -> Optional.ofNullable(XmlTree.read(one)))
                        .orElse(null);
    }

    boolean holds(Stub.Condition condition, Asked asked) {
        var known = judged.get(condition);
        if (known == null) {
            known = condition.holds().test(asked);
            judged.put(condition, known);
        }
        return known;
    }

    /// Whether paths into XML have looked at as much as they may for one request.
    boolean spent() {
        return looked > MOST;
    }

    void spend(long more) {
        looked += more;
    }
}
