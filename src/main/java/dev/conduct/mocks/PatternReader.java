package dev.conduct.mocks;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/// Reads what a text must be: `{"equalTo": "5"}`.
final class PatternReader {

    private static final int MOST_PATTERN = 1_000;
    private static final int MOST_DEPTH = 5;
    private static final ValuePattern ANYTHING = new ValuePattern.Anything();

    private static final Map<String, Set<String>> KNOWN = Map.ofEntries(
            Map.entry("equalTo", Set.of("caseInsensitive")),
            Map.entry("contains", Set.of()),
            Map.entry("doesNotContain", Set.of()),
            Map.entry("matches", Set.of()),
            Map.entry("doesNotMatch", Set.of()),
            Map.entry("absent", Set.of()),
            Map.entry("anything", Set.of()),
            Map.entry("equalToJson", Set.of("ignoreArrayOrder", "ignoreExtraElements")),
            Map.entry("matchesJsonPath", Set.of()),
            Map.entry("equalToXml", Set.of()),
            Map.entry("matchesXPath", Set.of("xPathNamespaces")),
            Map.entry("not", Set.of()),
            Map.entry("and", Set.of()),
            Map.entry("or", Set.of()));

    private PatternReader() {}

    static ValuePattern read(Found found) {
        return read(found, 0);
    }

    private static ValuePattern read(Found found, int depth) {
        if (found.node() == null || !found.node().isObject()) {
            found.wrong("must be an object, such as {\"equalTo\": \"5\"}.");
            return ANYTHING;
        }
        if (depth > MOST_DEPTH) {
            found.wrong("holds patterns within patterns, more than " + MOST_DEPTH + " deep.");
            return ANYTHING;
        }
        var names = found.node().propertyNames();
        var operators = names.stream().filter(KNOWN::containsKey).toList();
        var modifiers = operators.size() == 1 ? KNOWN.getOrDefault(operators.getFirst(), Set.of()) : Set.<String>of();
        for (var name : names) {
            if (!KNOWN.containsKey(name) && !modifiers.contains(name)) {
                found.under(name)
                        .wrong("is not supported. Supported are "
                                + String.join(
                                        ", ", KNOWN.keySet().stream().sorted().toList())
                                + ".");
            }
        }
        if (operators.size() != 1) {
            if (operators.size() > 1) {
                found.wrong("says several things: " + String.join(", ", operators) + ". Write them under and.");
            }
            return ANYTHING;
        }
        return operator(found, operators.getFirst(), depth);
    }

    private static ValuePattern operator(Found found, String name, int depth) {
        var value = found.under(name);
        return switch (name) {
            case "equalTo" ->
                new ValuePattern.EqualTo(
                        scalar(value), found.under("caseInsensitive").yes());
            case "contains" -> new ValuePattern.Contains(value.text());
            case "doesNotContain" -> new ValuePattern.Not(new ValuePattern.Contains(value.text()));
            case "matches" -> matches(value);
            case "doesNotMatch" -> new ValuePattern.Not(matches(value));
            case "absent" -> value.yes() ? new ValuePattern.Absent() : new ValuePattern.Not(new ValuePattern.Absent());
            case "equalToJson" -> json(found, value);
            case "matchesJsonPath" -> path(value, depth);
            case "equalToXml" -> xml(value);
            case "matchesXPath" -> xPath(value, found.under("xPathNamespaces"), depth);
            case "not" -> new ValuePattern.Not(read(value, depth + 1));
            case "and" -> new ValuePattern.All(all(value, depth));
            case "or" -> new ValuePattern.Any(all(value, depth));
            default -> ANYTHING;
        };
    }

    /// Numbers and truths are written without quotes at times.
    private static String scalar(Found found) {
        var node = found.node();
        return node != null && (node.isNumber() || node.isBoolean()) ? node.asString() : found.text();
    }

    private static List<ValuePattern> all(Found found, int depth) {
        return found.list().stream().map(one -> read(one, depth + 1)).toList();
    }

    static ValuePattern matches(Found found) {
        var text = found.text();
        if (text.length() > MOST_PATTERN) {
            found.wrong("has more than " + MOST_PATTERN + " characters.");
            return ANYTHING;
        }
        try {
            return new ValuePattern.Matches(Pattern.compile(text, Pattern.DOTALL));
        } catch (PatternSyntaxException refused) {
            found.wrong("is no pattern that is matched here (RE2: without looking around and without references): "
                    + refused.getMessage() + ".");
            return ANYTHING;
        }
    }

    private static ValuePattern json(Found found, Found value) {
        var anyOrder = found.under("ignoreArrayOrder").yes();
        var more = found.under("ignoreExtraElements").yes();
        var node = value.node();
        if (node == null) {
            return ANYTHING;
        }
        try {
            var expected = node.isString() ? Mappings.JSON.readTree(node.stringValue()) : node;
            if (expected.toString().contains("${json-unit")) {
                value.wrong("holds ${json-unit…}, which is not supported. Use matchesJsonPath for that place.");
            }
            return new ValuePattern.EqualToJson(expected, anyOrder, more);
        } catch (JacksonException notJson) {
            value.wrong("is not JSON: " + Mappings.says(notJson) + ".");
            return ANYTHING;
        }
    }

    private static ValuePattern path(Found found, int depth) {
        try {
            if (found.node() == null || !found.node().isObject()) {
                return new ValuePattern.MatchesJsonPath(JsonPathReader.read(found.text()), null);
            }
            var path = JsonPathReader.read(found.under("expression").text());
            var rest = (tools.jackson.databind.node.ObjectNode) found.node().deepCopy();
            rest.remove("expression");
            var then = rest.isEmpty() ? null : read(new Found(found.place(), rest, found.wrong()), depth + 1);
            return new ValuePattern.MatchesJsonPath(path, then);
        } catch (JsonPathReader.Unreadable refused) {
            found.wrong("is not supported: " + refused.getMessage() + ".");
            return ANYTHING;
        }
    }

    private static ValuePattern xml(Found value) {
        var text = value.text();
        var expected = XmlTree.read(text);
        if (expected == null) {
            value.wrong("is not XML that is compared here: well-formed, without a document type.");
            return ANYTHING;
        }
        if (text.contains("${xmlunit")) {
            value.wrong("holds ${xmlunit\u2026}, which is not supported. Use matchesXPath for the other places.");
        }
        return new ValuePattern.EqualToXml(expected, text);
    }

    private static ValuePattern xPath(Found found, Found beside, int depth) {
        try {
            if (found.node() == null || !found.node().isObject()) {
                return new ValuePattern.MatchesXPath(XmlPath.read(found.text(), spaces(beside)), null);
            }
            var within = found.under("xPathNamespaces");
            var path = XmlPath.read(found.under("expression").text(), spaces(within.there() ? within : beside));
            var rest = (tools.jackson.databind.node.ObjectNode) found.node().deepCopy();
            rest.remove(List.of("expression", "xPathNamespaces"));
            var then = rest.isEmpty() ? null : read(new Found(found.place(), rest, found.wrong()), depth + 1);
            return new ValuePattern.MatchesXPath(path, then);
        } catch (XmlPath.Unreadable refused) {
            found.wrong("is not supported: " + refused.getMessage() + ".");
            return ANYTHING;
        }
    }

    private static Map<String, String> spaces(Found found) {
        return found.entries().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text()));
    }
}
