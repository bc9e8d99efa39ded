package dev.conduct.mocks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// Reads a path into JSON, from left to right.
final class JsonPathReader {

    private static final int MOST = 1_000;
    private static final int MOST_STEPS = 30;
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_$-]+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");

    private final String text;
    private int at;

    private JsonPathReader(String text) {
        this.text = text;
    }

    /// It is none that is read here; the message says where.
    static final class Unreadable extends Exception {

        Unreadable(String says) {
            super(says);
        }
    }

    static JsonPath read(String text) throws Unreadable {
        if (text.length() > MOST || !text.startsWith("$")) {
            throw new Unreadable("a path begins with $ and has at most " + MOST + " characters");
        }
        var reader = new JsonPathReader(text);
        reader.at = 1;
        var path = reader.path(0);
        if (reader.at < text.length()) {
            throw reader.unreadable();
        }
        return path;
    }

    private Unreadable unreadable() {
        return new Unreadable("the path is not read from character " + (at + 1)
                + " on; names, [positions], *, .. and filters such as [?(@.id == 5)] are");
    }

    private JsonPath path(int depth) throws Unreadable {
        var from = at;
        var steps = new ArrayList<JsonPath.Step>();
        while (at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '[')) {
            if (take("..")) {
                steps.add(new JsonPath.Deep());
                steps.add(text.startsWith("[", at) ? bracket(depth) : named());
            } else {
                steps.add(take(".") ? named() : bracket(depth));
            }
            if (steps.size() > MOST_STEPS) {
                throw new Unreadable("the path has more than " + MOST_STEPS + " steps");
            }
        }
        return new JsonPath((depth == 0 ? "$" : "@") + text.substring(from, at), List.copyOf(steps));
    }

    private boolean take(String word) {
        if (!text.startsWith(word, at)) {
            return false;
        }
        at += word.length();
        return true;
    }

    private void blanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private JsonPath.Step named() throws Unreadable {
        if (take("*")) {
            return new JsonPath.Every();
        }
        var name = PLAIN.matcher(text).region(at, text.length());
        if (!name.lookingAt()) {
            throw unreadable();
        }
        at = name.end();
        if (at < text.length() && text.charAt(at) == '(') {
            throw unreadable();
        }
        return new JsonPath.Name(name.group());
    }

    private JsonPath.Step bracket(int depth) throws Unreadable {
        var from = at;
        take("[");
        blanks();
        var step = inBracket(depth);
        blanks();
        if (!take("]")) {
            at = from;
            throw unreadable();
        }
        return step;
    }

    private JsonPath.Step inBracket(int depth) throws Unreadable {
        if (take("*")) {
            return new JsonPath.Every();
        }
        if (text.startsWith("'", at) || text.startsWith("\"", at)) {
            return new JsonPath.Name(quoted());
        }
        if (text.startsWith("?", at)) {
            if (depth > 0) {
                throw new Unreadable("a filter stands inside another");
            }
            take("?");
            return filter();
        }
        var number = NUMBER.matcher(text).region(at, text.length());
        if (!number.lookingAt()) {
            throw unreadable();
        }
        at = number.end();
        return new JsonPath.Position(Integer.parseInt(number.group()));
    }

    private String quoted() throws Unreadable {
        var quote = text.charAt(at);
        var end = text.indexOf(quote, at + 1);
        if (end < 0 || text.substring(at, end).indexOf('\\') >= 0) {
            throw unreadable();
        }
        var words = text.substring(at + 1, end);
        at = end + 1;
        return words;
    }

    private JsonPath.Step filter() throws Unreadable {
        blanks();
        var inside = take("(");
        var comparisons = new ArrayList<JsonPath.Comparison>();
        do {
            comparisons.add(comparison());
            blanks();
        } while (take("&&"));
        if (inside && !take(")")) {
            throw unreadable();
        }
        return new JsonPath.Filter(List.copyOf(comparisons));
    }

    private JsonPath.Comparison comparison() throws Unreadable {
        blanks();
        if (!take("@")) {
            throw unreadable();
        }
        var path = path(1);
        blanks();
        for (var operator : List.of("==", "!=", "<=", ">=", "<", ">")) {
            if (take(operator)) {
                blanks();
                return new JsonPath.Comparison(path, operator, value());
            }
        }
        return new JsonPath.Comparison(path, "", null);
    }

    private JsonNode value() throws Unreadable {
        if (text.startsWith("'", at) || text.startsWith("\"", at)) {
            return Mappings.JSON.getNodeFactory().stringNode(quoted());
        }
        var end = at;
        while (end < text.length() && " )]&".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        try {
            var read = Mappings.JSON.readTree(text.substring(at, end));
            if (read.isMissingNode() || read.isContainer()) {
                throw unreadable();
            }
            at = end;
            return read;
        } catch (JacksonException notOne) {
            throw unreadable();
        }
    }
}
