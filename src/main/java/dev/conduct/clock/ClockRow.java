package dev.conduct.clock;

import dev.conduct.clock.History.Told;
import dev.conduct.procedure.ItemType.ClockRule;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reading as it is kept, and what is still to be told about it.
///
/// @param nextMoment when to look again: something is to be told then, or the state changes
record ClockRow(
        String item,
        String type,
        String procedure,
        ClockReading reading,
        @Nullable Instant nextMoment) {

    /// As it stands in the table.
    record Columns(
            String name,
            int round,
            String type,
            String procedure,
            String target,
            ClockReading.State state,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable Instant softDueAt,
            @Nullable Instant dueAt,
            @Nullable Instant breachAt,
            @Nullable Instant nextMoment) {

        boolean isOf(ClockReading other) {
            return name.equals(other.name()) && round == other.round();
        }
    }

    Columns columns() {
        return new Columns(
                reading.name(),
                reading.round(),
                type,
                procedure,
                reading.targetName(),
                reading.state(),
                reading.startedAt(),
                reading.endedAt(),
                reading.softDueAt(),
                reading.dueAt(),
                reading.breachAt(),
                nextMoment);
    }

    /// An event that is due to be recorded.
    record Alarm(String action, Instant at) {

        Told told(ClockReading reading) {
            return new Told(action, reading.name(), reading.round(), reading.targetName());
        }
    }

    static ClockRow of(
            String item,
            String type,
            String procedure,
            ClockRule rule,
            ClockReading reading,
            History history,
            Instant now) {
        var next = reading.nextChange(now);
        for (var alarm : untold(rule, reading, history)) {
            next = next == null || alarm.at().isBefore(next) ? alarm.at() : next;
        }
        return new ClockRow(item, type, procedure, reading, next);
    }

    /// What is to be told now, the earliest first.
    static List<Alarm> due(ClockRule rule, ClockReading reading, History history, Instant now) {
        return untold(rule, reading, history).stream()
                .filter(alarm -> !alarm.at().isAfter(now))
                .toList();
    }

    /// A warning is of use while the clock runs; a breach is told even when the stop came before the telling. What had
    /// stopped before another version took over is not measured again, and what has run out by its measures ran out
    /// when it took over.
    private static List<Alarm> untold(ClockRule rule, ClockReading reading, History history) {
        var alarms = new ArrayList<Alarm>();
        var since = history.judgedSince();
        if (reading.endedAt() != null && reading.endedAt().isBefore(since)) {
            return alarms;
        }
        var breach = notBefore(since, reading.breachAt());
        var warn = notBefore(since, reading.warnAt());
        if (warn != null && reading.state().ticking() && (breach == null || warn.isBefore(breach))) {
            alarms.add(new Alarm("clock.warn", warn));
        }
        if (breach != null) {
            alarms.add(new Alarm("clock.breach", breach));
            if (!rule.escalateTo().isEmpty()) {
                alarms.add(new Alarm("clock.escalate", breach));
            }
        }
        alarms.removeIf(alarm ->
                !alarm.at().isAfter(history.knownAt()) || history.told().contains(alarm.told(reading)));
        return alarms;
    }

    private static @Nullable Instant notBefore(Instant floor, @Nullable Instant moment) {
        return moment == null || moment.isAfter(floor) ? moment : floor;
    }
}
