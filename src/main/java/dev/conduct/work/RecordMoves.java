package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Signal;
import dev.conduct.work.RecordPage.Move;
import dev.conduct.work.RecordPage.Moves;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What can be done with a record from where it stands: the main way on, other ways, acts, ways back.
final class RecordMoves {

    private RecordMoves() {}

    /// The transition whose signals stand on the page: the one asked for, else the main way on.
    static Optional<Signal.Verdict> shown(List<Signal.Verdict> verdicts, @Nullable String... asked) {
        for (var name : asked) {
            var found = verdicts.stream()
                    .filter(verdict -> verdict.transition().name().equals(name))
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return next(verdicts);
    }

    private static Optional<Signal.Verdict> next(List<Signal.Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.transition().to() != null
                        && !verdict.transition().back())
                .findFirst();
    }

    static Moves of(List<Signal.Verdict> verdicts) {
        var next = next(verdicts);
        var acts = new ArrayList<Move>();
        var others = new ArrayList<Move>();
        var backs = new ArrayList<Move>();
        for (var verdict : verdicts) {
            var transition = verdict.transition();
            if (next.isPresent() && next.get() == verdict) {
                continue;
            }
            if (transition.back()) {
                backs.add(move(verdict));
            } else if (transition.to() != null) {
                others.add(move(verdict));
            } else if (verdict.role() == null) {
                acts.add(move(verdict));
            }
        }
        return new Moves(next.map(RecordMoves::move).orElse(null), acts, others, backs);
    }

    static Move move(Signal.Verdict verdict) {
        var transition = verdict.transition();
        var held = verdict.blockedBy();
        // Held only by what its own form asks: then the form is the way on, not a reason to stop.
        var answerable = held.stream()
                .allMatch(reason -> verdict.signals().stream()
                        .filter(signal -> reason.equals(signal.reason()))
                        .anyMatch(signal -> asked(transition, signal.gate())));
        return new Move(
                transition.name(),
                transition.title(),
                transition.to(),
                answerable ? 0 : held.size(),
                !transition.asks().isEmpty() || transition.back(),
                null);
    }

    private static boolean asked(ItemType.Transition transition, ItemType.Gate gate) {
        return gate.field() != null && transition.asks().contains(gate.field())
                || gate.evidence() == null
                        && gate.rule().contains("item.assignee")
                        && transition.asks().contains("assignee");
    }
}
