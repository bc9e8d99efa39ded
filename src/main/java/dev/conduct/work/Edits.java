package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Changes of title, description, fields and assignee without a transition.
@Component
class Edits {

    private final Door door;
    private final FieldChecks checks;

    Edits(Door door, FieldChecks checks) {
        this.door = door;
        this.checks = checks;
    }

    Item edit(Items.Edit edit, Actor actor) {
        if (edit.title() != null) {
            Reports.title(edit.title());
        }
        if (edit.description() != null) {
            PlainText.checked("description", edit.description(), FieldChecks.TEXT);
        }
        return door.through(() -> {
            var found = door.hold(edit.key(), actor, edit.expectedVersion()).item();
            var judged = judged(found, edit, actor);
            return judged == null
                    ? door.standing(found, door.moment(edit.occurredAt(), actor, found))
                            .item()
                    : door.enter(judged.held(), judged.telling(), judged.at(), actor)
                            .item();
        });
    }

    /// Refuses as `edit` would now; nothing is held, and nothing recorded.
    ///
    /// @param found as the actor has just read it
    /// @return false when it would change nothing
    boolean foresee(Item found, Items.Edit edit, Actor who) {
        var actor = who.on(found.product());
        door.requireUpToDate(found, edit.expectedVersion(), actor);
        return judged(found, edit, actor) != null;
    }

    private record Judged(Door.Held held, Telling telling, Instant at) {}

    /// Null when it changes nothing.
    private @Nullable Judged judged(Item found, Items.Edit edit, Actor actor) {
        var at = door.moment(edit.occurredAt(), actor, found);
        var held = door.standing(found, at);
        var item = held.item();
        door.require(item, actor, "item.edit", true);
        var refusal = Rights.editing(held.type(), item, actor);
        if (refusal != null) {
            door.refuse(item, actor, "item.edit", refusal);
        }
        var changes = checks.check(
                        new FieldChecks.Subject(held.type(), item.product(), actor, Set.of(), false), edit.fields())
                .against(item.fields());
        FieldChecks.requireUnbound(held.type(), item.state(), List.of(), changes);
        checks.requireKept(item, changes);
        var title = item.title().equals(edit.title()) ? null : edit.title();
        var description = item.description().equals(edit.description()) ? null : edit.description();
        var assignee = edit.assignee() == null
                ? item.assignee()
                : edit.assignee().isBlank() ? null : checks.assignee(edit.assignee(), item.assignee(), actor);
        var handedOver = !Objects.equals(assignee, item.assignee());
        if (changes.isEmpty() && title == null && description == null && !handedOver) {
            return null;
        }
        var telling = new Telling("item.edit", at)
                .judgedBy(null, held.procedure().version())
                .changes(changes)
                .words("title", title);
        if (description != null) {
            telling.text("description", description);
        }
        telling.restricting(held.type(), held.type().restricts(changes.set()), item, actor);
        if (handedOver) {
            var theirs = Rights.assigning(held.type(), item.assignee(), actor);
            if (theirs != null) {
                door.refuse(item, actor, "item.edit", theirs);
            }
            telling.assigned(assignee);
        }
        return new Judged(held, telling, at);
    }
}
