package dev.conduct.importer;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Times as other systems write them, to the millisecond the ledger keeps.
final class Times {

    /// ISO 8601 with its liberties: a blank for the T, `+0000` for `+00:00`, any number of decimals.
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4}-\\d{2}-\\d{2})[T ](\\d{2}:\\d{2})(:\\d{2})?([.,]\\d{1,9})?\\s*(Z|[+-]\\d{2}(?::?\\d{2})?)");

    private Times() {}

    static Instant iso(String field, String text) {
        var parts = ISO.matcher(text.strip());
        if (!parts.matches()) {
            throw new BrokenRecord("`" + field + "` is not a time with its offset (2026-11-23T16:00:00Z): " + text);
        }
        var offset = parts.group(5);
        if (offset.length() == 5) {
            offset = offset.substring(0, 3) + ":" + offset.substring(3);
        } else if (offset.length() == 3) {
            offset = offset + ":00";
        }
        var seconds = parts.group(3) == null ? ":00" : parts.group(3);
        var decimals = parts.group(4) == null ? "" : parts.group(4).replace(',', '.');
        try {
            return kept(OffsetDateTime.parse(parts.group(1) + "T" + parts.group(2) + seconds + decimals + offset)
                    .toInstant());
        } catch (DateTimeException impossible) {
            throw new BrokenRecord("`" + field + "` is no time of any calendar: " + text);
        }
    }

    /// A pattern of the mapping. `y` is read as the proleptic year, so that impossible dates are refused.
    static DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern.replace('y', 'u'), Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    /// @param patterns tried in order; none means ISO 8601
    /// @param zone where a time without an offset is meant
    static Instant of(String field, String text, List<DateTimeFormatter> patterns, ZoneId zone) {
        if (patterns.isEmpty()) {
            return iso(field, text);
        }
        for (var pattern : patterns) {
            try {
                return kept(instant(
                        pattern.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from, LocalDate::from),
                        zone));
            } catch (DateTimeException _) {
                // the next pattern may fit
            }
        }
        throw new BrokenRecord("`" + field + "` is not a time in any of the mapping's `dates`: " + text);
    }

    private static Instant instant(TemporalAccessor parsed, ZoneId zone) {
        return switch (parsed) {
            case OffsetDateTime exact -> exact.toInstant();
            case LocalDateTime local -> local.atZone(zone).toInstant();
            case LocalDate day -> day.atStartOfDay(zone).toInstant();
            default -> throw new DateTimeException("not a date");
        };
    }

    private static Instant kept(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }
}
