package dev.conduct.clock;

import dev.conduct.clock.ClockReading.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The moments that matter to a round, found from how its time has counted so far and goes on counting.
///
/// @param soft when the time aimed at is used up
/// @param due when the time allowed is used up
/// @param risk from when the round is at risk
record Deadlines(
        @Nullable Instant soft,
        @Nullable Instant due,
        @Nullable Instant risk) {

    static final Deadlines NONE = new Deadlines(null, null, null);

    /// @param aimedSince when the round began, or its target was last changed: a schedule is looked up from there
    /// @param stretches the round so far; if the last one counts it goes on
    static Deadlines of(Aim aim, Timetable timetable, Instant aimedSince, List<Stretch> stretches) {
        var target = aim.target();
        if (target == null) {
            return NONE;
        }
        if (target.schedule() != null) {
            var due = timetable.next(target.schedule(), aimedSince);
            return new Deadlines(null, due, aimedSince.plus(timetable.risk().after(Duration.between(aimedSince, due))));
        }
        var hard = target.hard();
        return new Deadlines(
                reached(stretches, target.soft()),
                reached(stretches, hard),
                hard == null ? null : reached(stretches, timetable.risk().after(hard)));
    }

    /// The earliest instant at which that much has counted, null when that is not to be foreseen.
    private static @Nullable Instant reached(List<Stretch> stretches, @Nullable Duration wanted) {
        if (wanted == null) {
            return null;
        }
        var rest = wanted;
        for (var part = 0; part < stretches.size(); part++) {
            var stretch = stretches.get(part);
            var hours = stretch.hours();
            var counted = stretch.elapsed();
            var goesOn = part == stretches.size() - 1;
            if (hours != null && (goesOn || rest.compareTo(counted) <= 0)) {
                return hours.after(stretch.from(), rest);
            }
            rest = rest.minus(counted);
        }
        return null;
    }
}
