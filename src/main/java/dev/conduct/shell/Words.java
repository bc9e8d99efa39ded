package dev.conduct.shell;

import dev.conduct.identity.DateStyle;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Times, durations and numbers as people read them here, in one zone, seen from one moment.
public record Words(ZoneId zone, DateStyle dates, Instant now) {

    private static final char THIN_SPACE = '\u202F';
    private static final DateTimeFormatter TIME = pattern("HH:mm");
    private static final DateTimeFormatter WEEKDAY = pattern("EEE");
    private static final DateTimeFormatter WHOLE_WEEKDAY = pattern("EEEE");
    private static final DateTimeFormatter WEEK = pattern("EEE HH:mm");
    private static final DateTimeFormatter FULL = pattern("HH:mm:ss z");
    private static final DateTimeFormatter ZONE = pattern("z");
    private static final Map<DateStyle, Written> WRITTEN = Map.of(
            DateStyle.DAY_FIRST, new Written(pattern("d MMMM"), pattern("d MMMM yyyy")),
            DateStyle.MONTH_FIRST, new Written(pattern("MMMM d"), pattern("MMMM d, yyyy")),
            DateStyle.NUMBERS, new Written(pattern("yyyy-MM-dd"), pattern("yyyy-MM-dd")));

    public Words(ZoneId zone, Instant now) {
        this(zone, DateStyle.DAY_FIRST, now);
    }

    /// How one style writes a date of this year, and of another.
    private record Written(DateTimeFormatter near, DateTimeFormatter far) {}

    private static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    /// `14:32` today, `Thu 09:00` in the same week, `5 March`, with the year when it is another.
    public String moment(Instant moment) {
        var at = moment.atZone(zone);
        var today = now.atZone(zone);
        if (at.toLocalDate().equals(today.toLocalDate())) {
            return TIME.format(at);
        }
        if (monday(at.toLocalDate()).equals(monday(today.toLocalDate()))) {
            return WEEK.format(at);
        }
        return date(moment);
    }

    /// Hours and minutes, whatever the day.
    public String time(Instant moment) {
        return TIME.format(moment.atZone(zone));
    }

    /// `Tue 10 March`, with the year when it is another; `Today` today.
    public String day(Instant moment) {
        var at = moment.atZone(zone);
        var today = now.atZone(zone);
        if (at.toLocalDate().equals(today.toLocalDate())) {
            return "Today";
        }
        return WEEKDAY.format(at) + " " + date(moment);
    }

    /// `Wednesday 11 March`
    public String today() {
        return WHOLE_WEEKDAY.format(now.atZone(zone)) + " " + date(now);
    }

    /// `5 March`, with the year when it is another.
    public String date(Instant moment) {
        var at = moment.atZone(zone);
        return (at.getYear() == now.atZone(zone).getYear()
                        ? written().near()
                        : written().far())
                .format(at);
    }

    /// `5 March, 14:32`: for a sentence that says "on".
    public String dated(Instant moment) {
        return date(moment) + ", " + time(moment);
    }

    /// Everything, for a title or a proof.
    public String full(Instant moment) {
        var at = moment.atZone(zone);
        return written().far().format(at) + ", " + FULL.format(at);
    }

    public String zoneName() {
        return ZONE.format(now.atZone(zone));
    }

    /// `42 min`, `1 h 33`, `4 d 20 h`; never negative.
    public String duration(Duration duration) {
        var minutes = duration.abs().toMinutes();
        if (minutes < 60) {
            return minutes + " min";
        }
        if (minutes < 24 * 60) {
            return "%d h %02d".formatted(minutes / 60, minutes % 60);
        }
        return "%d d %02d h".formatted(minutes / (24 * 60), minutes / 60 % 24);
    }

    /// Time left as `1 h 33`, overrun as `+42 min`.
    public String left(Instant due) {
        return (due.isBefore(now) ? "+" : "") + duration(Duration.between(now, due));
    }

    /// Thousands with a thin space.
    public String number(long number) {
        var plain = Long.toString(Math.abs(number));
        var text = new StringBuilder(number < 0 ? "\u2212" : "");
        for (var i = 0; i < plain.length(); i++) {
            if (i > 0 && (plain.length() - i) % 3 == 0) {
                text.append(THIN_SPACE);
            }
            text.append(plain.charAt(i));
        }
        return text.toString();
    }

    /// `1 bug`, `41 bugs`.
    public String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /// `212 kB`, `3.4 MB`, `71.5 GB`
    public static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        if (bytes < 1_000_000) {
            return (bytes + 500) / 1000 + " kB";
        }
        return bytes < 1_000_000_000 ? "%.1f MB".formatted(bytes / 1e6) : "%.1f GB".formatted(bytes / 1e9);
    }

    /// A name of the procedure as people read it: `cannot_reproduce` is `Cannot reproduce`.
    public static String plain(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return "";
        }
        var words = name.replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    private Written written() {
        return Objects.requireNonNull(WRITTEN.get(dates));
    }

    private static java.time.LocalDate monday(java.time.LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }
}
