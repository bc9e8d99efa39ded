package dev.conduct.work;

import dev.conduct.work.JoinedActs.Ready;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Acts on different items that come at the same time are written in one transaction: one wait for the disk, and a few
/// statements, for all of them. Nobody waits for company: whoever finds nobody writing writes at once, and what comes
/// meanwhile is written together next. Each act was judged by itself before. Whatever does not go smoothly (an item
/// that somebody else changed, a refusal, a write that fails) goes alone, as if there were no others: that way is the
/// one that refuses, waits and explains.
@Component
class Together {

    private static final int MOST = 32;

    /// As many write at a time as there are pairs of cores: the other of each does what comes before and after.
    private static final int WRITERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final Function<List<Ready>, List<Optional<Item>>> writing;
    private final AtomicInteger underWay = new AtomicInteger();
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private int writers;

    @Autowired
    Together(JoinedActs joined) {
        this(joined::record);
    }

    /// @param writing gives for each act the item as it is now, or nothing where it has to go alone
    Together(Function<List<Ready>, List<Optional<Item>>> writing) {
        this.writing = writing;
    }

    private record Waiting(Ready act, CompletableFuture<Told> told) {}

    private sealed interface Told {}

    /// It writes these, its own act first.
    private record Writes(List<Waiting> these) implements Told {}

    private record Written(Optional<Item> item) implements Told {}

    private record Failed(RuntimeException why) implements Told {}

    /// Within a transaction, or when nobody else is at work, it goes alone.
    ///
    /// @param ready judges the act on the item as it is, unlocked; empty when it has to go alone
    /// @param alone does all of it in a transaction of its own, or refuses
    Item act(Supplier<Optional<Ready>> ready, Supplier<Item> alone) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return alone.get();
        }
        var others = underWay.getAndIncrement();
        try {
            return others == 0
                    ? alone.get()
                    : ready.get().flatMap(this::written).orElseGet(alone);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Optional<Item> written(Ready act) {
        var mine = new Waiting(act, new CompletableFuture<>());
        try {
            synchronized (waiting) {
                waiting.add(mine);
                if (writers < WRITERS) {
                    writers++;
                    next();
                }
            }
            return switch (mine.told().join()) {
                case Written written -> written.item();
                case Failed failed -> throw failed.why();
                case Writes writes -> write(writes.these());
            };
        } finally {
            leave(mine);
        }
    }

    /// Whoever has waited longest writes next, for itself and the others.
    private void next() {
        var these = new ArrayList<Waiting>();
        while (these.size() < MOST && !waiting.isEmpty()) {
            these.add(waiting.remove());
        }
        if (these.isEmpty()) {
            writers--;
        } else {
            these.getFirst().told().complete(new Writes(these));
        }
    }

    private Optional<Item> write(List<Waiting> these) {
        try {
            var items = writing.apply(these.stream().map(Waiting::act).toList());
            for (var i = 1; i < these.size(); i++) {
                these.get(i).told().complete(new Written(items.get(i)));
            }
            return items.getFirst();
        } catch (RuntimeException failed) {
            these.forEach(one -> one.told().complete(new Failed(failed)));
            throw failed;
        }
    }

    /// However this thread ends, and wherever, nobody goes on waiting for it: whom it was to write for and has told
    /// nothing is told so, and the next one writes.
    private void leave(Waiting mine) {
        synchronized (waiting) {
            waiting.remove(mine);
            if (mine.told().isDone() && mine.told().resultNow() instanceof Writes writes) {
                var ended =
                        new Failed(new IllegalStateException("Whoever wrote this with others ended before it told."));
                writes.these().forEach(one -> one.told().complete(ended));
                next();
            }
        }
    }
}
