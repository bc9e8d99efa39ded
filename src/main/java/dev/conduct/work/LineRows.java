package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Page;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.LinePage.Row;
import dev.conduct.work.NextSignals.NextSignal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Items as rows of a list.
@Component
class LineRows {

    private final People people;
    private final AtRisk atRisk;
    private final NextSignals nextSignals;
    private final ItemRows items;

    LineRows(People people, AtRisk atRisk, NextSignals nextSignals, ItemRows items) {
        this.people = people;
        this.atRisk = atRisk;
        this.nextSignals = nextSignals;
        this.items = items;
    }

    List<Row> of(ItemType type, List<Item> shown, Actor actor) {
        var names = PageNames.of(
                shown.stream()
                        .flatMap(item -> Stream.of(item.assignee(), item.reporter()))
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()),
                people,
                actor);
        var risky = atRisk.among(shown.stream()
                .filter(item -> item.dueAt() != null)
                .map(Item::key)
                .toList());
        var signals = nextSignals.atHand(shown);
        return shown.stream()
                .map(item -> new Row(
                        item,
                        type.urgency(item.fields()).orElse(null),
                        Stations.title(type, item.state()),
                        Stations.at(type, item.state()),
                        type.line().size(),
                        risky.contains(item.key()),
                        type.ended().contains(item.state()) ? NextSignal.NONE : signals.get(item.key()),
                        item.assignee() == null ? null : names.named(item.assignee()),
                        names.named(item.reporter())))
                .toList();
    }

    /// What is not there, or not visible, has none.
    Map<String, NextSignal> signals(String type, List<String> keys, Actor actor) {
        var asked = keys.subList(0, Math.min(keys.size(), Page.MOST));
        return nextSignals.of(items.visible(asked, Sight.of(actor)).stream()
                .filter(item -> item.type().equals(type))
                .toList());
    }
}
