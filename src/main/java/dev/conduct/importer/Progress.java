package dev.conduct.importer;

import dev.conduct.work.HistoricResult;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;

/// Writes down how far a run is, and what it has made.
final class Progress {

    private final Runs runs;
    private final UUID run;
    private long handled;

    Progress(Runs runs, UUID run) {
        this.runs = runs;
        this.run = run;
    }

    /// In the transaction that recorded them.
    void recorded(List<HistoricResult> results) {
        var made = new HashMap<String, Integer>();
        var added = new HashMap<String, Integer>();
        for (var result : results) {
            var key = result.key();
            if (key != null && result.outcome() == HistoricResult.Outcome.IMPORTED) {
                made.put(key, result.events());
            } else if (key != null && result.events() > 0) {
                added.put(key, result.events());
            }
        }
        runs.made(run, made, added);
    }

    void handled(long more) {
        handled += more;
        runs.handled(run, handled);
    }
}
