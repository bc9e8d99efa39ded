package dev.conduct.demo;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// What is going to happen at the sample company, in order of time.
final class Agenda {

    interface Step {
        void take(Instant now);
    }

    private record Planned(Instant at, long number, Step step) {}

    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparing(Planned::at).thenComparing(Planned::number));
    private long number;

    void plan(Instant at, Step step) {
        planned.add(new Planned(at, number++, step));
    }

    /// Takes every step up to a moment, and lets every deadline between two steps ring when it comes. What is later
    /// stays undone, as in life.
    void live(Instant until, SimulatedTime time, Deadlines deadlines) {
        var nextAlarm = deadlines.ring(time.instant());
        while (!planned.isEmpty() && !planned.element().at().isAfter(until)) {
            var next = planned.remove();
            while (nextAlarm != null && nextAlarm.isBefore(next.at())) {
                time.moveTo(nextAlarm);
                nextAlarm = deadlines.ring(time.instant());
            }
            time.moveTo(next.at());
            next.step().take(time.instant());
            nextAlarm = deadlines.ring(time.instant());
        }
    }

    /// Rings what is due at a moment and says when the next one is, null for none.
    interface Deadlines {
        @Nullable
        Instant ring(Instant now);
    }
}
