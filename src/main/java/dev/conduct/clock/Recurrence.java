package dev.conduct.clock;

import dev.conduct.procedure.Procedure.ScheduleRule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/// The moments of a schedule: `first`, then every `every`, at the same local time whatever daylight saving does.
final class Recurrence {

    private Recurrence() {}

    /// The first moment of the schedule later than the given one. Each is counted from `first`, not from the one
    /// before, so that the 31st stays the 31st where a month has one. A local time that daylight saving skips moves
    /// on by the gap; of one it repeats, the earlier counts.
    static Instant next(ScheduleRule schedule, Instant after) {
        var steps = Math.max(0, stepsBefore(schedule, after));
        while (true) {
            var moment = at(schedule, steps);
            if (moment.isAfter(after)) {
                return moment;
            }
            steps++;
        }
    }

    private static Instant at(ScheduleRule schedule, long steps) {
        return local(schedule, steps).atZone(schedule.zone()).toInstant();
    }

    private static LocalDateTime local(ScheduleRule schedule, long steps) {
        var every = schedule.every();
        return schedule.first()
                .plusMonths(Math.multiplyExact(every.toTotalMonths(), steps))
                .plusDays(Math.multiplyExact((long) every.getDays(), steps));
    }

    /// A number of steps that certainly does not lead past the moment.
    private static long stepsBefore(ScheduleRule schedule, Instant after) {
        var every = schedule.every();
        var longest = every.toTotalMonths() * 31 + every.getDays();
        if (every.isNegative() || longest <= 0) {
            throw new IllegalArgumentException("schedule " + schedule.name() + " never moves on: " + every);
        }
        var days = ChronoUnit.DAYS.between(schedule.first(), LocalDateTime.ofInstant(after, schedule.zone()));
        return days / longest - 2;
    }
}
