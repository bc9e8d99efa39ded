package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.CaseFold;
import dev.conduct.procedure.CaseFold.Happening;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Histories of items as rules see them, read from the ledger once and remembered by the item's version: the version
/// of the row, read under its lock, says whether what is remembered is the whole.
@Component
class Histories {

    /// Characters: about 32 MB at two bytes each, whatever the items are like.
    static final long MOST = 16_000_000;

    /// What a happening takes beside its texts.
    private static final int BARE = 300;

    private final Ledger ledger;
    private final Map<String, History> remembered = new LinkedHashMap<>(256, 0.75f, true);
    private long weight;

    Histories(Ledger ledger) {
        this.ledger = ledger;
    }

    private record History(long version, List<Happening> happenings, long weight) {

        static History of(long version, List<Happening> happenings) {
            return new History(
                    version,
                    happenings,
                    happenings.stream().mapToLong(Histories::weight).sum());
        }
    }

    private static long weight(Happening happening) {
        var changes =
                switch (happening) {
                    case CaseFold.Created created -> created.changes();
                    case CaseFold.Moved moved -> moved.changes();
                    case CaseFold.Edited edited -> edited.changes();
                    case CaseFold.Attested _,
                            CaseFold.Linked _,
                            CaseFold.Unlinked _,
                            CaseFold.Migrated _,
                            CaseFold.Overridden _ -> CaseFold.Changes.none();
                };
        return BARE
                + changes.set().values().stream()
                        .mapToLong(value -> String.valueOf(value).length())
                        .sum();
    }

    long weight() {
        synchronized (remembered) {
            return weight;
        }
    }

    Case of(Item item) {
        return CaseFold.of(item.key(), item.type(), history(item).happenings());
    }

    List<Happening> happenings(Item item) {
        return history(item).happenings();
    }

    /// After the commit the history with these events is remembered; before it, nobody may see it.
    void remember(Item before, Item after, List<Event> events) {
        var known = recall(before.key(), before.version());
        known.ifPresent(history -> {
            var happenings = new ArrayList<>(history.happenings());
            events.forEach(event -> ItemFold.happening(event).ifPresent(happenings::add));
            keepAfterCommit(after.key(), History.of(after.version(), List.copyOf(happenings)));
        });
    }

    void remember(Item made, Event event) {
        keepAfterCommit(
                made.key(),
                History.of(made.version(), ItemFold.happening(event).stream().toList()));
    }

    /// Everything recorded of an item that is held, up to the version it was found at.
    List<Event> earlier(@Nullable Item item) {
        if (item == null) {
            return List.of();
        }
        return TransactionSynchronizationManager.getResource(this) instanceof Read read
                        && read.key().equals(item.key())
                        && read.version() == item.version()
                ? read.events()
                : read(item);
    }

    /// The same of several, in one query.
    ///
    /// @return by key; also what came after the versions they were found at
    Map<String, List<Event>> earlier(List<Item> items) {
        var events = new HashMap<String, List<Event>>();
        ledger.eventsOf(items.stream()
                        .map(item -> ItemFold.PREFIX + item.key())
                        .distinct()
                        .toList())
                .forEach((object, those) -> events.put(object.substring(ItemFold.PREFIX.length()), those));
        return events;
    }

    private record Read(String key, long version, List<Event> events) {}

    /// What was read last in a transaction is kept until it ends: rules and clocks look at the same history.
    private List<Event> read(Item item) {
        var events = ledger.eventsOf(ItemFold.PREFIX + item.key()).stream()
                .filter(event -> event.objectVersion() <= item.version())
                .toList();
        if (TransactionSynchronizationManager.isSynchronizationActive()) {
            if (TransactionSynchronizationManager.unbindResourceIfPossible(this) == null) {
                TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                    @Override
                    public void afterCompletion(int status) {
                        TransactionSynchronizationManager.unbindResourceIfPossible(Histories.this);
                    }
                });
            }
            TransactionSynchronizationManager.bindResource(this, new Read(item.key(), item.version(), events));
        }
        return events;
    }

    boolean remembers(Item item) {
        return recall(item.key(), item.version()).isPresent();
    }

    /// Makes the histories of several items at hand, those that are missing in one query.
    void gather(List<Item> items) {
        var missing = items.stream().filter(item -> !remembers(item)).toList();
        if (missing.isEmpty()) {
            return;
        }
        var events = ledger.eventsOf(
                missing.stream().map(item -> ItemFold.PREFIX + item.key()).toList());
        for (var item : missing) {
            var happenings = events.getOrDefault(ItemFold.PREFIX + item.key(), List.of()).stream()
                    .filter(event -> event.objectVersion() <= item.version())
                    .flatMap(event -> ItemFold.happening(event).stream())
                    .toList();
            keep(item.key(), History.of(item.version(), happenings));
        }
    }

    private History history(Item item) {
        return recall(item.key(), item.version()).orElseGet(() -> {
            var read = history(item, read(item));
            if (!TransactionSynchronizationManager.isActualTransactionActive()) {
                keep(item.key(), read);
            } else {
                keepAfterCommit(item.key(), read);
            }
            return read;
        });
    }

    /// Spares reading what has just been read for something else.
    ///
    /// @param deciding at least all events of the item that rules look at, read after the item
    void learn(Item item, List<Event> deciding) {
        if (recall(item.key(), item.version()).isEmpty()) {
            keep(item.key(), history(item, deciding));
        }
    }

    private static History history(Item item, List<Event> deciding) {
        return History.of(
                item.version(),
                deciding.stream()
                        .filter(event -> event.objectVersion() <= item.version())
                        .flatMap(event -> ItemFold.happening(event).stream())
                        .toList());
    }

    private Optional<History> recall(String key, long version) {
        synchronized (remembered) {
            return Optional.ofNullable(remembered.get(key)).filter(history -> history.version() == version);
        }
    }

    private void keep(String key, History history) {
        synchronized (remembered) {
            var known = remembered.get(key);
            if (known == null || known.version() < history.version()) {
                remembered.put(key, history);
                weight += history.weight() - (known == null ? 0 : known.weight());
                forgetTheLongestUnused();
            }
        }
    }

    private void forgetTheLongestUnused() {
        var oldest = remembered.values().iterator();
        while (weight > MOST) {
            weight -= oldest.next().weight();
            oldest.remove();
        }
    }

    private void keepAfterCommit(String key, History history) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                keep(key, history);
            }
        });
    }
}
