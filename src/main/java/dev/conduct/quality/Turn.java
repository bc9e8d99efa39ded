package dev.conduct.quality;

import dev.conduct.quality.TestRows.Past;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a test turned from passing to failing: what broke it lies between two commits.
///
/// @param good the last that passed, null when none is known
/// @param bad the first that failed after it, null when it does not fail now
record Turn(@Nullable Past good, @Nullable Past bad) {

    /// On the branch of the newest; skipped runs say nothing, flaky ones end the search.
    ///
    /// @param past the newest first
    static Turn of(List<Past> past) {
        if (past.isEmpty() || !past.getFirst().result().broken()) {
            return new Turn(null, null);
        }
        var branch = past.getFirst().branch();
        @Nullable Past bad = null;
        for (var one : past) {
            if (!one.branch().equals(branch) || one.result().outcome().equals("skipped")) {
                continue;
            }
            if (!one.result().broken()) {
                return new Turn(one.result().outcome().equals("passed") ? one : null, bad);
            }
            bad = one;
        }
        return new Turn(null, bad);
    }

    /// A commit somewhere: what fails in staging and passes in CI does not waver.
    private record Place(String commit, String environment) {}

    /// On how many commits it came out both ways in one environment.
    static long wavered(List<Past> past) {
        var outcomes = new HashMap<Place, Set<Boolean>>();
        for (var one : past) {
            var seen = outcomes.computeIfAbsent(new Place(one.commit(), one.environment()), unused -> new HashSet<>());
            switch (one.result().outcome()) {
                case "passed" -> seen.add(true);
                case "failed", "errored" -> seen.add(false);
                case "flaky" -> seen.addAll(Set.of(true, false));
                default -> {}
            }
        }
        return outcomes.entrySet().stream()
                .filter(place -> place.getValue().size() == 2)
                .map(place -> place.getKey().commit())
                .distinct()
                .count();
    }
}
