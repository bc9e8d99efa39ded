package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.ledger.NewEvent;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// Records several acts in one transaction, each as if it came alone: its event, its clocks, its row. What was judged
/// on an item unlocked counts only if the item, once locked, is still at the version it was judged at.
@Component
class JoinedActs {

    private static final Logger log = LoggerFactory.getLogger(JoinedActs.class);

    private final Door door;
    private final ItemRows rows;
    private final Histories histories;
    private final Readers readers;
    private final TransactionTemplate transaction;

    JoinedActs(
            Door door, ItemRows rows, Histories histories, Readers readers, PlatformTransactionManager transactions) {
        this.door = door;
        this.rows = rows;
        this.histories = histories;
        this.readers = readers;
        this.transaction = new TransactionTemplate(transactions);
    }

    /// An act that was judged and that nothing refuses.
    ///
    /// @param before the item it was judged on; null when it begins one
    record Ready(@Nullable Item before, NewEvent event) {

        String key() {
            return event.object().substring(ItemFold.PREFIX.length());
        }

        /// Whether it leaves alone what lies under keys of its own.
        boolean plain() {
            return Projection.HIDDEN.stream().noneMatch(event.data()::containsKey);
        }
    }

    /// @return the items as they are now; empty where somebody else holds the item or has changed it since, and
    ///     everywhere when it failed and nothing lasts
    /// @throws RuntimeException when nobody can say whether it lasts
    List<Optional<Item>> record(List<Ready> acts) {
        var ending = new AtomicBoolean();
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                var recorded = ofOneActor(acts) ? recorded(acts) : readers.system(() -> recorded(acts));
                ending.set(true);
                return recorded;
            }));
        } catch (RuntimeException failed) {
            if (ending.get()) {
                throw failed;
            }
            log.debug("Acts that came at the same time go alone", failed);
            return Collections.nCopies(acts.size(), Optional.empty());
        }
    }

    private static boolean ofOneActor(List<Ready> acts) {
        return acts.stream().map(act -> act.event().actor()).distinct().count() == 1;
    }

    private List<Optional<Item>> recorded(List<Ready> acts) {
        var taken = free(acts);
        var items = new HashMap<String, Item>();
        taken.forEach((key, act) -> {
            if (act.before() != null) {
                items.put(key, act.before());
            }
        });
        var events = door.enterAll(taken.values().stream().map(Ready::event).toList(), items)
                .iterator();
        taken.forEach((key, act) -> {
            var after = Objects.requireNonNull(items.get(key));
            if (act.before() == null) {
                histories.remember(after, events.next());
            } else {
                histories.remember(act.before(), after, List.of(events.next()));
            }
        });
        return acts.stream()
                .map(act -> taken.get(act.key()) == act
                        ? Optional.ofNullable(items.get(act.key()))
                        : Optional.<Item>empty())
                .toList();
    }

    /// One act of each item that is held now and still as it was judged.
    private Map<String, Ready> free(List<Ready> acts) {
        var unchanged = rows.lockUnchanged(
                acts.stream().map(Ready::before).filter(Objects::nonNull).toList());
        var free = new LinkedHashMap<String, Ready>();
        for (var act : acts) {
            var before = act.before();
            if (before == null || Objects.equals(unchanged.get(act.key()), before.version())) {
                free.putIfAbsent(act.key(), act);
            }
        }
        return free;
    }
}
