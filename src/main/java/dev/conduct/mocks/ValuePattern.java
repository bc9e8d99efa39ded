package dev.conduct.mocks;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// What a text of a request must be: a header, a parameter, the body.
sealed interface ValuePattern {

    /// @param value null when it is not there
    boolean matches(@Nullable String value);

    /// For people: `equal to 5`.
    String says();

    /// Whether one of the values matches; without any, whether its absence does.
    default boolean matchesAny(List<String> values) {
        return values.isEmpty() ? matches(null) : values.stream().anyMatch(this::matches);
    }

    record EqualTo(String text, boolean anyCase) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return value != null && (anyCase ? text.equalsIgnoreCase(value) : text.equals(value));
        }

        @Override
        public String says() {
            return "equal to " + text;
        }
    }

    record Contains(String text) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return value != null && value.contains(text);
        }

        @Override
        public String says() {
            return "containing " + text;
        }
    }

    /// In linear time, whatever the pattern.
    record Matches(Pattern pattern) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return value != null && pattern.matches(value);
        }

        @Override
        public String says() {
            return "matching " + pattern.pattern();
        }
    }

    record Absent() implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return value == null;
        }

        @Override
        public String says() {
            return "absent";
        }
    }

    record Anything() implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return true;
        }

        @Override
        public String says() {
            return "of any kind";
        }
    }

    record EqualToJson(JsonNode expected, boolean anyOrder, boolean more) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            var found = json(value);
            return found != null && JsonEquality.equal(expected, found, anyOrder, more);
        }

        @Override
        public String says() {
            return "equal to JSON " + expected;
        }
    }

    /// @param then what is found there must be, null: it must be there
    record MatchesJsonPath(JsonPath path, @Nullable ValuePattern then) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            var body = json(value);
            if (body == null) {
                return false;
            }
            var found = path.find(body);
            if (then != null) {
                return then.matchesAny(found.stream().map(MatchesJsonPath::text).toList());
            }
            return path.definite()
                    ? found.stream().anyMatch(one -> !one.isNull() && !(one.isContainer() && one.isEmpty()))
                    : !found.isEmpty();
        }

        private static String text(JsonNode node) {
            return node.isString() ? node.stringValue() : node.toString();
        }

        @Override
        public String says() {
            return "with " + path.text() + (then == null ? "" : " " + then.says());
        }
    }

    record EqualToXml(XmlTree expected, String text) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            var found = XmlTree.read(value);
            return found != null && expected.same(found);
        }

        @Override
        public String says() {
            return "equal to XML " + text;
        }
    }

    /// @param then what is found there must be, null: it must be there
    record MatchesXPath(XmlPath path, @Nullable ValuePattern then) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            var body = XmlTree.read(value);
            if (body == null) {
                return false;
            }
            var found = path.find(body);
            return then == null ? !found.isEmpty() : then.matchesAny(found);
        }

        @Override
        public String says() {
            return "with " + path.text() + (then == null ? "" : " " + then.says());
        }
    }

    record Not(ValuePattern pattern) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return !pattern.matches(value);
        }

        @Override
        public String says() {
            return "not " + pattern.says();
        }
    }

    record All(List<ValuePattern> patterns) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return patterns.stream().allMatch(pattern -> pattern.matches(value));
        }

        @Override
        public String says() {
            return String.join(
                    " and ", patterns.stream().map(ValuePattern::says).toList());
        }
    }

    record Any(List<ValuePattern> patterns) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(value));
        }

        @Override
        public String says() {
            return String.join(" or ", patterns.stream().map(ValuePattern::says).toList());
        }
    }

    private static @Nullable JsonNode json(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : Mappings.JSON.readTree(text);
        } catch (JacksonException notJson) {
            return null;
        }
    }
}
