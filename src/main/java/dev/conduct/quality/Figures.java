package dev.conduct.quality;

import dev.conduct.shell.Words;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers of tests and coverage as people read them.
final class Figures {

    private Figures() {}

    static double percent(long part, long whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }

    /// One digit, rounded down: what is not quite 80 is not shown as 80.
    static String percent(double percent) {
        return String.format(Locale.ROOT, "%.1f %%", Math.floor(percent * 10) / 10);
    }

    static String share(long part, long whole) {
        return whole == 0 ? "\u2013" : percent(percent(part, whole));
    }

    /// `340 ms`, `1.2 s`, `48 s`, `11 min 48 s`, `2 h 05`.
    static String took(@Nullable Long micros) {
        if (micros == null) {
            return "\u2013";
        }
        if (micros < 1_000_000) {
            return micros / 1_000 + " ms";
        }
        if (micros < 10_000_000) {
            return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
        }
        var seconds = micros / 1_000_000;
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? "%d min %02d s".formatted(seconds / 60, seconds % 60)
                : "%d h %02d".formatted(seconds / 3600, seconds / 60 % 60);
    }

    static String tests(Words words, long tests) {
        return words.count(tests, "test", "tests");
    }
}
