package dev.conduct.mocks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A path into a JSON document (RFC 9535), as far as mappings need it: names, positions, `*`, `..`, and filters that
/// compare one path of an element with a value. It looks at no more than 100,000 nodes.
///
/// @param text as it was written
final class JsonPath {

    private static final int MOST = 100_000;

    private final String text;
    private final List<Step> steps;

    JsonPath(String text, List<Step> steps) {
        this.text = text;
        this.steps = steps;
    }

    sealed interface Step {}

    record Name(String name) implements Step {}

    /// @param at from 0 on; from the end when below 0
    record Position(int at) implements Step {}

    record Every() implements Step {}

    /// What stands at any depth, itself too; the step behind it says which of that.
    record Deep() implements Step {}

    /// @param comparisons which must all hold
    record Filter(List<Comparison> comparisons) implements Step {}

    /// @param operator empty: that the path leads somewhere
    record Comparison(
            JsonPath path, String operator, @Nullable JsonNode value) {

        boolean holds(JsonNode element) {
            return path.find(element).stream().anyMatch(this::holdsOf);
        }

        private boolean holdsOf(JsonNode found) {
            var wanted = value;
            if (operator.isEmpty() || wanted == null) {
                return true;
            }
            if (operator.equals("==") || operator.equals("!=")) {
                return JsonEquality.equal(wanted, found, false, false) == operator.equals("==");
            }
            var order = found.isNumber() && wanted.isNumber()
                    ? Integer.valueOf(found.decimalValue().compareTo(wanted.decimalValue()))
                    : found.isString() && wanted.isString()
                            ? Integer.valueOf(found.stringValue().compareTo(wanted.stringValue()))
                            : null;
            return order != null
                    && switch (operator) {
                        case "<" -> order < 0;
                        case "<=" -> order <= 0;
                        case ">" -> order > 0;
                        default -> order >= 0;
                    };
        }
    }

    String text() {
        return text;
    }

    /// Whether it can lead to one place only.
    boolean definite() {
        return steps.stream().allMatch(step -> step instanceof Name || step instanceof Position);
    }

    /// What it leads to, in no order that counts; nothing when it would look at too much.
    List<JsonNode> find(JsonNode document) {
        var found = List.of(document);
        var looked = 0;
        for (var step : steps) {
            var next = new ArrayList<JsonNode>();
            for (var node : found) {
                take(step, node, next);
                if ((looked += 1) + next.size() > MOST) {
                    return List.of();
                }
            }
            looked += next.size();
            found = next;
        }
        return found;
    }

    private static void take(Step step, JsonNode node, List<JsonNode> into) {
        switch (step) {
            case Name name -> {
                if (node.has(name.name())) {
                    into.add(node.get(name.name()));
                }
            }
            case Position position -> {
                var at = position.at() < 0 ? node.size() + position.at() : position.at();
                if (node.isArray() && at >= 0 && at < node.size()) {
                    into.add(node.get(at));
                }
            }
            case Every _ -> node.valueStream().forEach(into::add);
            case Deep _ -> deep(node, into);
            case Filter filter ->
                node.valueStream()
                        .filter(one -> filter.comparisons().stream().allMatch(it -> it.holds(one)))
                        .forEach(into::add);
        }
    }

    private static void deep(JsonNode node, List<JsonNode> into) {
        if (into.size() > MOST) {
            return;
        }
        into.add(node);
        node.valueStream().filter(JsonNode::isContainer).forEach(one -> deep(one, into));
    }
}
