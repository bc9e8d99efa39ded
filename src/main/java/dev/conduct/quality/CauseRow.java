package dev.conduct.quality;

import dev.conduct.quality.Triages.Triage;
import dev.conduct.work.CodeHistory;
import dev.conduct.work.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A cause of failures as a page shows it.
///
/// @param first the run in which it was first seen, this one when it is new
/// @param triage what a person said of it, and who
/// @param defects records that the reader may see
/// @param good the last run on the branch in which the first of its tests passed
/// @param bad the first after it in which it failed
/// @param between the commits that came after the one, up to and with the other; null where no mirror has both
record CauseRow(
        Cause cause,
        @Nullable Run first,
        @Nullable Triage triage,
        String triagedBy,
        List<Item> defects,
        @Nullable Run good,
        @Nullable Run bad,
        CodeHistory.@Nullable Range between) {

    boolean isNew(Run run) {
        return first == null || first.id().equals(run.id());
    }
}
