package dev.conduct.mocks;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Whether two documents say the same, as `equalToJson` means it.
final class JsonEquality {

    /// Beyond it, elements in any order are compared in their order: each would be tried with each.
    private static final int MOST_ANY_ORDER = 200;

    /// Arrays in any order within one another multiply their work: what needs more than this counts as different.
    private static final int MOST = 1_000_000;

    private final boolean anyOrder;
    private final boolean more;
    private int left = MOST;

    private JsonEquality(boolean anyOrder, boolean more) {
        this.anyOrder = anyOrder;
        this.more = more;
    }

    /// @param anyOrder whether the order of arrays does not matter
    /// @param more whether the found one may say more
    static boolean equal(JsonNode expected, JsonNode found, boolean anyOrder, boolean more) {
        var equality = new JsonEquality(anyOrder, more);
        return equality.equal(expected, found) && equality.left > 0;
    }

    private boolean equal(JsonNode expected, JsonNode found) {
        if (--left <= 0) {
            return false;
        }
        if (expected.isNumber() && found.isNumber()) {
            return expected.decimalValue().compareTo(found.decimalValue()) == 0;
        }
        if (expected.isObject() && found.isObject()) {
            return (more || expected.size() == found.size())
                    && expected.properties().stream()
                            .allMatch(one -> found.has(one.getKey()) && equal(one.getValue(), found.get(one.getKey())));
        }
        if (expected.isArray() && found.isArray()) {
            return arrays(elements(expected), elements(found));
        }
        return expected.equals(found);
    }

    private static List<JsonNode> elements(JsonNode array) {
        return array.valueStream().toList();
    }

    private boolean arrays(List<JsonNode> expected, List<JsonNode> found) {
        if (more ? expected.size() > found.size() : expected.size() != found.size()) {
            return false;
        }
        if (!anyOrder || found.size() > MOST_ANY_ORDER) {
            for (var at = 0; at < expected.size(); at++) {
                if (!equal(expected.get(at), found.get(at))) {
                    return false;
                }
            }
            return true;
        }
        var left = new ArrayList<>(found);
        for (var one : expected) {
            var same = left.stream().filter(other -> equal(one, other)).findFirst();
            if (same.isEmpty()) {
                return false;
            }
            left.remove(same.get());
        }
        return true;
    }
}
