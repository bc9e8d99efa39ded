package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.work.CodeHistory;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The failures of a run, grouped by cause, with what is known of each.
@Component
class Failures {

    /// Causes that are looked into; the rest is only counted.
    private static final int LOOKED_INTO = 20;
    /// Commits shown of those that may have broken a test.
    static final int COMMITS = 30;

    private final TestRows tests;
    private final Triages triages;
    private final TestLinks links;
    private final Items items;
    private final People people;
    private final CodeHistory history;

    Failures(TestRows tests, Triages triages, TestLinks links, Items items, People people, CodeHistory history) {
        this.tests = tests;
        this.triages = triages;
        this.links = links;
        this.items = items;
        this.people = people;
        this.history = history;
    }

    /// @param most causes that are shown
    List<CauseRow> of(Run run, int most, Actor reader) {
        if (run.failed() == 0) {
            return List.of();
        }
        var causes = Cause.of(tests.broken(run.id()));
        var shown = causes.subList(0, Math.min(Math.min(most, LOOKED_INTO), causes.size()));
        var said = triages.of(run.product(), shown.stream().map(Cause::print).toList());
        var names = people.byId(
                said.values().stream().map(Triages.Triage::by).distinct().toList());
        var defects = defects(run.product(), shown, reader);
        var between = new HashMap<String, Optional<CodeHistory.Range>>();
        return shown.stream()
                .map(cause -> {
                    var triage = said.get(cause.print());
                    var by = triage == null ? null : names.get(triage.by());
                    var test = cause.first().test();
                    var good = tests.lastPassed(run, test).orElse(null);
                    var bad = good == null
                            ? null
                            : tests.firstFailed(run, test, good).orElse(null);
                    return new CauseRow(
                            cause,
                            tests.firstOfShape(run.product(), cause.print()).orElse(null),
                            triage,
                            by == null ? "Somebody unknown" : by.name(),
                            defects.getOrDefault(cause.print(), List.of()),
                            good,
                            bad,
                            good == null || bad == null
                                    ? null
                                    : between.computeIfAbsent(
                                                    good.commit() + " " + bad.commit(),
                                                    unused -> history.between(
                                                            run.product(), good.commit(), bad.commit(), COMMITS))
                                            .orElse(null));
                })
                .toList();
    }

    private Map<UUID, List<Item>> defects(String product, List<Cause> causes, Actor reader) {
        var causeOf = new HashMap<UUID, UUID>();
        causes.forEach(cause -> cause.failures().forEach(test -> causeOf.put(test.test(), cause.print())));
        var linked = links.ofTests(product, causeOf.keySet());
        var seen = items
                .visible(linked.stream().map(TestLinks.Linked::item).distinct().toList(), reader)
                .stream()
                .collect(Collectors.toMap(Item::key, item -> item));
        var defects = new HashMap<UUID, Map<String, Item>>();
        for (var one : linked) {
            var item = seen.get(one.item());
            var cause = causeOf.get(one.test());
            if (item != null && cause != null) {
                defects.computeIfAbsent(cause, unused -> new LinkedHashMap<>()).put(item.key(), item);
            }
        }
        return defects.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, it -> List.copyOf(it.getValue().values())));
    }

    /// The commits one of which broke a test; null when it is not broken, or no mirror has both ends.
    static CodeHistory.@Nullable Range between(CodeHistory history, String product, Turn turn) {
        var good = turn.good();
        var bad = turn.bad();
        return good == null || bad == null
                ? null
                : history.between(product, good.commit(), bad.commit(), COMMITS).orElse(null);
    }
}
