package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.ItemType;
import dev.conduct.shell.Words;
import dev.conduct.work.ItemQuery.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Proposes filters and their values for what is being typed: by the word of the query language and by the words on
/// screen.
@Component
class Completions {

    private static final int MOST = 9;
    private static final List<Subject> MEANT = List.of(Subject.SEVERITY, Subject.PRIORITY, Subject.COMPONENT);

    private final Products products;
    private final People people;

    Completions(Products products, People people) {
        this.products = products;
        this.people = people;
    }

    /// @param inserts what takes the place of what was typed; ends with a colon when a value is to follow
    /// @param says the same for people
    record Proposal(String inserts, String says) {}

    List<Proposal> of(ItemType type, String typed, Actor actor) {
        var colon = typed.startsWith("\"") ? -1 : typed.indexOf(':');
        return colon < 0 ? anything(type, typed, actor) : values(type, typed, colon, actor);
    }

    /// Filters by name, then values that begin so, whatever their filter.
    private List<Proposal> anything(ItemType type, String typed, Actor actor) {
        var words = typed.replace("\"", "").strip().toLowerCase(Locale.ROOT);
        var minus = words.startsWith("-") ? "-" : "";
        var wanted = words.substring(minus.length());
        var filters = filters(type);
        var found = new ArrayList<Proposal>();
        filters.forEach((name, title) -> {
            if (name.startsWith(wanted) || begins(title, wanted)) {
                found.add(new Proposal(minus + name + ":", title));
            }
        });
        if (!wanted.isEmpty()) {
            for (var name : filters.keySet()) {
                known(type, name, actor).forEach((value, title) -> {
                    if (value.toLowerCase(Locale.ROOT).startsWith(wanted) || begins(title, wanted)) {
                        found.add(new Proposal(minus + name + ":" + quoted(value), filters.get(name) + ": " + title));
                    }
                });
            }
            people(wanted, actor)
                    .forEach((value, name) ->
                            found.add(new Proposal(minus + "assignee:" + quoted(value), "Assignee: " + name)));
        }
        return found.stream().limit(MOST).toList();
    }

    private List<Proposal> values(ItemType type, String typed, int colon, Actor actor) {
        var name = typed.substring(0, colon).replace("-", "").toLowerCase(Locale.ROOT);
        var comma = Math.max(typed.lastIndexOf(','), colon);
        var before = typed.substring(0, comma + 1);
        var rest = typed.substring(comma + 1);
        var not = comma == colon && rest.startsWith("!") ? "!" : "";
        var wanted = rest.substring(not.length()).replace("\"", "").toLowerCase(Locale.ROOT);
        var known = new LinkedHashMap<>(known(type, name, actor));
        if (name.equals("assignee") || name.equals("reporter")) {
            known.put("me", "Me");
            if (name.equals("assignee")) {
                known.put("none", "Nobody");
            }
            known.putAll(people(wanted, actor));
        }
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).startsWith(wanted)
                        || begins(entry.getKey(), wanted)
                        || begins(entry.getValue(), wanted))
                .map(entry -> new Proposal(before + not + quoted(entry.getKey()), entry.getValue()))
                .limit(MOST)
                .toList();
    }

    private static Map<String, String> filters(ItemType type) {
        var filters = new LinkedHashMap<String, String>();
        filters.put("is", "Open or closed");
        filters.put("state", "Station");
        for (var subject : MEANT) {
            ListShape.field(type, subject).ifPresent(field -> filters.put(name(subject), field.title()));
        }
        filters.put("assignee", "Assignee");
        filters.put("reporter", "Reporter");
        filters.put("product", "Product");
        filters.put("due", "Due");
        filters.put("created", "Reported");
        filters.put("updated", "Last change");
        filters.put("sort", "Order");
        filters.put(ListShape.GROUP, "In groups");
        filters.put(ListShape.COLUMNS, "Columns");
        return filters;
    }

    /// Values of a filter with their titles; of people none.
    private Map<String, String> known(ItemType type, String filter, Actor actor) {
        var known = new LinkedHashMap<String, String>();
        switch (filter) {
            case "is" -> known.putAll(ordered("open", "Open", "closed", "Closed"));
            case "state" -> LineGroups.states(type).forEach(state -> known.put(state, Stations.title(type, state)));
            case "component" ->
                products.componentNames(actor).stream().sorted().forEach(component -> known.put(component, component));
            case "product" -> products.offered(actor).forEach(product -> known.put(product.key(), product.name()));
            case "due" -> known.putAll(ordered("overdue", "Overrun", "<24h", "Within a day", "<7d", "Within a week"));
            case "created", "updated" ->
                known.putAll(
                        ordered("<24h", "In the last day", "<7d", "In the last week", ">30d", "Before that month"));
            case "sort" ->
                known.putAll(ordered(
                        "due",
                        "Next due first",
                        "priority",
                        "Most urgent first",
                        "created",
                        "Newest first",
                        "-created",
                        "Oldest first",
                        "updated",
                        "Last change first"));
            case ListShape.GROUP -> known.putAll(ListShape.groups(type));
            case ListShape.COLUMNS -> ListShape.all(type).forEach(column -> known.put(column.name(), column.title()));
            default ->
                MEANT.stream()
                        .filter(subject -> name(subject).equals(filter))
                        .flatMap(subject -> ListShape.field(type, subject).stream())
                        .flatMap(field -> field.options().stream())
                        .forEach(option -> known.put(option, Words.plain(option)));
        }
        return known;
    }

    private Map<String, String> people(String wanted, Actor actor) {
        if (wanted.isBlank() || !Sight.of(actor).inside()) {
            return Map.of();
        }
        var found = new LinkedHashMap<String, String>();
        for (var person : people.named(wanted, MOST)) {
            var same = found.containsKey(person.name());
            found.put(same ? String.valueOf(person.email()) : person.name(), person.name());
        }
        return found;
    }

    private static Map<String, String> ordered(String... pairs) {
        var ordered = new LinkedHashMap<String, String>();
        for (var at = 0; at < pairs.length; at += 2) {
            ordered.put(pairs[at], pairs[at + 1]);
        }
        return ordered;
    }

    private static String name(Subject subject) {
        return subject.name().toLowerCase(Locale.ROOT);
    }

    private static boolean begins(String title, String wanted) {
        return Stream.of(title.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .anyMatch(word -> !wanted.isEmpty() && word.startsWith(wanted));
    }

    private static String quoted(String value) {
        return value.matches("[^\\s,\"]+") ? value : '"' + value.replace("\"", "") + '"';
    }
}
