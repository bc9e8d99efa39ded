package dev.conduct.importer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a word of another system most likely means here. Only ever a suggestion on a page, which somebody looks at.
final class Guess {

    private static final Set<String> FIRST = Set.of(
            "open",
            "new",
            "to do",
            "todo",
            "backlog",
            "created",
            "unconfirmed",
            "p0",
            "blocker",
            "urgent",
            "highest",
            "1");
    private static final Set<String> LAST = Set.of(
            "done",
            "closed",
            "finished",
            "complete",
            "completed",
            "verified",
            "released",
            "trivial",
            "lowest",
            "minor");

    private Guess() {}

    /// @param choices in their order: the first of a line, the most urgent of degrees, comes first
    /// @param ordered those of the choices that are in an order
    static Optional<String> of(String word, List<String> choices, List<String> ordered) {
        var said = plain(word);
        var same = choices.stream().filter(choice -> plain(choice).equals(said)).findFirst();
        if (same.isPresent()) {
            return same;
        }
        if (!ordered.isEmpty() && FIRST.contains(said)) {
            return Optional.of(ordered.getFirst());
        }
        if (!ordered.isEmpty() && LAST.contains(said)) {
            return Optional.of(ordered.getLast());
        }
        return choices.stream()
                .filter(choice -> common(said, plain(choice)) > 0)
                .max(java.util.Comparator.comparingInt(choice -> common(said, plain(choice))));
    }

    private static int common(String one, String other) {
        var words = words(one);
        words.retainAll(words(other));
        return words.stream().mapToInt(String::length).sum();
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split(" "))
                .filter(word -> word.length() > 3)
                .map(word -> word.substring(0, 4))
                .collect(Collectors.toSet());
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
    }
}
