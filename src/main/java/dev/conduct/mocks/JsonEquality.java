package dev.conduct.mocks;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Whether two documents say the same, as `equalToJson` means it.
final class JsonEquality {

    /// Beyond it, elements in any order are compared in their order: each would be tried with each.
    private static final int MOST_ANY_ORDER = 200;

    private JsonEquality() {}

    /// @param anyOrder whether the order of arrays does not matter
    /// @param more whether the found one may say more
    static boolean equal(JsonNode expected, JsonNode found, boolean anyOrder, boolean more) {
        if (expected.isNumber() && found.isNumber()) {
            return expected.decimalValue().compareTo(found.decimalValue()) == 0;
        }
        if (expected.isObject() && found.isObject()) {
            return (more || expected.size() == found.size())
                    && expected.properties().stream()
                            .allMatch(one -> found.has(one.getKey())
                                    && equal(one.getValue(), found.get(one.getKey()), anyOrder, more));
        }
        if (expected.isArray() && found.isArray()) {
            return arrays(elements(expected), elements(found), anyOrder, more);
        }
        return expected.equals(found);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return array.valueStream().toList();
    }

    private static boolean arrays(List<JsonNode> expected, List<JsonNode> found, boolean anyOrder, boolean more) {
        if (more ? expected.size() > found.size() : expected.size() != found.size()) {
            return false;
        }
        if (!anyOrder || found.size() > MOST_ANY_ORDER) {
            for (var at = 0; at < expected.size(); at++) {
                if (!equal(expected.get(at), found.get(at), anyOrder, more)) {
                    return false;
                }
            }
            return true;
        }
        var left = new ArrayList<>(found);
        for (var one : expected) {
            var same = left.stream()
                    .filter(other -> equal(one, other, anyOrder, more))
                    .findFirst();
            if (same.isEmpty()) {
                return false;
            }
            left.remove(same.get());
        }
        return true;
    }
}
