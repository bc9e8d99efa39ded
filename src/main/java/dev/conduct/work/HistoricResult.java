package dev.conduct.work;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of one historic item.
///
/// @param key the item's key here, null when refused
/// @param events how many events were recorded for it now
/// @param deviations how many gates its history did not satisfy; each stands in the event it belongs to
/// @param unresolvedLinks external ids of linked items that are not here (yet); importing the item again, when they
///     are, adds the links
/// @param leftOut acts that would have moved or changed an item that has been worked on here since
/// @param reason why it was refused, naming the field
public record HistoricResult(
        String externalId,
        Outcome outcome,
        @Nullable String key,
        int events,
        int deviations,
        List<String> unresolvedLinks,
        int leftOut,
        @Nullable String reason) {

    public enum Outcome {
        /// New here.
        IMPORTED,
        /// Already here; what was new of its acts has been added.
        MERGED,
        /// Nothing of it was recorded.
        REFUSED
    }
}
