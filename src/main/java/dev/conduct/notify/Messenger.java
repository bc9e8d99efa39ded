package dev.conduct.notify;

import dev.conduct.database.Hears;
import dev.conduct.ledger.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// The thread that tells: woken when events were sealed and when letters are due. Any number of nodes may run one.
@Component
class Messenger implements SmartLifecycle, Hears {

    private static final Logger log = LoggerFactory.getLogger(Messenger.class);
    private static final Duration LOOKS = Duration.ofSeconds(15);
    private static final Duration KEPT = Duration.ofDays(180);

    private final Following following;
    private final Letters letters;
    private final NoticeRows rows;
    private final InstantSource time;
    private final boolean automatic;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;
    private @Nullable Thread thread;

    Messenger(
            Following following,
            Letters letters,
            NoticeRows rows,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        this.following = following;
        this.letters = letters;
        this.rows = rows;
        this.time = time;
        this.automatic = automatic;
    }

    @Override
    public String channel() {
        return Ledger.SEALED;
    }

    @Override
    public void heard(String said) {
        if (running && woken.availablePermits() == 0) {
            woken.release();
        }
    }

    /// Tells of everything that was sealed and writes every letter that is due.
    void run(Instant now) {
        while (following.follow()) {
            continue;
        }
        while (letters.writeNext(now)) {
            continue;
        }
    }

    @Override
    public boolean isAutoStartup() {
        return automatic;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name("notices").daemon().start(this::run);
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
                ending.join(Duration.ofSeconds(5));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void run() {
        var tidied = Instant.MIN;
        while (running) {
            var rest = LOOKS;
            try {
                var now = time.instant();
                run(now);
                if (tidied.isBefore(now.minus(Duration.ofHours(1)))) {
                    tidied = now;
                    rows.forget(now.minus(KEPT));
                }
                rest = rows.nextLetter()
                        .map(next -> Duration.between(time.instant(), next))
                        .filter(next -> next.compareTo(LOOKS) < 0)
                        .orElse(LOOKS);
            } catch (RuntimeException failure) {
                log.warn("Notices could not be told; tried again in {} s", LOOKS.toSeconds(), failure);
            }
            rest(rest);
        }
    }

    private void rest(Duration rest) {
        try {
            if (woken.tryAcquire(Math.max(20, rest.toMillis()), TimeUnit.MILLISECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
