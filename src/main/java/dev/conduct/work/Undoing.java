package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Takes back what somebody has just done to an item, by an act of its own through the same door: an edit by writing
/// what was there, a move by a way that the procedure has from the new station to the former one. The ledger keeps
/// both.
@Component
class Undoing {

    private static final List<String> ACTIONS = List.of("item.edit", "item.transition");

    private final Items items;
    private final Ledger ledger;

    Undoing(Items items, Ledger ledger) {
        this.items = items;
        this.ledger = ledger;
    }

    /// Where it can be taken back, for a button beside the words that it was done; null where no way leads back.
    @Nullable
    String offered(Item item, Actor actor) {
        var done = items.sees(item.key(), actor) ? last(item, actor) : Optional.<Done>empty();
        return done.isEmpty() || done.get().moved() && way(done.get(), actor).isEmpty()
                ? null
                : "/items/" + item.key() + "/undo?act=" + done.get().event().id();
    }

    /// @param act id of the event to take back
    /// @return the way back whose form has to be filled in first; null when it is done
    /// @throws Problem 409 when something was done since, or no way leads back any more
    @Nullable
    String undo(String key, String act, Actor actor) {
        var item = items.findVisible(key, actor);
        var done = last(item, actor)
                .filter(one -> one.event().id().toString().equals(act))
                .orElseThrow(() -> Problem.conflict(
                        "changed_since", "Something was done with " + key + " since. Look at it, then change it."));
        return back(done, actor);
    }

    /// Of several that were changed together: one that still stands as that left it.
    ///
    /// @param version at which it was left
    /// @throws Problem 404 when it is not there or not visible, 409 when something was done since, or no way leads
    ///     back without more being said
    void undo(String key, long version, Actor actor) {
        var item = items.findVisible(key, actor);
        var done = last(item, actor)
                .filter(one -> one.after().version() == version && item.version() == version)
                .orElseThrow(() -> Problem.conflict("changed_since", "Something was done with it since."));
        if (back(done, actor) != null) {
            throw Problem.conflict("asks_more", "Its way back asks for more than a press: open it.");
        }
    }

    /// @return the way back whose form has to be filled in first; null when it is done
    private @Nullable String back(Done done, Actor actor) {
        if (!done.moved()) {
            var _ = items.edit(former(done), actor);
            return null;
        }
        var way = way(done, actor)
                .orElseThrow(() -> Problem.conflict("no_way_back", "No way leads back from here that is open to you."));
        // A way that voids evidence is rework: its form says so, and nobody takes it by pressing Undo.
        if (!way.asks().isEmpty() || !way.voids().isEmpty()) {
            return way.name();
        }
        var _ = items.move(
                new Items.Move(
                        done.after().key(),
                        way.name(),
                        Map.of(),
                        null,
                        null,
                        done.after().version(),
                        null),
                actor);
        return null;
    }

    /// The last edit or move of an item, what it was before and is now.
    private record Done(Event event, Item before, Item after) {

        boolean moved() {
            return !before.state().equals(after.state());
        }
    }

    /// Empty when somebody else did it, or it did more than can be written back.
    private Optional<Done> last(Item item, Actor actor) {
        @Nullable Item before = null;
        @Nullable Item after = null;
        @Nullable Event last = null;
        for (var event : ledger.eventsOf(ItemFold.PREFIX + item.key())) {
            if (!ItemFold.changes(event) || after == null && !event.action().equals("item.report")) {
                continue;
            }
            if (after != null && ACTIONS.contains(event.action())) {
                before = after;
                last = event;
            }
            after = ItemFold.after(after, event);
        }
        return last == null || before == null || after == null || !last.actor().equals(actor.id())
                ? Optional.empty()
                : Optional.of(new Done(last, before, after)).filter(Undoing::plain);
    }

    /// An act that moved nothing, an assessment for example, is no edit.
    private static boolean plain(Done done) {
        return done.moved() || done.event().action().equals("item.edit") && !touchesKept(done);
    }

    /// Of a value that is kept apart nobody knows what it was before.
    private static boolean touchesKept(Done done) {
        return done.event().data().containsKey("kept")
                || both(done.before(), done.after()).stream()
                        .anyMatch(
                                name -> Kept.SHOWN.equals(done.before().fields().get(name))
                                        && done.after().fields().get(name) == null);
    }

    /// Open to the actor now, but for what its own form asks.
    private Optional<ItemType.Transition> way(Done done, Actor actor) {
        return items.verdicts(done.after().key(), actor).stream()
                .filter(verdict ->
                        done.before().state().equals(verdict.transition().to()))
                .filter(verdict -> RecordMoves.move(verdict).held() == 0)
                .map(verdict -> verdict.transition())
                .findFirst();
    }

    private static Items.Edit former(Done done) {
        var before = done.before();
        var after = done.after();
        var fields = new LinkedHashMap<String, Object>();
        for (var name : both(before, after)) {
            var was = before.fields().get(name);
            if (!Objects.equals(was, after.fields().get(name))) {
                fields.put(name, was == null ? "" : was);
            }
        }
        var handedOver = !Objects.equals(before.assignee(), after.assignee());
        return new Items.Edit(
                after.key(),
                before.title().equals(after.title()) ? null : before.title(),
                before.description().equals(after.description()) ? null : before.description(),
                fields,
                handedOver ? Objects.requireNonNullElse(before.assignee(), "") : null,
                after.version(),
                null);
    }

    private static List<String> both(Item before, Item after) {
        return java.util.stream.Stream.of(before, after)
                .flatMap(item -> item.fields().keySet().stream())
                .distinct()
                .toList();
    }
}
