package dev.conduct.clock;

import dev.conduct.identity.Upkeep;
import dev.conduct.kernel.Background;
import dev.conduct.keys.Rotations;
import dev.conduct.procedure.Adoption;
import dev.conduct.shell.ScheduledWork;
import dev.conduct.work.Migrations;
import dev.conduct.work.Overrides;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// Everything the product does by the clock, in one place: one thread that sleeps until the next moment somebody
/// named, or until it is woken. Sealing the ledger is not here: it follows commits, not the clock.
@Component
class Scheduling extends Background implements ScheduledWork {

    private static final Logger log = LoggerFactory.getLogger(Scheduling.class);
    // Another node may have died with a deadline it alone knew to be near, or the machine's clock was set.
    private static final Duration LOOKS_AT_LEAST_EVERY = Duration.ofSeconds(15);
    private static final Duration LOOKS_AT_MOST_EVERY = Duration.ofMillis(20);

    /// @param runs does what is due and says when to be asked again, null when nothing is to come
    record Job(String name, Function<Instant, @Nullable Instant> runs) {

        String id() {
            return name.replaceAll("[^a-z]+", "-");
        }
    }

    private record Ran(
            Instant at, @Nullable Instant next, @Nullable String trouble) {}

    private final Map<String, Ran> ran = new ConcurrentHashMap<>();

    private final List<Job> jobs;
    private final InstantSource time;
    private volatile Instant restsUntil = Instant.MAX;

    Scheduling(
            Alarms alarms,
            Migrations migrations,
            Overrides overrides,
            Upkeep upkeep,
            Rotations rotations,
            InstantSource time,
            @Value("${conduct.scheduling:true}") boolean automatic) {
        super("scheduling", "do what is due", automatic);
        this.jobs = List.of(
                new Job("warn, break and escalate clocks", alarms::ringAll),
                new Job("take open work into the procedure in force", migrations::moveDue),
                new Job("tidy up after sign-ins and warn of secrets that end", upkeep::run),
                new Job("end exceptions and tell of overdue follow-ups", overrides::expireDue),
                new Job("bring what is encrypted under the newest keys", rotations::step));
        this.time = time;
    }

    /// Something is to be done at a moment that may come before the one it rests until.
    void wake(Instant moment) {
        if (moment.isBefore(restsUntil)) {
            wake();
        }
    }

    @EventListener
    void adopted(Adoption adoption) {
        wake(adoption.effective());
    }

    @Override
    protected Duration patience() {
        return Duration.ofSeconds(10);
    }

    @Override
    protected Duration round() {
        // Until it is known, every moment is too near to be missed.
        restsUntil = Instant.MAX;
        var now = time.instant();
        var until = now.plus(LOOKS_AT_LEAST_EVERY);
        for (var job : jobs) {
            try {
                var next = job.runs().apply(now);
                ran.put(job.id(), new Ran(now, next, null));
                until = next != null && next.isBefore(until) ? next : until;
            } catch (RuntimeException failure) {
                ran.put(job.id(), new Ran(now, until, "It failed; the log of the server says why."));
                log.warn("Could not {}; tried again in {} s", job.name(), LOOKS_AT_LEAST_EVERY.toSeconds(), failure);
            }
        }
        restsUntil = until;
        var rest = Duration.between(time.instant(), until);
        return rest.compareTo(LOOKS_AT_MOST_EVERY) < 0 ? LOOKS_AT_MOST_EVERY : rest;
    }

    @Override
    public List<Work> work() {
        return jobs.stream()
                .map(job -> {
                    var last = ran.get(job.id());
                    var title = job.name().substring(0, 1).toUpperCase(Locale.ROOT)
                            + job.name().substring(1);
                    return last == null
                            ? new Work(job.id(), title, null, null, null)
                            : new Work(job.id(), title, last.at(), last.next(), last.trouble());
                })
                .toList();
    }

    @Override
    public boolean now(String id) {
        var known = jobs.stream().filter(job -> job.id().equals(id)).findFirst();
        known.ifPresent(job -> {
            var now = time.instant();
            ran.put(id, new Ran(now, job.runs().apply(now), null));
        });
        return known.isPresent();
    }
}
