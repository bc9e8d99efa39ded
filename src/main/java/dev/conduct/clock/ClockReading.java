package dev.conduct.clock;

import dev.conduct.procedure.ItemType.ClockRule;
import dev.conduct.procedure.ItemType.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What one clock of an item shows at one moment, and why: a pure function of the item's happenings, the rule and the
/// moment. The live clock, the explanation on screen, a replay and a forecast all ask it.
///
/// @param round 1 for the first run; starting again after a stop begins the next, with nothing elapsed
/// @param decidedBy the field whose value picked the target, empty where no field does
/// @param targetName the value of the field that picked the target (`critical`), empty where no field does
/// @param target null when none applies (any more)
/// @param softDueAt when the time aimed at is used up, null for none
/// @param dueAt when the time allowed is used up; for a stopped round, when it would have been; null while paused
/// @param endedAt when the round was stopped or cancelled, null while it goes on
/// @param elapsed the time that counted, to the millisecond
/// @param riskAt from when it is at risk: as its procedure says (`Risk`)
/// @param warnAt when somebody is to be warned; null when never
/// @param breachAt when the promise is broken; null when never
/// @param stretches the round in order, without gaps, up to its end or to now
public record ClockReading(
        String name,
        String title,
        String clause,
        int round,
        String decidedBy,
        String targetName,
        @Nullable Target target,
        State state,
        Instant startedAt,
        @Nullable Instant endedAt,
        Duration elapsed,
        @Nullable Instant softDueAt,
        @Nullable Instant dueAt,
        @Nullable Instant riskAt,
        @Nullable Instant warnAt,
        @Nullable Instant breachAt,
        List<Stretch> stretches) {

    /// `OVERRUN`: past its due time and still running. `MET`, `MISSED`: stopped in time, or too late. `CANCELLED`: the
    /// item ended without the stop, or no target applies any more.
    public enum State {
        RUNNING,
        AT_RISK,
        OVERRUN,
        PAUSED,
        MET,
        MISSED,
        CANCELLED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// True while time can still run out.
        public boolean ticking() {
            return this == RUNNING || this == AT_RISK || this == OVERRUN;
        }
    }

    /// A part of a round in which one thing was so.
    ///
    /// @param hours whose time counts, null while the clock stands
    record Stretch(Instant from, Instant to, @Nullable WorkingTime hours, String why) {

        Duration elapsed() {
            return hours == null ? Duration.ZERO : hours.elapsed(from, to);
        }
    }

    /// A part of the explanation.
    ///
    /// @param elapsed what it adds; where many working periods are told as one segment, less than its length
    /// @param why in words why the clock runs or stands
    public record Segment(Instant from, Instant to, boolean running, Duration elapsed, String why) {}

    /// Every round of the clock as it stands at a moment, the oldest first; none when it never started or never had a
    /// target.
    ///
    /// @param history in order of happening; what happens after `now` is not looked at
    static List<ClockReading> of(ClockRule rule, Timetable timetable, List<Happening> history, Instant now) {
        var run = new ClockRun(rule, timetable);
        for (var happening : history) {
            if (happening.at().isAfter(now)) {
                break;
            }
            run.take(happening);
        }
        return run.readings(now);
    }

    /// The round told in segments, whose `elapsed` add up to that of the clock.
    public List<Segment> segments() {
        return stretches.stream()
                .flatMap(stretch -> Explanation.of(stretch).stream())
                .toList();
    }

    /// The next moment at which this reading changes by the mere passing of time; null when it never will.
    @Nullable
    Instant nextChange(Instant now) {
        if (!state.ticking()) {
            return null;
        }
        return java.util.stream.Stream.of(riskAt, dueAt == null ? null : passed(dueAt), warnAt, breachAt)
                .filter(moment -> moment != null && moment.isAfter(now))
                .min(Instant::compareTo)
                .orElse(null);
    }

    /// The first millisecond after a moment: a promise is kept at its very moment and broken after it.
    static Instant passed(Instant moment) {
        return moment.plusMillis(1);
    }
}
