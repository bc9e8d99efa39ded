package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Case;
import dev.conduct.procedure.Gates;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Nearest;
import dev.conduct.procedure.Signal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Transitions and acts.
@Component
class Moves {

    private final Door door;
    private final FieldChecks checks;
    private final Duties duties;
    private final Together together;
    private final Remedies remedies;

    Moves(Door door, FieldChecks checks, Duties duties, Together together, Remedies remedies) {
        this.remedies = remedies;
        this.door = door;
        this.checks = checks;
        this.duties = duties;
        this.together = together;
    }

    Item move(Items.Move move, Actor actor) {
        if (move.comment() != null) {
            PlainText.checked("comment", move.comment(), FieldChecks.TEXT);
        }
        return together.act(() -> ready(move, actor), () -> door.through(() -> taken(move, actor)));
    }

    /// Empty when it is refused, or more than one event of the item: then it goes alone, under the item's lock.
    private Optional<JoinedActs.Ready> ready(Items.Move move, Actor actor) {
        try {
            var judged = judged(door.look(move.key(), actor, move.expectedVersion()), move, actor);
            var item = judged.held().migrating().item();
            var plain = judged.held().migrating().path().isEmpty()
                    && judged.verdict().signals().stream().noneMatch(Signal::overridden);
            return plain
                    ? Optional.of(new JoinedActs.Ready(
                                    item, told(judged, move, actor).of(item.key(), item.version() + 1, actor)))
                            .filter(JoinedActs.Ready::plain)
                    : Optional.empty();
        } catch (Problem refused) {
            return Optional.empty();
        }
    }

    private Item taken(Items.Move move, Actor actor) {
        var found = door.hold(move.key(), actor, move.expectedVersion()).item();
        var judged = judged(found, move, actor);
        var held = judged.held();
        var moved =
                door.enter(held, told(judged, move, actor), judged.at(), actor).item();
        return duties.owe(moved, new OverrideTerms(held.procedure()), judged.verdict(), judged.at(), actor);
    }

    private static Telling told(Judged judged, Items.Move move, Actor actor) {
        var held = judged.held();
        var item = held.item();
        var transition = judged.transition();
        var telling = judged.telling()
                .with("to", transition.to() == null ? item.state() : transition.to())
                .with(
                        "voids",
                        transition.voids().isEmpty()
                                ? null
                                : transition.voids().stream().sorted().toList())
                .changes(judged.changes())
                .deviating(judged.verdict())
                .seeing(FactSources.told(judged.history(), transition))
                .with(
                        "outside",
                        move.comment() == null ? null : !Sight.of(actor).inside())
                .restricting(
                        held.type(),
                        transition.restricts()
                                || held.type().restricts(judged.changes().set()),
                        item,
                        actor)
                .words("comment", move.comment());
        if (!Objects.equals(judged.assignee(), item.assignee())) {
            telling.assigned(judged.assignee());
        }
        return telling;
    }

    /// Refuses as `move` would now; nothing is held, and nothing recorded.
    ///
    /// @param found as the actor has just read it
    void foresee(Item found, Items.Move move, Actor who) {
        var actor = who.on(found.product());
        door.requireUpToDate(found, move.expectedVersion(), actor);
        var _ = judged(found, move, actor);
    }

    /// What is known of a move that nothing refuses.
    private record Judged(
            Door.Held held,
            ItemType.Transition transition,
            FieldChanges changes,
            @Nullable String assignee,
            Case history,
            Signal.Verdict verdict,
            Telling telling,
            Instant at) {}

    private Judged judged(Item found, Items.Move move, Actor actor) {
        var at = door.moment(move.occurredAt(), actor, found);
        var held = door.standing(found, at);
        var item = held.item();
        var transition = transition(held.type(), move.transition());
        var telling = new Telling("item.transition", at)
                .with("transition", transition.name())
                .with("from", item.state())
                .with("roles", actor.roles().stream().sorted().toList())
                .judgedBy(transition.clause(), held.procedure().version());
        if (!transition.roles().isEmpty() && !actor.hasAny(transition.roles())) {
            var role =
                    Objects.requireNonNull(verdict(held, transition, at, actor).role());
            throw GateClosed.notTheirs(role, telling.refused(item.key(), item.version(), actor, List.of(role)));
        }
        door.require(item, actor, "item.transition", true);
        if (!transition.from().contains(item.state())) {
            throw GateClosed.wrongState(
                    wrongState(held, transition), telling.refused(item.key(), item.version(), actor, List.of()));
        }
        var changes = checks.check(
                        new FieldChecks.Subject(
                                held.type(), item.product(), actor, new LinkedHashSet<>(transition.asks()), false),
                        move.fields())
                .against(item.fields());
        FieldChecks.requireUnbound(held.type(), item.state(), transition.asks(), changes);
        checks.requireKept(item, changes);
        var assignee = assignee(held, transition, move.assignee(), actor);
        var history = door.history(held, at, transition, changes::appliedTo);
        var verdict = judged(held, history, transition, changes, assignee, at, actor);
        if (!verdict.allowed()) {
            var reasons = verdict.blockedBy();
            throw GateClosed.held(
                    transition.title(),
                    reasons,
                    remedies.links(
                            verdict, item, held.procedure(), held.type(), changes.appliedTo(history.fields()), actor),
                    telling.refused(item.key(), item.version(), actor, reasons));
        }
        return new Judged(held, transition, changes, assignee, history, verdict, telling, at);
    }

