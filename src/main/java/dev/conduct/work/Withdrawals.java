package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.NewEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Takes back what an import brought and nobody has touched since. Each is an event, after which the item stands in no
/// table: no list, search or count knows it. Its history stays in the ledger.
@Component
class Withdrawals {

    static final String ACTION = "item.withdraw";

    private final Door door;
    private final ItemRows rows;
    private final Ledger ledger;
    private final JdbcClient database;

    Withdrawals(Door door, ItemRows rows, Ledger ledger, JdbcClient database) {
        this.door = door;
        this.rows = rows;
        this.ledger = ledger;
        this.database = database;
    }

    /// @param versions by key, the version in which the import left it
    /// @param alike which of some keys came by the same import
    /// @return by key, why it stays
    Map<String, String> withdraw(
            String run, Map<String, Long> versions, Function<Collection<String>, Set<String>> alike, Actor importer) {
        if (!HistoryDoor.BRINGS_HISTORY.contains(importer.via())) {
            throw Problem.forbidden("history", "Only the import that brought an item takes it back.");
        }
        return door.through(() -> {
            var held = rows.lock(versions.keySet());
            var linked = linked(held.keySet(), alike);
            var kept = new LinkedHashMap<String, String>();
            var events = new ArrayList<NewEvent>();
            held.forEach((key, item) -> {
                var touched = touched(item, versions.getOrDefault(key, 0L));
                if (touched != null) {
                    kept.put(key, touched);
                } else if (linked.containsKey(key)) {
                    kept.put(key, linked.get(key) + " is linked with it.");
                } else {
                    events.add(new Telling(ACTION, door.now(item))
                            .with("import", run)
                            .of(key, item.version() + 1, importer));
                }
            });
            if (!events.isEmpty()) {
                door.enterAll(events, new HashMap<>(held));
            }
            return kept;
        });
    }

    /// Why it stays, null when only a newer version of the procedure has passed over it.
    private @Nullable String touched(Item item, long version) {
        if (item.version() == version) {
            return null;
        }
        return ledger.eventsOf(ItemFold.PREFIX + item.key()).stream()
                .filter(ItemFold::changes)
                .filter(event -> event.objectVersion() > version)
                .filter(event -> !event.action().equals("item.migrate"))
                .findFirst()
                .map(event -> HistoryDoor.BRINGS_HISTORY.contains(event.via())
                        ? "A later import added to it."
                        : "Somebody has worked on it here.")
                .orElse(null);
    }

    /// By key, an item of elsewhere that a link connects it with.
    private Map<String, String> linked(Collection<String> keys, Function<Collection<String>, Set<String>> alike) {
        var others = new HashMap<String, Set<String>>();
        database.sql("""
                        select item as one, other as two from work.link where item = any(:keys)
                        union all
                        select other, item from work.link where other = any(:keys)
                        """).param("keys", keys.toArray(String[]::new)).query(row -> {
            others.computeIfAbsent(row.getString("one"), _ -> new java.util.TreeSet<>())
                    .add(row.getString("two"));
        });
        var near = alike.apply(others.values().stream().flatMap(Set::stream).toList());
        var linked = new HashMap<String, String>();
        others.forEach((key, ends) ->
                ends.stream().filter(end -> !near.contains(end)).findFirst().ifPresent(end -> linked.put(key, end)));
        return linked;
    }
}
