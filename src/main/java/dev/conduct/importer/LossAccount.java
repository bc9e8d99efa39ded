package dev.conduct.importer;

import java.util.List;
import java.util.Map;

/// What became of every record of an import: `read = imported + merged + refused`. A dry run gives the same account.
///
/// @param read records found, broken ones included
/// @param imported new here
/// @param merged already here; what was new of their history has been added
/// @param events recorded in the ledger
/// @param deviations gates that the imported history did not satisfy; each stands in its event
/// @param unmapped kind (`state`, `resolution`, `priority`) -> word without a counterpart -> how often
/// @param kept how something unusual was kept -> how often
/// @param lost what the source had, or the file lacks, that is not kept -> how often
public record LossAccount(
        int read,
        int imported,
        int merged,
        int refused,
        List<Reason> reasons,
        long events,
        long deviations,
        Map<String, Map<String, Integer>> unmapped,
        Map<String, Integer> kept,
        Map<String, Integer> lost) {

    /// @param at `file:line`
    /// @param id the record's id there, empty when it could not be read
    public record Reason(String at, String id, String says) {}
}
