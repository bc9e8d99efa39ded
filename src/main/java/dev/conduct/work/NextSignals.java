package dev.conduct.work;

import dev.conduct.procedure.Case;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Signal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// What stands before each item of a list, whoever takes it on: the signals of its main way on.
@Component
class NextSignals {

    private static final String ANYBODY = "system:list";

    private final Door door;
    private final Histories histories;

    NextSignals(Door door, Histories histories) {
        this.door = door;
        this.histories = histories;
    }

    /// @param tone `clear`, `caution` or `stop`
    /// @param says the one signal that holds it, or how many of how many
    record NextSignal(String tone, String says) {

        static final NextSignal NONE = new NextSignal("", "");
    }

    /// Those whose histories are at hand; the others are left out.
    Map<String, NextSignal> atHand(List<Item> items) {
        return of(items.stream().filter(histories::remembers).toList());
    }

    /// All of them; histories that are not at hand are read together, as is what machines know.
    Map<String, NextSignal> of(List<Item> items) {
        histories.gather(items);
        var now = door.now();
        var ahead = items.stream()
                .map(item -> door.standing(item, now))
                .flatMap(held -> way(held).map(way -> new Ahead(held, way)).stream())
                .toList();
        var cases = door.histories(
                ahead.stream()
                        .map(one -> new Door.Ahead(one.held(), List.of(one.way())))
                        .toList(),
                now);
        var found = new HashMap<String, NextSignal>();
        for (var n = 0; n < ahead.size(); n++) {
            found.put(ahead.get(n).held().item().key(), signal(ahead.get(n), cases.get(n), now));
        }
        return found;
    }

    private record Ahead(Door.Held held, ItemType.Transition way) {}

    /// None at the end of its line.
    private static Optional<ItemType.Transition> way(Door.Held held) {
        return held.type().transitions().values().stream()
                .filter(transition -> transition.from().contains(held.item().state()))
                .filter(transition -> transition.to() != null && !transition.back())
                .findFirst();
    }

    private static NextSignal signal(Ahead ahead, Case history, Instant now) {
        var way = ahead.way();
        var attempt = new Case.Attempt(
                way.name(),
                ANYBODY,
                way.roles(),
                history.fields(),
                ahead.held().item().assignee(),
                now);
        return told(Gates.judge(ahead.held().procedure(), history, attempt));
    }

    private static NextSignal told(Signal.Verdict verdict) {
        var held = verdict.blockedBy();
        if (held.size() > 1) {
            return new NextSignal(
                    "stop", held.size() + " of " + verdict.signals().size());
        }
        if (held.size() == 1) {
            return new NextSignal("stop", held.getFirst().title());
        }
        return verdict.signals().stream()
                .filter(signal -> !signal.clear() && !signal.overridden())
                .findFirst()
                .map(signal -> new NextSignal("caution", signal.gate().title()))
                .orElse(new NextSignal("clear", "Clear"));
    }
}
