package dev.conduct.demo;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The time of a demo: stands where the telling of the past year has got to, and is the real time afterwards.
final class SimulatedTime implements InstantSource {

    private final AtomicReference<@Nullable Instant> told = new AtomicReference<>();

    @Override
    public Instant instant() {
        var moment = told.get();
        return moment == null ? realNow() : moment;
    }

    static Instant realNow() {
        return InstantSource.system().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /// Time never runs backwards: an earlier moment leaves it where it is, one millisecond on.
    void moveTo(Instant moment) {
        told.updateAndGet(now -> now == null || moment.isAfter(now) ? moment : now.plusMillis(1));
    }

    void becomeReal() {
        told.set(null);
    }
}
