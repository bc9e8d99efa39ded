package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.work.FormView.Option;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Who an item can be given to on its page: those who know its component first, each with the reason, then the others
/// whom the procedure lets work on it.
@Component
class Assignees {

    private final Experts experts;
    private final People people;

    Assignees(Experts experts, People people) {
        this.experts = experts;
        this.people = people;
    }

    List<Option> of(Item item, Actor viewer) {
        if (!Sight.of(viewer).inside()) {
            return List.of();
        }
        var best = experts.suggest(item.product(), experts.component(item));
        var named = best.stream().map(Expert::id).collect(Collectors.toSet());
        return Stream.concat(
                        best.stream().map(expert -> new Option(expert.id(), expert.name() + ". " + expert.because())),
                        people.holding(experts.type(item).assignable(), item.product()).stream()
                                .filter(person -> !named.contains(person.id()))
                                .map(person -> new Option(person.id(), person.name())))
                .toList();
    }
}
