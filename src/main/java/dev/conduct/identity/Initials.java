package dev.conduct.identity;

import java.util.Locale;
import java.util.regex.Pattern;

/// Two letters of a name, for the plate.
final class Initials {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Initials() {}

    static String of(String name) {
        var words = SPACES.splitAsStream(name.strip())
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty()) {
            return "??";
        }
        var letters =
                words.size() == 1 ? first(words.getFirst(), 2) : first(words.getFirst(), 1) + first(words.getLast(), 1);
        return letters.toUpperCase(Locale.ROOT);
    }

    private static String first(String word, int count) {
        return word.codePoints()
                .limit(count)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
