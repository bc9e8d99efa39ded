package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.shell.NavigationEntry;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

@Component
class InboxEntry implements NavigationEntry {

    private final Unread unread;

    InboxEntry(Unread unread) {
        this.unread = unread;
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        if (!actor.id().startsWith("person:")) {
            return null;
        }
        var count = unread.of(actor.id());
        return new Entry("", 5, "Inbox", "/inbox", "bell", count == 0 ? null : (long) count, "n");
    }
}