    /// An item as it is to be judged.
    record Looked(Door.Held held, Case history, Instant now) {}

    /// Several, in their order; what machines know is asked of all at once.
    List<Looked> look(List<Item> found) {
        var now = door.now();
        var held = found.stream().map(item -> door.standing(item, now)).toList();
        var histories = door.histories(
                held.stream().map(one -> new Door.Ahead(one, ways(one))).toList(), now);
        return IntStream.range(0, held.size())
                .mapToObj(n -> new Looked(held.get(n), histories.get(n), now))
                .toList();
    }

    /// Every transition from where the item stands.
    List<Signal.Verdict> verdicts(Item found, Actor who) {
        return verdicts(look(List.of(found)).getFirst(), who);
    }

    List<Signal.Verdict> verdicts(Looked looked, Actor who) {
        var held = looked.held();
        var actor = who.on(held.item().product());
        var history = looked.history();
        var now = looked.now();
        return ways(held).stream()
                .map(transition -> verdict(held, history, transition, now, actor))
                .toList();
    }

    private static List<ItemType.Transition> ways(Door.Held held) {
        return held.type().transitions().values().stream()
                .filter(transition -> transition.from().contains(held.item().state()))
                .toList();
    }

    /// What it says now, nothing being changed with it.
    Signal.Verdict verdict(Door.Held held, ItemType.Transition transition, Instant now, Actor actor) {
        var history = door.history(held, now, transition, UnaryOperator.identity());
        return verdict(held, history, transition, now, actor);
    }

    private Signal.Verdict verdict(
            Door.Held held, Case history, ItemType.Transition transition, Instant now, Actor actor) {
        var nothing = new FieldChanges(held.type(), java.util.Map.of(), java.util.Set.of());
        return judged(held, history, transition, nothing, held.item().assignee(), now, actor);
    }

    private Signal.Verdict judged(
            Door.Held held,
            Case history,
            ItemType.Transition transition,
            FieldChanges changes,
            @Nullable String assignee,
            Instant at,
            Actor actor) {
        return Gates.judge(
                held.procedure(),
                history,
                new Case.Attempt(
                        transition.name(),
                        actor.id(),
                        actor.roles(),
                        changes.appliedTo(history.fields()),
                        assignee,
                        at));
    }

    private @Nullable String assignee(
            Door.Held held, ItemType.Transition transition, @Nullable String wanted, Actor actor) {
        var item = held.item();
        if (wanted == null) {
            return item.assignee();
        }
        var assignee = wanted.isBlank() ? null : checks.assignee(wanted, item.assignee(), actor);
        if (!Objects.equals(assignee, item.assignee()) && !transition.asks().contains("assignee")) {
            var refusal = Rights.assigning(held.type(), item.assignee(), actor);
            if (refusal != null) {
                door.refuse(item, actor, "item.transition", refusal);
            }
        }
        return assignee;
    }

    static ItemType.Transition transition(ItemType type, String name) {
        var transition = type.transitions().get(name);
        if (transition == null) {
            throw Problem.badInput(
                    "transition",
                    "unknown_transition",
                    "is no transition of a " + type.name() + "; "
                            + Nearest.instead(
                                    Door.shown(name), type.transitions().keySet()) + ".");
        }
        return transition;
    }

    static String wrongState(Door.Held held, ItemType.Transition transition) {
        var here = held.item().state();
        var ways = held.type().transitions().values().stream()
                .filter(way -> way.from().contains(here))
                .map(ItemType.Transition::name)
                .collect(Collectors.joining(", "));
        return "\"" + transition.title() + "\" does not lead on from " + here + ", only from "
                + String.join(", ", transition.from().stream().sorted().toList()) + "."
                + (ways.isEmpty() ? "" : " From here: " + ways + ".");
    }
}
