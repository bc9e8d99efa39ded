package dev.conduct.procedure;

import java.time.Duration;
import java.time.Period;
import java.util.Optional;
import java.util.regex.Pattern;

/// Lengths of time as packs write them: `15 min`, `4 h`, `7 d`, `1 d 12 h`; and as people read them.
public final class Spans {

    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,6})\\s*(s|min|h|d|w)\\b");
    private static final Pattern RECURRENCE = Pattern.compile("(\\d{1,4})\\s*(d|day|days|w|week|weeks|month|months)");

    private Spans() {}

    /// A day is 24 hours, a week seven days.
    static Optional<Duration> parse(String text) {
        var matcher = PART.matcher(text);
        var total = Duration.ZERO;
        var at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            total = total.plus(one(Long.parseLong(matcher.group(1)), matcher.group(2)));
            at = matcher.end();
        }
        return total.isZero() ? Optional.empty() : Optional.of(total);
    }

    static Optional<Period> parseRecurrence(String text) {
        var matcher = RECURRENCE.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var count = Integer.parseInt(matcher.group(1));
        if (count == 0) {
            return Optional.empty();
        }
        return Optional.of(
                switch (matcher.group(2).charAt(0)) {
                    case 'd' -> Period.ofDays(count);
                    case 'w' -> Period.ofWeeks(count);
                    default -> Period.ofMonths(count);
                });
    }

    /// `15 min`, `48 h`, `7 d`; the largest units first, days from beyond two on.
    public static String text(Duration span) {
        if (span.isZero()) {
            return "0 min";
        }
        var text = new StringBuilder();
        var days = span.compareTo(Duration.ofHours(48)) > 0 ? span.toDays() : 0;
        part(text, days, "d");
        part(text, span.toHours() - 24 * days, "h");
        part(text, span.toMinutesPart(), "min");
        part(text, span.toSecondsPart(), "s");
        return text.isEmpty() ? span.toString() : text.toString();
    }

    private static void part(StringBuilder text, long count, String unit) {
        if (count != 0) {
            text.append(text.isEmpty() ? "" : " ").append(count).append(' ').append(unit);
        }
    }

    private static Duration one(long count, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(count);
            case "min" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }
}
