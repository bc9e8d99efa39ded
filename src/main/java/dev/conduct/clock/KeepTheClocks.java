package dev.conduct.clock;

import dev.conduct.clock.Clocks.Changed;
import dev.conduct.ledger.Event;
import dev.conduct.work.Item;
import dev.conduct.work.ItemChanged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Gathers what changes in a transaction and computes the clocks once, just before it commits: an import of thousands
/// of events costs one pair of statements, not thousands.
@Component
class KeepTheClocks {

    private final Clocks clocks;
    private final Scheduling scheduling;

    KeepTheClocks(Clocks clocks, Scheduling scheduling) {
        this.clocks = clocks;
        this.scheduling = scheduling;
    }

    @EventListener
    void when(ItemChanged change) {
        if (!History.matters(change.event())) {
            return;
        }
        var gathered = transaction().items.computeIfAbsent(change.item().key(), key -> new Gathered(change.item()));
        gathered.item = change.item();
        gathered.events.add(change.event());
    }

    private Transaction transaction() {
        if (TransactionSynchronizationManager.getResource(this) instanceof Transaction open) {
            return open;
        }
        var transaction = new Transaction();
        TransactionSynchronizationManager.bindResource(this, transaction);
        TransactionSynchronizationManager.registerSynchronization(transaction);
        return transaction;
    }

    private static final class Gathered {

        private final List<Event> events = new ArrayList<>();
        private Item item;

        Gathered(Item item) {
            this.item = item;
        }

        /// What began in this transaction has no other events.
        Changed changed() {
            var whole = events.getFirst().action().equals("item.report");
            return new Changed(item, events, whole);
        }
    }

    private final class Transaction implements TransactionSynchronization {

        private final Map<String, Gathered> items = new LinkedHashMap<>();

        @Override
        public void beforeCommit(boolean readOnly) {
            clocks.recompute(items.values().stream().map(Gathered::changed).toList());
        }

        @Override
        public void afterCommit() {
            scheduling.wake();
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResourceIfPossible(KeepTheClocks.this);
        }
    }
}
