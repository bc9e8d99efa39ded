package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import dev.conduct.work.Visibility;
import java.util.Set;
import org.springframework.stereotype.Component;

/// What of an item that somebody may see they may be told. Inside, all of it. From outside, where it stands and what
/// was said to the outside; never what is said among those who work on it.
@Component
class Sight {

    private static final Set<String> SEEN_FROM_OUTSIDE = Set.of("item.report", "item.transition");

    private final Visibility visibility;

    Sight(Visibility visibility) {
        this.visibility = visibility;
    }

    boolean reads(Event event, Actor actor) {
        return visibility.readsInternal(actor)
                || SEEN_FROM_OUTSIDE.contains(event.action())
                || event.action().equals("item.comment")
                        && Boolean.TRUE.equals(event.data().get("outside"));
    }

    /// The words that went with a move are said inside.
    boolean readsWords(Event event, Actor actor) {
        return visibility.readsInternal(actor) || event.action().equals("item.comment") && reads(event, actor);
    }
}
