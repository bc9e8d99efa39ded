package dev.conduct.procedure;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Every state can be reached, and from every state the line can be ended.
final class Reachability {

    private final Entry type;
    private final Collection<ItemType.Transition> transitions;
    private final Mistakes mistakes;

    Reachability(Entry type, Collection<ItemType.Transition> transitions, Mistakes mistakes) {
        this.type = type;
        this.transitions = transitions;
        this.mistakes = mistakes;
    }

    void check() {
        var reached = forward(Set.of(type.text("initial")));
        var ending = backward(new LinkedHashSet<>(PackReader.texts(type.words("ended"))));
        type.named("states").keySet().forEach(state -> {
            if (!reached.contains(state.text())) {
                mistakes.add(
                        state.place(),
                        "nothing leads to the state " + state.text(),
                        "add a transition to it, or remove it");
            }
            if (type.has("ended") && !ending.contains(state.text())) {
                mistakes.add(
                        state.place(),
                        "from the state " + state.text() + " the end cannot be reached",
                        "add a transition onwards, or list it under ended");
            }
        });
        steps();
    }

    /// Each state of the line leads to the next one.
    private void steps() {
        var line = type.words("line");
        for (var i = 1; i < line.size(); i++) {
            var from = line.get(i - 1).text();
            var to = line.get(i).text();
            if (transitions.stream().noneMatch(it -> it.from().contains(from) && to.equals(it.to()))) {
                mistakes.add(
                        line.get(i).place(),
                        "no transition leads from " + from + " to " + to,
                        "add one, or order the line by its transitions");
            }
        }
    }

    private Set<String> forward(Collection<String> from) {
        var reached = new LinkedHashSet<>(from);
        var grown = true;
        while (grown) {
            grown = false;
            for (var transition : transitions) {
                var to = transition.to();
                if (to != null && transition.from().stream().anyMatch(reached::contains)) {
                    grown |= reached.add(to);
                }
            }
        }
        return reached;
    }

    private Set<String> backward(Set<String> ended) {
        var reaching = new LinkedHashSet<>(ended);
        var grown = true;
        while (grown) {
            grown = false;
            for (var transition : transitions) {
                var to = transition.to();
                if (to != null && reaching.contains(to)) {
                    grown |= reaching.addAll(List.copyOf(transition.from()));
                }
            }
        }
        return reaching;
    }
}
