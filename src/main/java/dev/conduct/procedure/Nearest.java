package dev.conduct.procedure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Collectors;

/// The name somebody probably meant.
public final class Nearest {

    private static final int SHOWN = 12;

    private Nearest() {}

    /// What to write instead of a name that does not exist.
    public static String instead(String written, Collection<String> names) {
        if (names.isEmpty()) {
            return "declare it first";
        }
        var nearest = to(written, names);
        if (nearest.isPresent()) {
            return "write " + nearest.get();
        }
        var shown = names.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "));
        return "write one of " + shown + (names.size() > SHOWN ? ", …" : "");
    }

    /// Empty when nothing is near enough to be a slip of the pen.
    public static Optional<String> to(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> distance(written, name) <= Math.max(2, written.length() / 3))
                .min(Comparator.<String>comparingInt(name -> distance(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /// Damerau-Levenshtein with adjacent swaps, over at most 80 characters.
    static int distance(String one, String other) {
        var a = one.substring(0, Math.min(80, one.length()));
        var b = other.substring(0, Math.min(80, other.length()));
        var table = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                table[i][j] = i == 0 || j == 0 ? i + j : step(a, b, table, i, j);
            }
        }
        return table[a.length()][b.length()];
    }

    private static int step(String a, String b, int[][] table, int i, int j) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var best = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + (same ? 0 : 1));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
