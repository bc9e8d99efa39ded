package dev.conduct.ledger.verify;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The JSON of entries: the canonical form of RFC 8785 over the few kinds of value an entry may hold. Strings,
/// booleans, null, whole numbers up to 2^53-1, lists, and maps with keys `[a-z][a-z0-9_]*`. For these values RFC 8785
/// means: keys sorted, no spaces, the shortest escapes, UTF-8.
public final class CanonicalJson {

    static final long GREATEST = (1L << 53) - 1;
    static final int DEEPEST = 32;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private CanonicalJson() {}

    /// A time as entries hold it: UTC, exactly three decimals.
    public static String time(Instant instant) {
        return TIME.format(instant);
    }

    /// The canonical bytes of a value made by [#plain].
    ///
    /// @throws IllegalArgumentException naming what an entry may not hold
    public static byte[] bytes(Map<String, ?> value) {
        var out = new StringBuilder(512);
        write(out, plain(value, "", 0));
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// The same value in the kinds that reading it back would give: whole numbers as `Long`, times as strings,
    /// maps sorted by key.
    ///
    /// @throws IllegalArgumentException naming what an entry may not hold
    public static Map<String, Object> plain(Map<String, ?> value) {
        @SuppressWarnings("unchecked")
        var plain = (Map<String, Object>) plain(value, "", 0);
        return plain;
    }

    private static Object plain(Object value, String path, int depth) {
        if (depth > DEEPEST) {
            throw refused(path, "is nested deeper than " + DEEPEST + " levels");
        }
        return switch (value) {
            case String text -> unicode(text, path);
            case Boolean bool -> bool;
            case Integer number -> Long.valueOf(number);
            case Short number -> Long.valueOf(number);
            case Long number -> whole(number, path);
            case Instant instant -> time(instant);
            case Map<?, ?> map -> plainMap(map, path, depth);
            case Iterable<?> list -> plainList(list, path, depth);
            case Enum<?> word ->
                throw refused(path, "is the enum constant " + word.name() + "; write the word it stands for");
            case Number number -> throw refused(path, "is the number " + number + "; only whole numbers are kept");
            default -> throw refused(path, "is a " + value.getClass().getName() + ", which an entry cannot hold");
        };
    }

    private static Map<String, @Nullable Object> plainMap(Map<?, ?> map, String path, int depth) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, inner) -> {
            if (!(key instanceof String name) || !isKey(name)) {
                throw refused(path, "has the key '" + key + "'; keys are [a-z][a-z0-9_]*");
            }
            var innerPath = path.isEmpty() ? name : path + "." + name;
            sorted.put(name, inner == null ? null : plain(inner, innerPath, depth + 1));
        });
        return Collections.unmodifiableMap(sorted);
    }

    private static List<@Nullable Object> plainList(Iterable<?> list, String path, int depth) {
        var plain = new ArrayList<@Nullable Object>();
        for (var inner : list) {
            plain.add(inner == null ? null : plain(inner, path + "[" + plain.size() + "]", depth + 1));
        }
        return Collections.unmodifiableList(plain);
    }

    private static Long whole(long number, String path) {
        if (number > GREATEST || number < -GREATEST) {
            throw refused(path, "is " + number + "; whole numbers are kept up to 2^53-1");
        }
        return number;
    }

    private static String unicode(String text, String path) {
        for (var i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (!Character.isHighSurrogate(text.charAt(i))
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused(path, "has half a character at offset " + i);
                }
                i++;
            }
        }
        return text;
    }

    static boolean isKey(String key) {
        if (key.isEmpty() || key.charAt(0) < 'a' || key.charAt(0) > 'z') {
            return false;
        }
        for (var i = 1; i < key.length(); i++) {
            var c = key.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    private static IllegalArgumentException refused(String path, String says) {
        return new IllegalArgumentException((path.isEmpty() ? "the value" : path) + " " + says);
    }

    private static void write(StringBuilder out, @Nullable Object value) {
        switch (value) {
            case null -> out.append("null");
            case String text -> writeText(out, text);
            case Map<?, ?> map -> {
                var separator = '{';
                for (var field : map.entrySet()) {
                    out.append(separator);
                    writeText(out, String.valueOf(field.getKey()));
                    out.append(':');
                    write(out, field.getValue());
                    separator = ',';
                }
                out.append(separator == '{' ? "{}" : "}");
            }
            case List<?> list -> {
                var separator = '[';
                for (var inner : list) {
                    out.append(separator);
                    write(out, inner);
                    separator = ',';
                }
                out.append(separator == '[' ? "[]" : "]");
            }
            default -> out.append(value);
        }
    }

    static String quoted(String text) {
        var out = new StringBuilder();
        writeText(out, text);
        return out.toString();
    }

    private static void writeText(StringBuilder out, String text) {
        out.append('"');
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(c < 0x10 ? '0' : '1').append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    /// Reads an entry back.
    ///
    /// @throws IllegalArgumentException when the bytes are not the canonical form of what they say
    public static Map<String, Object> read(byte[] bytes) {
        var text = new String(bytes, StandardCharsets.UTF_8);
        var reader = new Reader(text);
        if (reader.peek() != '{') {
            throw new IllegalArgumentException("is not a JSON object");
        }
        @SuppressWarnings("unchecked")
        var map = (Map<String, Object>) reader.map(0);
        if (!Arrays.equals(bytes, bytesOf(map))) {
            throw new IllegalArgumentException("is not in the canonical form of RFC 8785");
        }
        return map;
    }

    private static byte[] bytesOf(@Nullable Object plain) {
        var out = new StringBuilder(512);
        write(out, plain);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /// A strict reader: what it does not expect, it refuses. Order, spacing and escapes are checked by writing the
    /// value again and comparing the bytes.
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        @Nullable
        Object value(int depth) {
            if (depth > DEEPEST) {
                throw wrong("is nested too deeply");
            }
            return switch (peek()) {
                case '{' -> map(depth);
                case '[' -> list(depth);
                case '"' -> string();
                case 't' -> word("true", Boolean.TRUE);
                case 'f' -> word("false", Boolean.FALSE);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, @Nullable Object> map(int depth) {
            var map = new TreeMap<String, @Nullable Object>();
            at++;
            if (peek() == '}') {
                at++;
                return map;
            }
            while (true) {
                var key = string();
                if (!isKey(key)) {
                    throw wrong("has the key '" + key + "'");
                }
                expect(':');
                if (map.containsKey(key)) {
                    throw wrong("has the key '" + key + "' twice");
                }
                map.put(key, value(depth + 1));
                if (peek() == '}') {
                    at++;
                    return map;
                }
                expect(',');
            }
        }

        private List<@Nullable Object> list(int depth) {
            var list = new ArrayList<@Nullable Object>();
            at++;
            if (peek() == ']') {
                at++;
                return list;
            }
            while (true) {
                list.add(value(depth + 1));
                if (peek() == ']') {
                    at++;
                    return list;
                }
                expect(',');
            }
        }

        private String string() {
            expect('"');
            var start = at;
            while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\\') {
                at++;
            }
            if (peek() == '"') {
                return text.substring(start, at++);
            }
            var out = new StringBuilder(text.substring(start, at));
            while (peek() != '"') {
                var c = text.charAt(at++);
                out.append(c == '\\' ? escaped() : c);
            }
            at++;
            return out.toString();
        }

        private char escaped() {
            var c = peek();
            at++;
            return switch (c) {
                case '"', '\\' -> c;
                case 'b' -> '\b';
                case 't' -> '\t';
                case 'n' -> '\n';
                case 'f' -> '\f';
                case 'r' -> '\r';
                case 'u' -> {
                    if (at + 4 > text.length()) {
                        throw wrong("ends within an escape");
                    }
                    var unit = Integer.parseInt(text, at, at + 4, 16);
                    at += 4;
                    yield (char) unit;
                }
                default -> throw wrong("has an unknown escape");
            };
        }

        private @Nullable Object word(String word, @Nullable Object value) {
            if (!text.startsWith(word, at)) {
                throw wrong("has an unknown word");
            }
            at += word.length();
            return value;
        }

        private Long number() {
            var start = at;
            while (at < text.length() && (text.charAt(at) == '-' || Character.isDigit(text.charAt(at)))) {
                at++;
            }
            try {
                var number = Long.parseLong(text, start, at, 10);
                if (Math.abs(number) > GREATEST) {
                    throw wrong("has a number beyond 2^53-1");
                }
                return number;
            } catch (NumberFormatException e) {
                throw wrong("has something else where a value should stand");
            }
        }

        private char peek() {
            if (at >= text.length()) {
                throw wrong("ends too early");
            }
            return text.charAt(at);
        }

        private void expect(char c) {
            if (peek() != c) {
                throw wrong("lacks '" + c + "'");
            }
            at++;
        }

        private IllegalArgumentException wrong(String says) {
            return new IllegalArgumentException(says + " (at character " + at + ")");
        }
    }
}
