package dev.conduct.quality.reading;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Words and numbers as tools write them, brought into a form that can be kept.
final class Text {

    static final int NAME = 1000;
    static final int SAYING = 4000;

    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(,\\d{3})+\\.\\d+");
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?\\d{1,15}(\\.\\d{0,30})?([eE][+-]?\\d{1,3})?|\\.\\d{1,30}");

    private Text() {}

    /// Cut, and without what PostgreSQL cannot keep.
    static String bounded(String text, int most) {
        var cut = text.length() <= most ? text : text.substring(0, most);
        for (var i = 0; i < cut.length(); i++) {
            var letter = cut.charAt(i);
            if (letter == 0 || Character.isSurrogate(letter)) {
                return cleaned(cut);
            }
        }
        return cut;
    }

    private static String cleaned(String text) {
        var clean = new StringBuilder(text.length());
        text.codePoints()
                .map(point -> point == 0 || point >= 0xD800 && point <= 0xDFFF ? 0xFFFD : point)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /// Seconds as a duration; null for what is no number, such as a decimal comma.
    static @Nullable Duration seconds(@Nullable String text) {
        var seconds = number(text);
        return Double.isNaN(seconds) || seconds < 0 || seconds > 1e9
                ? null
                : Duration.ofNanos(Math.round(seconds * 1e9));
    }

    static @Nullable Duration millis(double millis) {
        return Double.isNaN(millis) || millis < 0 || millis > 1e12 ? null : Duration.ofNanos(Math.round(millis * 1e6));
    }

    /// NaN for what is no number.
    static double number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 60) {
            return Double.NaN;
        }
        var plain = text.strip();
        if (plain.indexOf(',') >= 0 && GROUPED.matcher(plain).matches()) {
            plain = plain.replace(",", "");
        }
        return NUMBER.matcher(plain).matches() ? Double.parseDouble(plain) : Double.NaN;
    }

    /// A line of a file, 0 for what is none.
    static int line(String text) {
        return (int) Math.clamp(whole(text), 0, Integer.MAX_VALUE);
    }

    /// What a tool says without the numbers in it: lines and lengths change, the finding stays.
    static String unnumbered(String says) {
        return says.replaceAll("\\d+", "#");
    }

    /// 0 for what is no whole number.
    static long whole(@Nullable String text) {
        var number = number(text);
        return Double.isNaN(number) || Math.abs(number) > 1e15 ? 0 : (long) number;
    }
}
