package dev.conduct.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a page says about the ledger.
///
/// @param size sealed events
/// @param checkpointSize events under the last signed checkpoint
/// @param root hex of its root, null before the first
/// @param checkpointAt when it was signed, null before the first
/// @param unsealed events recorded and not yet sealed
/// @param quarantined events refused by the sequencer because their code does not fit
/// @param rollback why nothing is recorded, null while all is well
public record LedgerStatus(
        long size,
        long checkpointSize,
        @Nullable String root,
        @Nullable Instant checkpointAt,
        long unsealed,
        long quarantined,
        @Nullable String rollback) {

    public boolean healthy() {
        return rollback == null && quarantined == 0;
    }
}
