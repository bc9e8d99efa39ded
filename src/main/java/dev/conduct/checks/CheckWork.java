package dev.conduct.checks;

import dev.conduct.database.Readers;
import dev.conduct.kernel.Background;
import dev.conduct.shell.ScheduledWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
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
    private static final Duration MENDING = Duration.ofSeconds(60);

    private final RunQueue queue;
    private final Runner runner;
    private final Readers readers;
    private final InstantSource time;
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Semaphore ending = new Semaphore(0);
    private volatile @Nullable Instant last;
    private volatile Instant forgot = Instant.EPOCH;

    CheckWork(
            RunQueue queue,
            Runner runner,
            Readers readers,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("checks", "do checks", automatic);
        this.queue = queue;
        this.runner = runner;
        this.readers = readers;
        this.time = time;
    }

    @Override
    protected Duration round() {
        prepare();
        while (isRunning() && free.tryAcquire()) {
            var next = queue.next(time.instant());
            if (next.isEmpty()) {
                free.release();
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

    @Override
    public synchronized void start() {
        ending.drainPermits();
        super.start();
    }

    @Override
    public void stop() {
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
        for (var next = queue.next(time.instant()); next.isPresent(); next = queue.next(time.instant())) {
            attempt(next.get());
        }
        last = time.instant();
    }

    private void prepare() {
        var now = time.instant();
        queue.begin(now);
        queue.sweep(now).forEach(broken -> queue.mended(broken, runner.mend(broken.definition(), broken.secrets())));
        if (now.isAfter(forgot.plus(HOUR))) {
            queue.forget(now);
            forgot = now;
        }
    }

    private void attempt(RunQueue.Taken taken) {
        try {
            var from = System.nanoTime();
            var result = runner.run(taken.definition(), taken.secrets(), this::pause);
            queue.done(taken, result, (System.nanoTime() - from) / 1_000);
        } catch (RuntimeException failed) {
            log.warn("The check {} could not be done", taken.run().definition(), failed);
            queue.broken(taken.run());
        }
    }

    private boolean pause(Duration time) {
        try {
            return !ending.tryAcquire(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public List<Work> work() {
        return List.of(new Work(ID, "Do the checks that are due", last, null, null));
    }

    @Override
    public boolean now(String id) {
        return id.equals(ID)
                && readers.system(() -> {
                    workOff();
                    return true;
                });
    }
}
