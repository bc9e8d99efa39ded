package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// One act for many items, each through the one door. What would come of it is known before anything happens, since the
/// same checks are asked; afterwards it is said of each what became of it.
@Component
class Bulk {

    static final int MOST = 500;

    private final Items items;
    private final Moves moves;
    private final Edits edits;
    private final ItemRows rows;
    private final Histories histories;
    private final Door door;

    Bulk(Items items, Moves moves, Edits edits, ItemRows rows, Histories histories, Door door) {
        this.items = items;
        this.moves = moves;
        this.edits = edits;
        this.rows = rows;
        this.histories = histories;
        this.door = door;
    }

    /// @param transition the one to take; null to change fields and assignee only
    /// @param onward true to take each one's next transition along its own line; `transition` is null then
    /// @param assignee null leaves it, empty takes it away
    record Act(
            @Nullable String transition,
            boolean onward,
            Map<String, Object> fields,
            @Nullable String assignee,
            @Nullable String comment) {

        boolean moves() {
            return onward || transition != null;
        }
    }

    /// @param versions at which items were read, of those that must not have changed since
    record Asked(List<String> keys, Map<String, Long> versions, Act act) {}

    /// `READY`: it can be done. `DONE`: it was. `UNCHANGED`: it is so already. `HELD`: gates hold it. `REFUSED`: not
    /// possible for another reason. `LEFT`: it could, but others could not, and all were to go together.
    enum Outcome {
        READY,
        DONE,
        UNCHANGED,
        HELD,
        REFUSED,
        LEFT
    }

    /// @param item null when there is none that the actor may see
    /// @param does the title of the transition, empty for an edit
    record Result(
            String key,
            @Nullable Item item,
            Outcome outcome,
            String does,
            String says,
            List<Reason> reasons,
            Optional<Problem> refusal) {

        /// Each reason with the page that supplies what is asked for.
        List<GateClosed.Blocked> blocked() {
            return refusal.map(refused -> refused instanceof GateClosed closed ? closed.blocked() : null)
                    .orElse(List.of());
        }

        Result now(Outcome other, String words) {
            return new Result(key, item, other, does, words, reasons, refusal);
        }
    }

    /// What would come of it, nothing being recorded.
    List<Result> foresee(Asked asked, Actor actor) {
        var found = rows.visible(asked.keys(), Sight.of(actor)).stream()
                .collect(Collectors.toMap(Item::key, Function.identity()));
        if (asked.act().moves()) {
            histories.gather(List.copyOf(found.values()));
        }
        return new LinkedHashSet<>(asked.keys())
                .stream().map(key -> foresee(key, found.get(key), asked, actor)).toList();
    }

    /// Does what can be done, item by item, and leaves the others.
    List<Result> each(Asked asked, Actor actor) {
        var results = new ArrayList<Result>();
        for (var result : foresee(asked, actor)) {
            results.add(result.outcome() == Outcome.READY ? done(result, asked, actor) : recorded(result));
        }
        return results;
    }

    /// Does all or nothing.
    ///
    /// @throws Problem 409 `bulk_held` with what would have come of each, when one of them cannot
    List<Result> together(Asked asked, Actor actor) {
        var foreseen = foresee(asked, actor);
        if (foreseen.stream().anyMatch(Bulk::stops)) {
            foreseen.forEach(this::recorded);
            throw held(foreseen);
        }
        // In the order of their keys, so that two of these wait for each other and never in a circle.
        return door.through(() -> foreseen.stream()
                .sorted(java.util.Comparator.comparing(Result::key))
                .map(result -> result.outcome() == Outcome.READY ? act(result, asked, actor) : result)
                .toList());
    }

    private static boolean stops(Result result) {
        return result.outcome() == Outcome.HELD || result.outcome() == Outcome.REFUSED;
    }

    private Result foresee(String key, @Nullable Item item, Asked asked, Actor actor) {
        if (item == null) {
            return refused(key, null, "", Problem.notFound("The item " + Door.shown(key)));
        }
        var act = asked.act();
        if (!act.moves()) {
            return foreseen(item, "", () -> edits.foresee(item, edit(item, asked), actor));
        }
        var way = way(item, act);
        if (way == null) {
            return new Result(
                    key,
                    item,
                    Outcome.UNCHANGED,
                    "",
                    "Its line leads no further from here.",
                    List.of(),
                    Optional.empty());
        }
        var state = door.standing(item).item().state();
        if (state.equals(way.to()) && !way.from().contains(state)) {
            return new Result(
                    key, item, Outcome.UNCHANGED, way.title(), "It stands there already.", List.of(), Optional.empty());
        }
        return foreseen(item, way.title(), () -> {
            moves.foresee(item, move(item, way, asked), actor);
            return true;
        });
    }

