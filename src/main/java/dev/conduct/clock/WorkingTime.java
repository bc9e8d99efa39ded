package dev.conduct.clock;

import dev.conduct.procedure.Procedure.CalendarRule;
import dev.conduct.procedure.Procedure.Hours;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Time that counts under a calendar. An instant counts when the wall clock of the calendar's zone then shows a
/// working hour of a day that is no holiday; so an hour that daylight saving repeats counts twice, and one it skips
/// not at all. Exact to the millisecond between 1970 and 2100; outside that nothing counts.
///
/// The open intervals of the 130 years are laid out once (some 34,000 for an office week), with the time that counted
/// before each, so that every question is one binary search.
final class WorkingTime {

    static final Instant FIRST = Instant.EPOCH;
    static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final CalendarRule rule;
    private final long[] opens;
    private final long[] closes;
    private final long[] before;

    private WorkingTime(CalendarRule rule, List<long[]> intervals) {
        this.rule = rule;
        opens = intervals.stream().mapToLong(interval -> interval[0]).toArray();
        closes = intervals.stream().mapToLong(interval -> interval[1]).toArray();
        before = new long[opens.length];
        for (var i = 1; i < opens.length; i++) {
            before[i] = before[i - 1] + closes[i - 1] - opens[i - 1];
        }
    }

    static WorkingTime of(CalendarRule rule) {
        if (rule.always()) {
            return new WorkingTime(rule, List.of(new long[] {FIRST.toEpochMilli(), LAST.toEpochMilli()}));
        }
        return new WorkingTime(rule, intervals(rule));
    }

    String name() {
        return rule.name();
    }

    boolean always() {
        return rule.always();
    }

    /// Time that counts from one instant to another; zero when the second is not later.
    Duration elapsed(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.ofMillis(counted(to) - counted(from)) : Duration.ZERO;
    }

    /// The earliest instant, not before the given one, at which that much time will have counted; `LAST` when it never
    /// will.
    Instant after(Instant from, Duration time) {
        if (time.isZero() || time.isNegative()) {
            return from;
        }
        var wanted = counted(from) + time.toMillis();
        var found = Arrays.binarySearch(before, wanted);
        var interval = (found >= 0 ? found : -found - 1) - 1;
        if (interval < 0) {
            return LAST;
        }
        var at = opens[interval] + wanted - before[interval];
        return at > closes[interval] ? LAST : Instant.ofEpochMilli(at);
    }

    boolean open(Instant at) {
        var interval = intervalAt(at.toEpochMilli());
        return interval >= 0 && at.toEpochMilli() < closes[interval];
    }

    /// When it next opens or closes, later than the given instant; `LAST` when it never does.
    Instant nextChange(Instant at) {
        var millis = at.toEpochMilli();
        var interval = intervalAt(millis);
        if (interval >= 0 && millis < closes[interval]) {
            return Instant.ofEpochMilli(closes[interval]);
        }
        return interval + 1 < opens.length ? Instant.ofEpochMilli(opens[interval + 1]) : LAST;
    }

    /// Whether the wall clock shows a holiday.
    boolean holiday(Instant at) {
        return rule.holidays().contains(LocalDate.ofInstant(at, rule.zone()));
    }

    private long counted(Instant at) {
        var millis = at.toEpochMilli();
        var interval = intervalAt(millis);
        return interval < 0 ? 0 : before[interval] + Math.min(millis, closes[interval]) - opens[interval];
    }

    /// The last interval that opens at or before the moment, -1 for none.
    private int intervalAt(long millis) {
        var found = Arrays.binarySearch(opens, millis);
        return found >= 0 ? found : -found - 2;
    }

    private static List<long[]> intervals(CalendarRule rule) {
        var laidOut = new ArrayList<long[]>();
        var rules = rule.zone().getRules();
        var from = FIRST;
        while (from.isBefore(LAST)) {
            var transition = Optional.ofNullable(rules.nextTransition(from));
            var to = transition
                    .map(change -> change.getInstant())
                    .filter(LAST::isAfter)
                    .orElse(LAST);
            layOut(rule, from, to, rules.getOffset(from), laidOut);
            from = to;
        }
        return laidOut;
    }

    /// The open intervals of a stretch of constant offset, in which local time runs as evenly as any.
    private static void layOut(CalendarRule rule, Instant from, Instant to, ZoneOffset offset, List<long[]> laidOut) {
        var lastDay = LocalDate.ofInstant(to, offset);
        for (var day = LocalDate.ofInstant(from, offset); !day.isAfter(lastDay); day = day.plusDays(1)) {
            if (rule.holidays().contains(day)) {
                continue;
            }
            for (var hours : sorted(rule.hours().getOrDefault(day.getDayOfWeek(), List.of()))) {
                var opens = Math.max(millis(day.atTime(hours.from()), offset), from.toEpochMilli());
                var closes = Math.min(millis(endOf(day, hours), offset), to.toEpochMilli());
                if (opens < closes) {
                    add(laidOut, opens, closes);
                }
            }
        }
    }

    private static List<Hours> sorted(List<Hours> hours) {
        return hours.stream()
                .sorted((one, other) -> one.from().compareTo(other.from()))
                .toList();
    }

    /// Midnight as an end means the end of the day.
    private static LocalDateTime endOf(LocalDate day, Hours hours) {
        var endless = hours.to().equals(LocalTime.MIDNIGHT) || hours.to().equals(LocalTime.MAX);
        return endless ? day.plusDays(1).atStartOfDay() : day.atTime(hours.to());
    }

    private static long millis(LocalDateTime local, ZoneOffset offset) {
        return local.toInstant(offset).toEpochMilli();
    }

    private static void add(List<long[]> laidOut, long opens, long closes) {
        if (!laidOut.isEmpty() && laidOut.getLast()[1] >= opens) {
            laidOut.getLast()[1] = Math.max(laidOut.getLast()[1], closes);
        } else {
            laidOut.add(new long[] {opens, closes});
        }
    }
}
