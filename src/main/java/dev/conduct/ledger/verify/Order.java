package dev.conduct.ledger.verify;

import java.util.HashMap;
import java.util.Map;

/// Watches that the versions of each object appear in order. An event may repeat a version that was there (a comment,
/// a refusal); a version that appears for the first time after a greater one was put in the wrong place.
final class Order {

    private static final int REMEMBERED = 64;

    private final Map<String, Seen> objects = new HashMap<>();

    private static final class Seen {
        private long greatest;
        // Bit n: the version n below the greatest has been seen.
        private long below;
    }

    /// False when this version should have come before one that is already there.
    boolean fits(String object, long version) {
        var seen = objects.get(object);
        if (seen == null) {
            seen = new Seen();
            seen.greatest = version;
            seen.below = 1;
            objects.put(object, seen);
            return true;
        }
        if (version >= seen.greatest) {
            var step = version - seen.greatest;
            seen.below = step < REMEMBERED ? (seen.below << step) | 1 : 1;
            seen.greatest = version;
            return true;
        }
        var distance = seen.greatest - version;
        return distance >= REMEMBERED || (seen.below >> distance & 1) == 1;
    }
}
