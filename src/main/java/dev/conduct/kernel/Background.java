package dev.conduct.kernel;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/// What the server does behind requests: one thread that does what there is to do, rests, and is woken when there is
/// more. Begins and ends with the server; a failure is told and tried again, never the end of the thread.
public abstract class Background implements SmartLifecycle {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String name;
    private final String work;
    private final boolean automatic;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private volatile @Nullable Thread thread;

    /// @param name of the thread
    /// @param work what it does, as it goes on after "Could not": "deliver letters"
    /// @param automatic false when it begins only by [#start()]: in commands, and in tests that act themselves
    protected Background(String name, String work, boolean automatic) {
        this.name = name;
        this.work = work;
        this.automatic = automatic;
    }

    /// Does all there is to do now.
    ///
    /// @return how long to rest unless woken; zero goes on at once
    protected abstract Duration round();

    /// @return how long to rest after a round that failed
    protected Duration afterFailure() {
        return Duration.ofSeconds(15);
    }

    /// @return how long to rest before the first round
    protected Duration beforeFirst() {
        return Duration.ZERO;
    }

    /// @return how long the server, when it ends, waits for the round to end
    protected Duration patience() {
        return PATIENCE;
    }

    /// There is something to do: ends the rest, or the one to come.
    public final void wake() {
        if (running && woken.availablePermits() == 0) {
            woken.release();
        }
    }

    /// Rests until woken, ended or so long; returns at once when it is to end.
    protected final void rest(Duration most) {
        try {
            if (running && most.isPositive() && woken.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public boolean isAutoStartup() {
        return automatic;
    }

    @Override
    public synchronized void start() {
        if (running) {
            return;
        }
        running = true;
        woken.drainPermits();
        var begun = Thread.ofPlatform().name(name).daemon().unstarted(this::run);
        thread = begun;
        begun.start();
    }

    @Override
    public void stop() {
        Thread ending;
        synchronized (this) {
            running = false;
            ending = thread;
            thread = null;
        }
        woken.release();
        if (ending != null) {
            try {
                ending.join(patience());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public final boolean isRunning() {
        return running;
    }

    private void run() {
        rest(beforeFirst());
        // One that did not end in time, and was followed by another, ends now.
        while (running && thread == Thread.currentThread()) {
            rest(attempt());
        }
    }

    private Duration attempt() {
        try {
            return round();
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            var again = afterFailure();
            if (running) {
                LoggerFactory.getLogger(getClass())
                        .warn("Could not {}; tried again in {} s", work, again.toMillis() / 1000.0, failure);
            }
            return again;
        }
    }
}
