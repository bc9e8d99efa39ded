package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.Bulk.Act;
import dev.conduct.work.FormView.Input;
import dev.conduct.work.FormView.Option;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// What can be done to what was selected, and what it asks.
@Component
class BulkForms {

    static final String ONWARD = "onward";
    static final String ASSIGN = "assign";
    private static final String MOVE = "move:";
    private static final String FIELD = "field:";

    private final Products products;
    private final People people;

    BulkForms(Products products, People people) {
        this.products = products;
        this.people = people;
    }

    /// @param ready false while something has still to be chosen before anything can be said
    record Form(List<Option> choices, List<Input> inputs, Act act, boolean ready) {}

    Form of(ItemType type, String chosen, List<Item> items, Map<String, String> entered, Actor actor) {
        var inputs = inputs(type, chosen, items, entered);
        var fields = new HashMap<String, Object>();
        for (var input : inputs) {
            var field = type.fields().get(input.name());
            var value = entered.getOrDefault(input.name(), "");
            if (field != null && (chosen.startsWith(FIELD) || !value.isBlank())) {
                fields.put(field.name(), RecordForms.value(field, value));
            }
        }
        var assignee =
                inputs.stream().anyMatch(input -> input.name().equals("assignee")) && entered.containsKey("assignee")
                        ? entered.get("assignee")
                        : null;
        var comment = entered.getOrDefault("comment", "").strip();
        var act = new Act(
                chosen.startsWith(MOVE) ? chosen.substring(MOVE.length()) : null,
                chosen.equals(ONWARD),
                fields,
                assignee == null || assignee.isBlank() && chosen.startsWith(MOVE) ? null : assignee,
                comment.isEmpty() ? null : comment);
        var known = chosen.equals(ONWARD)
                || chosen.startsWith(MOVE) && type.transitions().containsKey(chosen.substring(MOVE.length()))
                || chosen.equals(ASSIGN) && entered.containsKey("assignee")
                || chosen.startsWith(FIELD) && inputs.stream().anyMatch(input -> entered.containsKey(input.name()));
        return new Form(choices(type, items, actor), inputs, act, known);
    }

    private static List<Option> choices(ItemType type, List<Item> items, Actor actor) {
        var choices = new ArrayList<>(List.of(new Option(ONWARD, "Move each along its line")));
        var states = items.stream().map(Item::state).collect(Collectors.toSet());
        type.transitions().values().stream()
                .filter(way -> way.from().stream().anyMatch(states::contains))
                .filter(way -> way.roles().isEmpty() || actor.hasAny(way.roles()))
                .forEach(way -> choices.add(new Option(
                        MOVE + way.name(),
                        way.title() + (way.to() == null ? "" : ", to " + Stations.title(type, way.to())))));
        choices.add(new Option(ASSIGN, "Assign"));
        type.fields().values().stream()
                .filter(field -> field.editors().isEmpty() || actor.hasAny(field.editors()))
                .filter(field -> switch (field.kind()) {
                    case CHOICE, COMPONENT, LINE, NUMBER, PERSON, DATE -> true;
                    case TEXT, COMMIT -> false;
                })
                .forEach(field -> choices.add(new Option(FIELD + field.name(), "Set " + field.title())));
        return choices;
    }

    private List<Input> inputs(ItemType type, String chosen, List<Item> items, Map<String, String> entered) {
        if (chosen.equals(ASSIGN)) {
            return List.of(assignee(entered));
        }
        if (chosen.startsWith(FIELD)) {
            var field = type.fields().get(chosen.substring(FIELD.length()));
            return field == null ? List.of() : List.of(field(field, items, entered));
        }
        var way = chosen.startsWith(MOVE) ? type.transitions().get(chosen.substring(MOVE.length())) : null;
        if (way == null) {
            return List.of();
        }
        var inputs = new ArrayList<Input>();
        for (var asked : way.asks()) {
            var field = type.fields().get(asked);
            if (asked.equals("assignee")) {
                inputs.add(assignee(entered));
            } else if (field != null && field.kind() != ItemType.FieldKind.COMMIT) {
                inputs.add(field(field, items, entered));
            }
        }
        inputs.add(Input.text("comment", "Comment on each", null, entered.getOrDefault("comment", ""), false));
        return inputs;
    }

    private Input field(ItemType.Field field, List<Item> items, Map<String, String> entered) {
        var product = items.stream().map(Item::product).collect(Collectors.toSet());
        var components = field.kind() == ItemType.FieldKind.COMPONENT && product.size() == 1
                ? products.offered(product.iterator().next())
                : List.<Products.ProductComponent>of();
        return RecordForms.input(field, entered.getOrDefault(field.name(), ""), components);
    }

    private Input assignee(Map<String, String> entered) {
        var somebody = people.holding(Set.of()).stream()
                .map(person -> new Option(person.id(), person.name()))
                .toList();
        return Input.choice("assignee", "Assignee", null, somebody, entered.getOrDefault("assignee", ""), false);
    }
}
