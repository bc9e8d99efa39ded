package dev.conduct.checks;

import dev.conduct.kernel.Background;
import dev.conduct.shell.ScheduledWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Does the checks that are due or were asked for, up to eight at once, so that a slow one holds up no other. What a
/// drill broke is mended before the server ends, or by the next one that finds its run broken off.
@Component
class CheckWork extends Background implements ScheduledWork {

    static final String ID = "do-checks";

    private static final Logger log = LoggerFactory.getLogger(CheckWork.class);
    private static final int AT_ONCE = 8;
    private static final Duration OFTEN = Duration.ofSeconds(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MENDING = Duration.ofSeconds(90);

    private final RunQueue queue;
    private final Runner runner;
    private final InstantSource time;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore ending = new Semaphore(0);
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Instant last;
    private volatile Instant forgot = Instant.EPOCH;
    private volatile boolean ended;

    CheckWork(
            RunQueue queue, Runner runner, InstantSource time, @Value("${conduct.scheduling:true}") boolean automatic) {
        super("checks", "do checks", automatic);
        this.queue = queue;
        this.runner = runner;
        this.time = time;
    }

    @Override
    protected Duration round() {
        prepare();
        while (isRunning() && free.tryAcquire()) {
            var next = taken();
            if (next.isEmpty()) {
                break;
            }
            Thread.ofVirtual().name("check").start(() -> {
                try {
                    attempt(next.get());
                } finally {
                    free.release();
                    wake();
                }
            });
        }
        last = time.instant();
        return OFTEN;
    }

    /// The next run, with the permit for it; without one the permit is given back.
    private Optional<RunQueue.Taken> taken() {
        var found = Optional.<RunQueue.Taken>empty();
        try {
            found = next();
            return found;
        } finally {
            if (found.isEmpty()) {
                free.release();
            }
        }
    }

    /// A run that cannot be read, whatever the reason, is broken off and does not hold up the others.
    private Optional<RunQueue.Taken> next() {
        for (var run = queue.next(time.instant()); run.isPresent(); run = queue.next(time.instant())) {
            try {
                return Optional.of(queue.taken(run.get()));
            } catch (RuntimeException unreadable) {
                log.warn("A run of the check {} cannot be read", run.get().definition(), unreadable);
                queue.broken(run.get());
            }
        }
        return Optional.empty();
    }

    @Override
    public synchronized void start() {
        ending.drainPermits();
        ended = false;
        super.start();
    }

    @Override
    public void stop() {
        ended = true;
        super.stop();
        ending.release(AT_ONCE * 2);
        try {
            if (free.tryAcquire(AT_ONCE, MENDING.toSeconds(), TimeUnit.SECONDS)) {
                free.release(AT_ONCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// All that is due or waits, in the caller's thread.
    void workOff() {
        prepare();
        for (var next = next(); next.isPresent(); next = next()) {
            attempt(next.get());
        }
        last = time.instant();
    }

    private void prepare() {
        var now = time.instant();
        queue.begin(now);
        queue.seen(running, now);
        queue.sweep(now);
        queue.toMend(now).forEach(this::mend);
        if (now.isAfter(forgot.plus(HOUR))) {
            queue.forget(now);
            forgot = now;
        }
    }

    private void mend(CheckRun broken) {
        try {
            var taken = queue.taken(broken);
            queue.mended(taken, runner.mend(taken.definition(), taken.secrets(), queue.kept(broken.id())));
        } catch (RuntimeException unreadable) {
            log.warn("What the check {} broke could not be mended", broken.definition(), unreadable);
        }
    }

    private void attempt(RunQueue.Taken taken) {
        var id = taken.run().id();
        running.add(id);
        try {
            var from = System.nanoTime();
            var result = runner.run(taken.definition(), taken.secrets(), server(id));
            if (result.cut()) {
                queue.cut(taken, result);
            } else {
                queue.done(taken, result, (System.nanoTime() - from) / 1_000);
            }
        } catch (RuntimeException | StackOverflowError failed) {
            log.warn("The check {} could not be done", taken.run().definition(), failed);
            queue.broken(taken.run());
        } finally {
            running.remove(id);
        }
    }

    private Runner.Server server(UUID run) {
        return new Runner.Server() {
            @Override
            public boolean rest(Duration time) {
                try {
                    return !ending.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }

            @Override
            public boolean ending() {
                return ended;
            }

            @Override
            public void breaking(Map<String, Values.Kept> known) {
                queue.breaking(run, known);
            }
        };
    }

    @Override
    public List<Work> work() {
        return List.of(new Work(ID, "Do the checks that are due", last, null, null));
    }

    @Override
    public boolean now(String id) {
        if (!id.equals(ID)) {
            return false;
        }
        // In its own threads: a check may take minutes.
        wake();
        return true;
    }
}
