package dev.conduct.shell;

import dev.conduct.identity.Actor;
import dev.conduct.identity.Membership;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/// Whether somebody is led to a page at all. Every page asks that for its side bar, so a yes is kept for some seconds,
/// for the roles it was given to; the pages it leads to ask for themselves. What is not there yet is looked for each
/// time: the first of it shows at once. One for each place that is led to.
public final class Offered {

    private static final int MOST = 2_000;
    private static final long FRESH = Duration.ofSeconds(5).toNanos();

    private final ConcurrentHashMap<Asking, Long> offered = new ConcurrentHashMap<>();

    private record Asking(String actor, Set<String> roles, Membership membership) {}

    /// @param asked the answer of the database, when none is kept
    public boolean to(Actor actor, BooleanSupplier asked) {
        var asking = new Asking(actor.id(), actor.roles(), actor.membership());
        var at = offered.get(asking);
        if (at != null && System.nanoTime() - at < FRESH) {
            return true;
        }
        if (!asked.getAsBoolean()) {
            return false;
        }
        if (offered.size() > MOST) {
            offered.clear();
        }
        offered.put(asking, System.nanoTime());
        return true;
    }
}
