package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import dev.conduct.work.Products;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/// Whether somebody is led to quality at all: a product that they see has sent a report. Every page asks, so the answer
/// is kept for some seconds, for the roles it was given to; the pages it leads to ask for themselves.
@Component
class QualityOffered {

    private static final int MOST = 2_000;
    private static final long FRESH = Duration.ofSeconds(5).toNanos();

    private final SeenProducts seen;
    private final RunRows runs;
    private final ConcurrentHashMap<Asking, Long> offered = new ConcurrentHashMap<>();

    QualityOffered(SeenProducts seen, RunRows runs) {
        this.seen = seen;
        this.runs = runs;
    }

    private record Asking(String actor, Set<String> roles, Membership membership) {}

    /// What is not there yet is looked for each time: the first report shows at once.
    boolean of(Actor actor) {
        var asking = new Asking(actor.id(), actor.roles(), actor.membership());
        var at = offered.get(asking);
        if (at != null && System.nanoTime() - at < FRESH) {
            return true;
        }
        var keys = seen.all(actor).stream().map(Products.Product::key).toList();
        if (!runs.anyReporting(keys)) {
            return false;
        }
        if (offered.size() > MOST) {
            offered.clear();
        }
        offered.put(asking, System.nanoTime());
        return true;
    }
}
