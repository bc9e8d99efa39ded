package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.procedure.Procedures;
import dev.conduct.work.SearchPage.Group;
import dev.conduct.work.SearchPage.Other;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Finds what is no record: products, their components, people, clauses of the procedure.
@Component
class SearchOthers {

    private static final int MOST = 8;
    private static final int SHORTEST = 2;

    private final Products products;
    private final People people;
    private final Procedures procedures;
    private final InstantSource time;

    SearchOthers(Products products, People people, Procedures procedures, InstantSource time) {
        this.products = products;
        this.people = people;
        this.procedures = procedures;
        this.time = time;
    }

    /// Those of each kind that hold every word; kinds with none are left out.
    List<Group> of(List<String> words, String typed, Actor actor) {
        if (words.stream().noneMatch(word -> word.length() >= SHORTEST)) {
            return List.of();
        }
        var line = procedures.at(time.instant()).types().keySet().stream().findFirst();
        var list = line.map(name -> "/lines/" + name + "?q=").orElse("/me?q=");
        return Stream.of(
                        new Group("Products and components", products(words, list, actor)),
                        new Group("People", people(words, typed, list, actor)),
                        new Group("Procedure", clauses(words)))
                .filter(group -> !group.others().isEmpty())
                .toList();
    }

    private List<Other> products(List<String> words, String list, Actor actor) {
        var found = new ArrayList<Other>();
        for (var product : products.visible(actor)) {
            if (Marked.holds(product.key() + " " + product.name(), words)) {
                found.add(new Other(
                        "product",
                        "layers",
                        product.key(),
                        Marked.of(product.name(), words),
                        "product",
                        list + LinePage.encoded("product:" + product.key() + " is:open sort:due")));
            }
        }
        for (var component : products.componentsNamed(words.getFirst(), 4 * MOST, actor)) {
            if (Marked.holds(component.name(), words)) {
                found.add(new Other(
                        "component",
                        "layers",
                        component.product(),
                        Marked.of(component.name(), words),
                        component.critical() ? "critical component" : "component",
                        list
                                + LinePage.encoded("product:" + component.product() + " component:\"" + component.name()
                                        + "\" is:open sort:due")));
            }
        }
        return found.stream().limit(MOST).toList();
    }

    private List<Other> people(List<String> words, String typed, String list, Actor actor) {
        if (!Sight.of(actor).inside()) {
            return List.of();
        }
        var named = people.named(typed, MOST);
        return (named.isEmpty() ? people.nearlyNamed(typed, MOST) : named)
                .stream()
                        .map(person -> new Other(
                                "person",
                                "user",
                                "",
                                Marked.of(person.name(), words),
                                String.join(
                                        ", ",
                                        person.roles().stream()
                                                .sorted()
                                                .map(dev.conduct.shell.Words::plain)
                                                .toList()),
                                list + LinePage.encoded("assignee:" + person.id() + " is:open sort:due")))
                        .toList();
    }

    private List<Other> clauses(List<String> words) {
        return procedures.at(time.instant()).clauses().values().stream()
                .filter(clause -> Marked.holds(
                        clause.ref() + " " + clause.id() + " " + clause.title() + " " + clause.text(), words))
                .sorted(java.util.Comparator.comparing(
                        clause -> !Marked.holds(clause.id() + " " + clause.title(), words)))
                .limit(MOST)
                .map(clause -> new Other(
                        "clause",
                        "book-open-text",
                        clause.ref(),
                        Marked.of(clause.title(), words),
                        clause.id(),
                        "/procedure/clauses/" + clause.id()))
                .toList();
    }
}
