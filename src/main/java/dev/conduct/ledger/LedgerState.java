package dev.conduct.ledger;

import dev.conduct.kernel.Problem;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether the ledger may be written to. It may not when what is in the database is not a continuation of what was
/// once signed: then somebody cut it, or restored an older copy.
class LedgerState {

    static final String ROLLBACK = "LEDGER_ROLLBACK";

    /// What whoever runs the server can do about it.
    static final String WAY_OUT = "Whoever runs this server restores the newest database that fits, or, where there is"
            + " none, stops the server and begins the log anew: ./conduct ledger begin-anew --reason TEXT"
            + " (docs/guide/ledger.md).";

    private static final Logger log = LoggerFactory.getLogger(LedgerState.class);

    private final AtomicReference<@Nullable String> rollback = new AtomicReference<>();

    void rolledBack(String says) {
        rollback.set(says);
        log.error("{}: {} Nothing is recorded until this is resolved. {}", ROLLBACK, says, WAY_OUT);
    }

    Optional<String> rollback() {
        return Optional.ofNullable(rollback.get());
    }

    /// @throws Problem 503 when the ledger may not be written to
    void requireWritable() {
        if (rollback.get() != null) {
            throw Problem.unavailable(
                    "ledger_rollback",
                    "Nothing can be recorded: the ledger in the database does not continue what was signed before. "
                            + WAY_OUT);
        }
    }
}
