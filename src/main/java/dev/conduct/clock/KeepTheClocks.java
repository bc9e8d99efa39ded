package dev.conduct.clock;

import dev.conduct.work.DueDates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Keeps the clocks of an item in the transaction of its change, and has them rung in time.
@Component
class KeepTheClocks implements DueDates {

    private final Clocks clocks;
    private final Scheduling scheduling;

    KeepTheClocks(Clocks clocks, Scheduling scheduling) {
        this.clocks = clocks;
        this.scheduling = scheduling;
    }

    @Override
    public Map<String, Instant> after(List<Change> changes) {
        var kept = clocks.keep(changes);
        var soonest = kept.written().stream()
                .map(ClockRow::nextMoment)
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                clocks.remember(kept.states());
                soonest.ifPresent(scheduling::wake);
            }
        });
        return kept.due();
    }
}
