package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Reason;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Who said something may say it otherwise, or delete it. What a transition was explained with stays: it is the
/// record's.
@Component
class Rewordings {

    private static final Set<String> READ = Set.copyOf(
            Stream.concat(Stream.of("item.comment"), Wordings.ACTIONS.stream()).toList());

    private final Door door;
    private final Ledger ledger;

    Rewordings(Door door, Ledger ledger) {
        this.door = door;
        this.ledger = ledger;
    }

    /// @param id of the comment
    /// @throws Problem 400 for an empty text, 403 when somebody else said it, 404 without it, 409 once deleted
    Item reword(String key, String id, String text, Actor who) {
        if (text.isBlank()) {
            throw Problem.badInput("text", "missing", "is empty. Delete the comment to take it back.");
        }
        PlainText.checked("text", text, FieldChecks.TEXT);
        return change(key, id, Wordings.REWORD, who, said -> said.text().equals(text), text);
    }

    /// The same, twice, is one.
    Item delete(String key, String id, Actor who) {
        return change(key, id, Wordings.DELETE, who, Said::deleted, null);
    }

    private record Said(Event event, String text, boolean deleted) {}

    private Item change(String key, String id, String action, Actor who, Predicate<Said> done, @Nullable String text) {
        var actor = who.on(Door.product(key));
        return door.through(() -> {
            var held = door.hold(key, actor, null);
            var item = held.item();
            door.require(item, actor, action, false);
            var said = own(held, id, action, actor);
            if (done.test(said)) {
                return item;
            }
            if (said.deleted()) {
                throw Problem.conflict("deleted", "The comment was deleted. Write a new one.");
            }
            var telling = new Telling(action, door.now(item))
                    .with("comment", said.event().id().toString())
                    .words("text", text);
            return door.enter(item, telling.of(item.key(), item.version() + 1, actor))
                    .item();
        });
    }

    private Said own(Door.Held held, String id, String action, Actor actor) {
        var item = held.item();
        var events = ledger.eventsOf(ItemFold.PREFIX + item.key(), READ);
        var wordings = Wordings.of(events);
        var event = events.stream()
                .filter(one -> one.action().equals("item.comment") && ItemFold.changes(one))
                .filter(one -> one.id().toString().equals(id))
                .filter(one -> Sight.of(actor).inside() || ItemFold.outside(one, item))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("The comment"));
        if (!event.actor().equals(actor.id())) {
            door.refuse(
                    item,
                    actor,
                    action,
                    new Reason(
                            held.type().clause(),
                            Reason.Kind.ROLE,
                            "own",
                            "Own words",
                            "Only who said it changes it.",
                            "Write a comment of your own.",
                            ItemType.Mode.ENFORCE));
        }
        var current = wordings.current(event);
        return new Said(event, current.content().getOrDefault("text", ""), wordings.deletion(event.id()) != null);
    }
}
