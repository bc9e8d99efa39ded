package dev.conduct.clock;

import dev.conduct.clock.ClockReading.State;
import dev.conduct.clock.ClockReading.Stretch;
import dev.conduct.procedure.ItemType.ClockRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One clock led through the happenings of one item: begins rounds, pauses, resumes, changes the target, ends them.
///
/// A stop ends its round for good: whatever would start or resume the clock afterwards begins a new round. A pause
/// keeps the round: resuming goes on with what had elapsed. A change of the deciding field keeps what had elapsed and
/// measures it by the new target.
final class ClockRun {

    private enum Phase {
        IDLE,
        RUNNING,
        PAUSED
    }

    private final ClockRule rule;
    private final Timetable timetable;
    private final Map<String, @Nullable Object> fields = new HashMap<>();
    private final List<ClockReading> endedRounds = new ArrayList<>();

    private Aim aim;
    private Phase phase = Phase.IDLE;
    private Instant startedAt = Instant.EPOCH;
    private Instant aimedSince = Instant.EPOCH;
    private Instant since = Instant.EPOCH;
    private String why = "";
    private List<Stretch> stretches = new ArrayList<>();

    ClockRun(ClockRule rule, Timetable timetable) {
        this.rule = rule;
        this.timetable = timetable;
        this.aim = Aim.of(rule, fields);
    }

    void take(Happening happening) {
        changeAim(happening);
        var at = happening.at();
        if (happening.isOneOf(rule.stop()) && phase != Phase.IDLE) {
            endedRounds.add(reading(at, State.MET));
            phase = Phase.IDLE;
        } else if (happening.isOneOf(rule.pause()) && phase == Phase.RUNNING) {
            turn(Phase.PAUSED, at, "paused: " + happening.says());
        } else if (starts(happening) && phase == Phase.PAUSED) {
            turn(Phase.RUNNING, at, "resumed: " + happening.says());
        } else if (starts(happening) && phase == Phase.IDLE) {
            begin(happening);
        } else if (happening.ended() && phase != Phase.IDLE && !happening.isOneOf(rule.pause())) {
            endedRounds.add(reading(at, State.CANCELLED));
            phase = Phase.IDLE;
        }
    }

    List<ClockReading> readings(Instant now) {
        var readings = new ArrayList<>(endedRounds);
        if (phase != Phase.IDLE) {
            readings.add(reading(now, null));
        }
        readings.removeIf(reading ->
                reading.target() == null && reading.stretches().stream().allMatch(part -> part.hours() == null));
        return readings;
    }

    private boolean starts(Happening happening) {
        return happening.isOneOf(rule.start()) || happening.isOneOf(rule.resume());
    }

    private void begin(Happening happening) {
        phase = Phase.RUNNING;
        startedAt = happening.at();
        aimedSince = startedAt;
        since = startedAt;
        stretches = new ArrayList<>();
        why = (endedRounds.isEmpty() ? "started: " : "started again: ") + happening.says() + ", " + aim.says();
    }

    private void changeAim(Happening happening) {
        if (rule.byField().stream().noneMatch(happening.fields()::containsKey)) {
            return;
        }
        fields.putAll(happening.fields());
        var former = aim;
        var next = Aim.of(rule, fields);
        if (phase != Phase.IDLE && !next.name().equals(former.name())) {
            var still = phase == Phase.PAUSED ? "still paused; " : "";
            turn(phase, happening.at(), still + next.since(former));
            aimedSince = happening.at();
        }
        aim = next;
    }

    private void turn(Phase next, Instant at, String because) {
        var momentary = since.equals(at);
        if (!momentary) {
            stretches.add(stretch(at));
        }
        why = momentary ? why + "; " + because : because;
        phase = next;
        since = at;
    }

    private Stretch stretch(Instant to) {
        var target = aim.target();
        var hours = phase == Phase.RUNNING && target != null ? timetable.hours(target.calendar()) : null;
        return new Stretch(since, to, hours, why);
    }

    /// @param ending how the round ends at the moment, `MET` for a stop, which may turn out too late; null while it
    ///     goes on
    private ClockReading reading(Instant at, @Nullable State ending) {
        var parts = new ArrayList<>(stretches);
        parts.add(stretch(at));
        var deadlines = Deadlines.of(aim, timetable, aimedSince, parts);
        var breach = notBefore(aimedSince, deadlines.due() == null ? null : ClockReading.passed(deadlines.due()));
        var warning =
                earlier(deadlines.risk(), deadlines.soft() == null ? null : ClockReading.passed(deadlines.soft()));
        var warn = notBefore(aimedSince, warning);
        var last = ending == null ? Instant.MAX : at;
        return new ClockReading(
                rule.name(),
                rule.title(),
                rule.clause(),
                endedRounds.size() + 1,
                aim.field(),
                aim.name(),
                aim.target(),
                state(at, ending, deadlines),
                startedAt,
                ending == null ? null : at,
                parts.stream().map(Stretch::elapsed).reduce(Duration.ZERO, Duration::plus),
                deadlines.soft(),
                deadlines.due(),
                deadlines.risk(),
                warn == null || warn.isAfter(last) || (breach != null && !warn.isBefore(breach)) ? null : warn,
                breach == null || breach.isAfter(last) ? null : breach,
                List.copyOf(parts));
    }

    private State state(Instant at, @Nullable State ending, Deadlines deadlines) {
        var due = deadlines.due();
        var late = due != null && at.isAfter(due);
        if (aim.target() == null || ending == State.CANCELLED) {
            return State.CANCELLED;
        }
        if (ending != null) {
            return late ? State.MISSED : State.MET;
        }
        if (phase == Phase.PAUSED) {
            return State.PAUSED;
        }
        if (late) {
            return State.OVERRUN;
        }
        var risk = deadlines.risk();
        return risk != null && !at.isBefore(risk) ? State.AT_RISK : State.RUNNING;
    }

    private static @Nullable Instant notBefore(Instant floor, @Nullable Instant moment) {
        return moment == null || moment.isAfter(floor) ? moment : floor;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
