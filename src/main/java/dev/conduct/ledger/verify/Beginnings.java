package dev.conduct.ledger.verify;

import dev.conduct.ledger.verify.BundleVerifier.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A log that began anew says so in its first entry; one that did so again, in its first two; and so on.
final class Beginnings {

    private final List<Beginning.Following> all = new ArrayList<>();

    void accept(long index, Map<String, Object> entry, List<Value> beside, byte[] leaf) throws Broken {
        for (var earlier : all) {
            earlier.append(index, leaf);
        }
        if (index != all.size()) {
            return;
        }
        try {
            var one = Beginning.of(entry, beside);
            if (one != null) {
                all.add(one);
            }
        } catch (IllegalArgumentException e) {
            throw Broken.at(index, "Entry " + index + ", with which the log began anew, " + e.getMessage() + ".");
        }
    }

    void end(long entries) throws Broken {
        for (var one : all) {
            one.end(entries);
        }
    }

    /// The last first.
    List<Beginning> all() {
        return all.stream().map(Beginning.Following::beginning).toList();
    }
}
