package dev.conduct.clock;

import dev.conduct.procedure.ItemType.ClockRule;
import dev.conduct.procedure.ItemType.Target;
import dev.conduct.procedure.Procedure.ScheduleRule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Clock rules and happenings for tests that need no procedure pack.
final class Histories {

    static final Timetable TIMETABLE = new Timetable(
            Map.of("always", WorkingTime.of(Calendars.ALWAYS), "brindle", WorkingTime.of(Calendars.BERLIN)),
            Map.of(
                    "scheduled_update",
                    new ScheduleRule(
                            "scheduled_update",
                            LocalDateTime.parse("2024-01-09T18:00"),
                            ZoneId.of("Europe/Berlin"),
                            Period.ofWeeks(2))),
            Risk.USUAL);

    static final ClockRule FIX = new ClockRule(
            "fix",
            "Fix",
            "BUG-3",
            List.of("priority", "severity"),
            Map.of(
                    "critical", new Target(null, Duration.ofHours(4), "always", null),
                    "high", new Target(Duration.ofHours(24), Duration.ofHours(48), "always", null),
                    "medium", new Target(null, Duration.ofHours(40), "brindle", null),
                    "low", new Target(null, null, "always", "scheduled_update")),
            Set.of("created", "reopen"),
            Set.of("state:rejected"),
            Set.of("reopen"),
            Set.of("confirm"),
            Set.of("project_manager"));

    static final ClockRule ACKNOWLEDGE = new ClockRule(
            "acknowledge",
            "Acknowledge",
            "BUG-3",
            List.of("severity"),
            Map.of("critical", new Target(null, Duration.ofMinutes(15), "always", null)),
            Set.of("created"),
            Set.of(),
            Set.of(),
            Set.of("log", "reject"),
            Set.of());

    private Histories() {}

    static Happening created(Instant at, String severity) {
        return new Happening(at, "created", Set.of("created", "state:reported"), Map.of("severity", severity), false);
    }

    static Happening moved(Instant at, String transition, String to, Map<String, Object> fields) {
        return new Happening(
                at,
                transition,
                Set.of(transition, "state:" + to),
                Map.copyOf(fields),
                Set.of("rejected", "closed").contains(to));
    }

    static Happening ended(Instant at, String transition, String to) {
        return new Happening(at, transition, Set.of(transition, "state:" + to), Map.of(), true);
    }

    static Happening edited(Instant at, Map<String, Object> fields) {
        return new Happening(at, "edit", Set.of(), Map.copyOf(fields), false);
    }

    static List<ClockReading> readings(ClockRule rule, List<Happening> history, Instant now) {
        return ClockReading.of(rule, TIMETABLE, history, now);
    }
}
