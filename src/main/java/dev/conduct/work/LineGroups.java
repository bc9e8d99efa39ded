package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.shell.Words;
import dev.conduct.work.ItemLists.Grouped;
import dev.conduct.work.ItemQuery.Subject;
import dev.conduct.work.LinePage.Group;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// A list in groups: of each value some rows, and how many there are.
@Component
class LineGroups {

    private static final int ROWS = 20;

    private final ItemLists lists;
    private final LineRows rows;
    private final Products products;
    private final People people;

    LineGroups(ItemLists lists, LineRows rows, Products products, People people) {
        this.lists = lists;
        this.rows = rows;
        this.products = products;
        this.people = people;
    }

    List<Group> of(ItemType type, ListShape shape, Subject by, Actor actor) {
        var found = found(type, shape.filters(), by, ROWS, actor);
        var shown = rows.of(
                        type,
                        found.stream().flatMap(group -> group.items().stream()).toList(),
                        actor)
                .iterator();
        var names = PageNames.of(
                by == Subject.ASSIGNEE ? found.stream().map(Grouped::value).toList() : List.of(), people, actor);
        return found.stream()
                .map(group -> new Group(
                        title(type, by, group.value(), names),
                        group.count(),
                        LinePage.href(
                                type,
                                QueryChips.with(
                                        shape.filters(),
                                        name(by),
                                        group.value().contains(" ") ? '"' + group.value() + '"' : group.value())),
                        Stream.generate(shown::next).limit(group.items().size()).toList()))
                .toList();
    }

    /// By value, in the order in which people think of them.
    List<Grouped> found(ItemType type, String filters, Subject by, int each, Actor actor) {
        var found = lists.grouped("type:" + type.name() + " " + filters, by, values(type, by, actor), each, actor);
        if (by != Subject.ASSIGNEE) {
            return found;
        }
        var names = PageNames.of(found.stream().map(Grouped::value).toList(), people, actor);
        return found.stream()
                .sorted(Comparator.comparing((Grouped group) -> group.value().equals("none"))
                        .thenComparing(group -> names.name(group.value()).toLowerCase(Locale.ROOT)))
                .toList();
    }

    private Collection<String> values(ItemType type, Subject by, Actor actor) {
        return switch (by) {
            case STATE -> states(type);
            case ASSIGNEE ->
                Stream.concat(lists.assignees().stream(), Stream.of("none")).toList();
            case PRODUCT -> products.all().stream().map(Products.Product::key).toList();
            case COMPONENT ->
                Stream.concat(products.componentNames(actor).stream().sorted(), Stream.of("none"))
                        .toList();
            case SEVERITY, PRIORITY -> {
                var options =
                        ListShape.field(type, by).map(ItemType.Field::options).orElse(List.of());
                yield Stream.concat(options.stream(), Stream.of("none")).toList();
            }
            case TYPE, REPORTER -> throw new IllegalArgumentException("No list is grouped by " + by);
        };
    }

    static List<String> states(ItemType type) {
        return type.states().keySet().stream()
                .sorted(Comparator.comparingInt(state -> Stations.at(type, state)))
                .toList();
    }

    static String title(ItemType type, Subject by, String value, PageNames names) {
        if (value.equals("none")) {
            return by == Subject.ASSIGNEE ? "Nobody" : "Not set";
        }
        return switch (by) {
            case STATE -> Stations.title(type, value);
            case ASSIGNEE -> names.name(value);
            case SEVERITY, PRIORITY -> Words.plain(value);
            case TYPE, REPORTER, PRODUCT, COMPONENT -> value;
        };
    }

    private static String name(Subject by) {
        return by.name().toLowerCase(Locale.ROOT);
    }
}
