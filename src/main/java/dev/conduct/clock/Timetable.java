package dev.conduct.clock;

import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedure.ScheduleRule;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The calendars and schedules of one procedure version, laid out for counting, and when it calls a clock at risk.
record Timetable(Map<String, WorkingTime> calendars, Map<String, ScheduleRule> schedules, Risk risk) {

    static Timetable of(Procedure procedure) {
        return new Timetable(
                procedure.calendars().values().stream()
                        .collect(Collectors.toUnmodifiableMap(rule -> rule.name(), WorkingTime::of)),
                procedure.schedules(),
                Risk.of(procedure));
    }

    WorkingTime hours(String calendar) {
        return known(calendars.get(calendar), "calendar", calendar);
    }

    Instant next(String schedule, Instant after) {
        return Recurrence.next(known(schedules.get(schedule), "schedule", schedule), after);
    }

    private static <T> T known(@Nullable T found, String kind, String name) {
        if (found == null) {
            throw new IllegalStateException("The procedure has no " + kind + " " + name + ".");
        }
        return found;
    }
}
