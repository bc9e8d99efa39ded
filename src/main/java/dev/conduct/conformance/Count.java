package dev.conduct.conformance;

import dev.conduct.conformance.Replayed.Difference;
import java.util.ArrayList;
import java.util.List;

/// What a replay has found so far.
final class Count {

    private static final int MOST = 1_000;

    private final String version;
    private final List<String> stranded = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    long records;
    long attempts;
    long same;
    long heldBefore;
    long heldAfter;
    long clocks;
    long brokenBefore;
    long brokenAfter;

    Count(String version) {
        this.version = version;
    }

    void stranded(String item) {
        stranded.add(item);
    }

    void differs(Difference difference) {
        if (differences.size() < MOST) {
            differences.add(difference);
        }
    }

    Replayed replayed() {
        return new Replayed(
                version,
                records,
                attempts,
                same,
                heldBefore,
                heldAfter,
                clocks,
                brokenBefore,
                brokenAfter,
                List.copyOf(stranded),
                List.copyOf(differences));
    }
}
