package dev.conduct.clock;

import java.time.Duration;

/// Lengths of time in the words of a procedure: `15 min`, `4 h`, `48 h`, `1 h 30`.
final class Span {

    private Span() {}

    static String of(Duration time) {
        if (time.compareTo(Duration.ofMinutes(1)) < 0) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() == 0) {
            return time.toMinutes() + " min";
        }
        return time.toHours() + " h" + (time.toMinutesPart() == 0 ? "" : " %02d".formatted(time.toMinutesPart()));
    }
}
