package dev.conduct.work;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A text with what was looked for marked in it.
record Marked(List<Piece> pieces) {

    /// As PostgreSQL is asked to write around what it found; no text that people write has these.
    static final char BEGIN = '\u0002';

    static final char END = '\u0003';

    private static final Pattern FOUND = Pattern.compile(BEGIN + "([^" + END + "]*)" + END);

    record Piece(String text, boolean found) {}

    /// Of a headline of PostgreSQL.
    static Marked of(String headline) {
        return cut(FOUND, headline, 1);
    }

    /// Of a text and the words that were looked for, wherever they stand in it.
    static Marked of(String text, List<String> words) {
        if (words.isEmpty()) {
            return new Marked(List.of(new Piece(text, false)));
        }
        var any = words.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        return cut(Pattern.compile("(" + any + ")", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), text, 1);
    }

    boolean marks() {
        return pieces.stream().anyMatch(Piece::found);
    }

    String plain() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    private static Marked cut(Pattern found, String text, int group) {
        var pieces = new ArrayList<Piece>();
        var matcher = found.matcher(text);
        var at = 0;
        while (matcher.find()) {
            if (matcher.start() > at) {
                pieces.add(new Piece(text.substring(at, matcher.start()), false));
            }
            pieces.add(new Piece(matcher.group(group), true));
            at = matcher.end();
        }
        if (at < text.length()) {
            pieces.add(new Piece(text.substring(at), false));
        }
        return new Marked(pieces);
    }

    /// Whether a text holds every one of these words, in lower case.
    static boolean holds(String text, List<String> words) {
        var lower = text.toLowerCase(Locale.ROOT);
        return !words.isEmpty() && words.stream().allMatch(lower::contains);
    }
}
