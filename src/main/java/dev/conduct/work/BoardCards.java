package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.BoardPage.Card;
import dev.conduct.work.BoardPage.Column;
import dev.conduct.work.BoardPage.Lane;
import dev.conduct.work.BoardPage.Way;
import dev.conduct.work.FormView.Option;
import dev.conduct.work.ItemLists.Grouped;
import dev.conduct.work.ItemQuery.Subject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Items as cards, in their columns and lanes.
@Component
class BoardCards {

    private final NextSignals nextSignals;
    private final AtRisk atRisk;
    private final People people;
    private final Procedures procedures;
    private final InstantSource time;

    BoardCards(NextSignals nextSignals, AtRisk atRisk, People people, Procedures procedures, InstantSource time) {
        this.nextSignals = nextSignals;
        this.atRisk = atRisk;
        this.people = people;
        this.procedures = procedures;
        this.time = time;
    }

    /// What lanes can be.
    List<Option> choices(ItemType type) {
        var choices = new ArrayList<>(List.of(new Option("", "No lanes")));
        ListShape.groups(type).forEach((name, title) -> {
            if (!name.equals("state")) {
                choices.add(new Option(name, title));
            }
        });
        return choices;
    }

    List<Column> columns(ItemType type, List<String> states, List<Grouped> found) {
        var byState = found.stream().collect(Collectors.toMap(Grouped::value, group -> group));
        return states.stream()
                .map(state -> {
                    var group = byState.get(state);
                    return new Column(
                            state,
                            Stations.title(type, state),
                            group == null ? 0 : group.count(),
                            group == null ? 0 : group.items().size(),
                            limit(type, state));
                })
                .toList();
    }

    /// How many may stand there at once: the parameter `limit_TYPE_STATE` of the procedure, null when it has none.
    @Nullable
    Long limit(ItemType type, String state) {
        var parameter = procedures.at(time.instant()).parameters().get("limit_" + type.name() + "_" + state);
        return parameter != null && parameter.value() instanceof Number number ? (Long) number.longValue() : null;
    }

    List<Lane> lanes(ItemType type, List<String> states, List<Grouped> found, @Nullable Subject by, Actor actor) {
        var items = found.stream().flatMap(group -> group.items().stream()).toList();
        var drawn = new Drawn(
                type,
                PageNames.of(
                        items.stream()
                                .map(Item::assignee)
                                .filter(Objects::nonNull)
                                .collect(Collectors.toSet()),
                        people,
                        actor),
                atRisk.among(items.stream().map(Item::key).toList()),
                nextSignals.of(items));
        if (by == null) {
            return List.of(new Lane(null, drawn.cells(states, items)));
        }
        return items.stream().collect(Collectors.groupingBy(item -> value(type, item, by))).entrySet().stream()
                .sorted(Comparator.comparing(lane -> place(type, by, lane.getKey(), drawn.names())))
                .map(lane -> new Lane(
                        LineGroups.title(type, by, lane.getKey(), drawn.names()), drawn.cells(states, lane.getValue())))
                .toList();
    }

    private static String value(ItemType type, Item item, Subject by) {
        var value =
                switch (by) {
                    case ASSIGNEE -> item.assignee();
                    case PRODUCT -> item.product();
                    case SEVERITY, PRIORITY, COMPONENT ->
                        ListShape.field(type, by)
                                .map(field -> item.fields().get(field.name()))
                                .orElse(null);
                    case TYPE, STATE, REPORTER -> throw new IllegalArgumentException("No lanes by " + by);
                };
        return Objects.toString(value, "none");
    }

    /// Choices in their own order, people and modules by name, what has none last.
    private static String place(ItemType type, Subject by, String value, PageNames names) {
        if (value.equals("none")) {
            return "~";
        }
        var options = ListShape.field(type, by).map(ItemType.Field::options).orElse(List.of());
        return options.contains(value)
                ? "%03d".formatted(options.indexOf(value))
                : LineGroups.title(type, by, value, names).toLowerCase(Locale.ROOT);
    }

    private record Drawn(
            ItemType type, PageNames names, Set<String> risky, Map<String, NextSignals.NextSignal> signals) {

        List<List<Card>> cells(List<String> states, List<Item> items) {
            return states.stream()
                    .map(state -> items.stream()
                            .filter(item -> item.state().equals(state))
                            .sorted(Comparator.comparing(
                                    Item::dueAt, Comparator.nullsLast(Comparator.<Instant>naturalOrder())))
                            .map(this::card)
                            .toList())
                    .toList();
        }

        Card card(Item item) {
            return new Card(
                    item.key(),
                    item.title(),
                    item.version(),
                    type.urgency(item.fields()).orElse(null),
                    item.dueAt(),
                    risky.contains(item.key()),
                    signals.get(item.key()),
                    item.assignee() == null ? null : names.named(item.assignee()),
                    ways(item));
        }

        private List<Way> ways(Item item) {
            return type.transitions().values().stream()
                    .filter(way -> way.to() != null && way.from().contains(item.state()))
                    .map(way -> {
                        var to = Objects.requireNonNull(way.to());
                        return new Way(
                                way.name(),
                                way.title(),
                                to,
                                Stations.title(type, to),
                                !way.asks().isEmpty() || way.back());
                    })
                    .toList();
        }
    }
}
