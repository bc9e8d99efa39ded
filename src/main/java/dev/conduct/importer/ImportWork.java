package dev.conduct.importer;

import dev.conduct.identity.People;
import dev.conduct.kernel.Background;
import dev.conduct.kernel.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Runs and undoes imports behind the page, one after the other. Which are to be done stands in the database: another
/// server takes what one left lying, and since nothing is taken twice, goes on where it broke off.
@Component
class ImportWork extends Background {

    private static final Logger log = LoggerFactory.getLogger(ImportWork.class);
    private static final Duration LOOKS = Duration.ofMinutes(1);
    private static final Duration TIDIES = Duration.ofHours(1);

    private final Runs runs;
    private final Uploads uploads;
    private final Imports imports;
    private final People people;
    private final InstantSource time;
    private volatile Instant tidied = Instant.EPOCH;

    ImportWork(
            Runs runs,
            Uploads uploads,
            Imports imports,
            People people,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("imports", "look up what is to be imported", automatic);
        this.runs = runs;
        this.uploads = uploads;
        this.imports = imports;
        this.people = people;
        this.time = time;
    }

    @Override
    protected Duration round() {
        tidy();
        return next() ? Duration.ZERO : LOOKS;
    }

    /// Once an hour.
    void tidy() {
        var now = time.instant();
        if (tidied.isBefore(now.minus(TIDIES))) {
            uploads.tidy();
            tidied = now;
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