    /// Null when there is none onward. A name that its type does not know is told as the door tells it.
    private ItemType.@Nullable Transition way(Item item, Act act) {
        var standing = door.standing(item);
        if (!act.onward()) {
            return Moves.transition(standing.type(), Objects.requireNonNull(act.transition()));
        }
        return standing.type().transitions().values().stream()
                .filter(way -> way.from().contains(standing.item().state()))
                .filter(way -> way.to() != null && !way.back())
                .findFirst()
                .orElse(null);
    }

    private interface Foresight {
        boolean changes();
    }

    private static Result foreseen(Item item, String does, Foresight foresight) {
        try {
            return foresight.changes()
                    ? new Result(item.key(), item, Outcome.READY, does, "", List.of(), Optional.empty())
                    : new Result(
                            item.key(),
                            item,
                            Outcome.UNCHANGED,
                            does,
                            "It is so already.",
                            List.of(),
                            Optional.empty());
        } catch (Problem refusal) {
            return refused(item.key(), item, does, refusal);
        }
    }

    private static Result refused(String key, @Nullable Item item, String does, Problem refusal) {
        var reasons = refusal instanceof GateClosed closed ? closed.reasons() : List.<Reason>of();
        var held = refusal.status() == 409 && !reasons.isEmpty();
        return new Result(
                key, item, held ? Outcome.HELD : Outcome.REFUSED, does, refusal.says(), reasons, Optional.of(refusal));
    }

    /// An attempt that was refused is an event, also when it was seen beforehand that it would be.
    private Result recorded(Result result) {
        result.refusal().ifPresent(refusal -> {
            if (refusal instanceof GateClosed closed) {
                door.record(closed);
            }
        });
        return result;
    }

    private Result done(Result result, Asked asked, Actor actor) {
        try {
            return act(result, asked, actor);
        } catch (Problem refusal) {
            // Within somebody else's transaction nothing can be taken back alone: then all is refused.
            if (TransactionSynchronizationManager.isActualTransactionActive()) {
                throw refusal;
            }
            return refused(result.key(), result.item(), result.does(), refusal);
        }
    }

    private Result act(Result result, Asked asked, Actor actor) {
        var before = Objects.requireNonNull(result.item());
        var act = asked.act();
        var way = act.moves() ? way(before, act) : null;
        var after = way == null ? items.edit(edit(before, asked), actor) : items.move(move(before, way, asked), actor);
        return new Result(result.key(), after, Outcome.DONE, result.does(), "", List.of(), Optional.empty());
    }

    /// At the version it was judged at, unless whoever asks knows better: what changed since is not moved twice.
    private static Items.Move move(Item item, ItemType.Transition way, Asked asked) {
        var act = asked.act();
        return new Items.Move(
                item.key(), way.name(), act.fields(), act.assignee(), act.comment(), version(item, asked), null);
    }

    private static Items.Edit edit(Item item, Asked asked) {
        var act = asked.act();
        return new Items.Edit(item.key(), null, null, act.fields(), act.assignee(), version(item, asked), null);
    }

    private static Long version(Item item, Asked asked) {
        return asked.versions().getOrDefault(item.key(), item.version());
    }

    private static Problem held(List<Result> results) {
        var cannot = results.stream().filter(Bulk::stops).toList();
        var left = results.stream()
                .map(result -> result.outcome() == Outcome.READY
                        ? result.now(Outcome.LEFT, "It could, and was left because others could not.")
                        : result)
                .toList();
        return new BulkHeld(
                cannot.size() + " of " + results.size() + " cannot, so nothing was changed. "
                        + cannot.getFirst().key() + ": " + cannot.getFirst().says()
                        + " Take those out, or send `partial` to change the others.",
                left);
    }

    /// Not everything could be done, so nothing was.
    static final class BulkHeld extends Problem {

        private final transient List<Result> results;

        private BulkHeld(String says, List<Result> results) {
            super(409, "bulk_held", says, List.<FieldProblem>of());
            this.results = results;
        }

        @Override
        public Map<String, Object> extensions() {
            return Map.of(
                    "results", results.stream().map(BulkController.Told::of).toList());
        }
    }
}
