package dev.conduct.identity;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How alike words are, by the trigrams they share: what `pg_trgm` does in the database, for what it cannot read.
///
/// @param words each by its trigrams
record Likeness(List<Set<String>> words) {

    /// Half of what both have together.
    static final double NEAR = 0.5;

    static Likeness of(String text) {
        return new Likeness(Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .map(Likeness::trigrams)
                .toList());
    }

    /// From 0 to 1: the least alike of these words, each beside the word of the other text it is most like.
    double to(String text) {
        var others = of(text).words();
        return words.stream()
                .mapToDouble(word -> others.stream()
                        .mapToDouble(other -> shared(word, other))
                        .max()
                        .orElse(0))
                .min()
                .orElse(0);
    }

    private static double shared(Set<String> one, Set<String> other) {
        var both = one.stream().filter(other::contains).count();
        return 2.0 * both / (one.size() + other.size());
    }

    private static Set<String> trigrams(String word) {
        var framed = "  " + word + " ";
        var found = new HashSet<String>();
        for (var at = 0; at + 3 <= framed.length(); at++) {
            found.add(framed.substring(at, at + 3));
        }
        return found;
    }
}
