package dev.conduct.mocks;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a text of a request must be: a header, a parameter, the body.
sealed interface ValuePattern {

    /// @param value null when it is not there
    /// @param reading of the request it is of
    boolean matches(@Nullable String value, Reading reading);

    /// For people: `equal to 5`.
    String says();

    /// Whether one of the values matches; without any, whether its absence does.
    default boolean matchesAny(List<String> values, Reading reading) {
        return values.isEmpty() ? matches(null, reading) : values.stream().anyMatch(value -> matches(value, reading));
    }

    record EqualTo(String text, boolean anyCase) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            return value != null && (anyCase ? text.equalsIgnoreCase(value) : text.equals(value));
        }

        @Override
        public String says() {
            return "equal to " + text;
        }
    }

    record Contains(String text) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
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
        public boolean matches(@Nullable String value, Reading reading) {
            return value != null && pattern.matches(value);
        }

        @Override
        public String says() {
            return "matching " + pattern.pattern();
        }
    }

    record Absent() implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            return value == null;
        }

        @Override
        public String says() {
            return "absent";
        }
    }

    record Anything() implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            return true;
        }

        @Override
        public String says() {
            return "of any kind";
        }
    }

    record EqualToJson(JsonNode expected, boolean anyOrder, boolean more) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            var found = reading.json(value);
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
        public boolean matches(@Nullable String value, Reading reading) {
            var body = reading.json(value);
            if (body == null) {
                return false;
            }
            var found = path.find(body);
            if (then != null) {
                return then.matchesAny(found.stream().map(MatchesJsonPath::text).toList(), reading);
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
        public boolean matches(@Nullable String value, Reading reading) {
            var found = reading.xml(value);
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
        public boolean matches(@Nullable String value, Reading reading) {
            var body = reading.xml(value);
            if (body == null) {
                return false;
            }
            var found = path.find(body, reading);
            return then == null ? !found.isEmpty() : then.matchesAny(found, reading);
        }

        @Override
        public String says() {
            return "with " + path.text() + (then == null ? "" : " " + then.says());
        }
    }

    record Not(ValuePattern pattern) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            return !pattern.matches(value, reading);
        }

        @Override
        public String says() {
            return "not " + pattern.says();
        }
    }

    record All(List<ValuePattern> patterns) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            return patterns.stream().allMatch(pattern -> pattern.matches(value, reading));
        }

        @Override
        public String says() {
            return String.join(
                    " and ", patterns.stream().map(ValuePattern::says).toList());
        }
    }

    record Any(List<ValuePattern> patterns) implements ValuePattern {

        @Override
        public boolean matches(@Nullable String value, Reading reading) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(value, reading));
        }

        @Override
        public String says() {
            return String.join(" or ", patterns.stream().map(ValuePattern::says).toList());
        }
    }
}
