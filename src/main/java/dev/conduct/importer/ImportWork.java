package dev.conduct.importer;

import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Runs and undoes imports behind the page, one after the other. Which are to be done stands in the database: another
/// server takes what one left lying, and since nothing is taken twice, goes on where it broke off.
@Component
class ImportWork implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(ImportWork.class);
    private static final Duration LOOKS = Duration.ofMinutes(1);

    private final Runs runs;
    private final Uploads uploads;
    private final Imports imports;
    private final People people;
    private final boolean automatic;
    private final Semaphore woken = new Semaphore(0);
    private volatile boolean running;

    ImportWork(
            Runs runs,
            Uploads uploads,
            Imports imports,
            People people,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        this.runs = runs;
        this.uploads = uploads;
        this.imports = imports;
        this.people = people;
        this.automatic = automatic;
    }

    /// Something waits.
    void wake() {
        woken.release();
    }

    @Override
    public boolean isAutoStartup() {
        return automatic;
    }

    @Override
    public void start() {
        running = true;
        Thread.ofPlatform().name("imports").daemon().start(this::work);
    }

    @Override
    public void stop() {
        running = false;
        woken.release();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    private void work() {
        try {
            while (running) {
                if (!attempted()) {
                    var _ = woken.tryAcquire(LOOKS.toSeconds(), TimeUnit.SECONDS);
                    woken.drainPermits();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean attempted() {
        try {
            return next();
        } catch (RuntimeException unavailable) {
            log.warn("What is to be imported cannot be looked up now and is tried again: {}", unavailable.getMessage());
            return false;
        }
    }

    /// Does the next, and says whether there was one.
    boolean next() {
        var taken = runs.take();
        taken.ifPresent(run -> {
            try {
                act(run);
            } catch (Problem refused) {
                runs.failed(run.id(), refused.says());
            } catch (RuntimeException broken) {
                log.error("The import {} broke off", run.id(), broken);
                runs.failed(
                        run.id(),
                        "It broke off, and the log of the server says why. What came by then is here to stay.");
            }
        });
        return taken.isPresent();
    }

    private void act(Run run) {
        if (run.undoing()) {
            imports.undo(run, people.actor(String.valueOf(run.undoer()), "page"));
            return;
        }
        var actor = people.actor(run.actor(), "page");
        var upload = uploads.waiting(run.id())
                .orElseThrow(
                        () -> Problem.conflict(
                                "gone",
                                "The server that ran it ended. Bring the same files again: what came by then is not taken twice."));
        var account = uploads.with(upload, (door, order) -> door.goOn(run.id(), order, actor), imports);
        uploads.done(run.id(), account);
    }
}
