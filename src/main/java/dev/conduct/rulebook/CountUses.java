package dev.conduct.rulebook;

import dev.conduct.kernel.Background;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Procedure;
import dev.conduct.procedure.Procedures;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Counts how rules are used, a few seconds behind what is sealed: writers never wait for it, and what was counted is
/// known to the entry, so that it can stop and go on anywhere.
@Component
class CountUses extends Background {

    private static final Duration LOOKS = Duration.ofSeconds(5);
    private static final int AT_ONCE = 2_000;

    private final Ledger ledger;
    private final Procedures procedures;
    private final UseRows rows;
    private final TransactionTemplate transaction;

    CountUses(
            Ledger ledger,
            Procedures procedures,
            UseRows rows,
            PlatformTransactionManager transactions,
            @Value("${conduct.scheduling:true}") boolean scheduled) {
        super("rule-uses", "count how rules are used", scheduled);
        this.ledger = ledger;
        this.procedures = procedures;
        this.rows = rows;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// Counts all that is sealed now; what another node is counting meanwhile, it leaves to it.
    void catchUp() {
        while (step()) {
            // the next two thousand, in a transaction of their own
        }
    }

    private boolean step() {
        return Boolean.TRUE.equals(transaction.execute(status -> rows.elected() && counted()));
    }

    /// @return true when there may be more
    private boolean counted() {
        var from = rows.counted();
        if (from > ledger.status().size()) {
            // the log began anew
            rows.forget();
            return true;
        }
        var events = ledger.sealed(from, AT_ONCE);
        if (events.isEmpty()) {
            return false;
        }
        var fold = new UseFold(versions(), rows.standings(UseFold.items(events).toList()));
        events.forEach(fold::add);
        rows.add(fold);
        rows.counted(from + events.size());
        return events.size() == AT_ONCE;
    }

    private java.util.function.Function<String, @Nullable Procedure> versions() {
        Map<String, Optional<Procedure>> known = new HashMap<>();
        return version -> known.computeIfAbsent(version, this::version).orElse(null);
    }

    private Optional<Procedure> version(String version) {
        try {
            return Optional.of(procedures.version(version));
        } catch (Problem unknown) {
            return Optional.empty();
        }
    }

    @Override
    protected Duration beforeFirst() {
        return LOOKS;
    }

    @Override
    protected Duration round() {
        catchUp();
        return LOOKS;
    }
}
