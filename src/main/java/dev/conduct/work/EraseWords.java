package dev.conduct.work;

import dev.conduct.database.Readers;
import dev.conduct.identity.PersonErased;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// When a person is erased, the tables that screens read lose what the ledger lost: descriptions, comments, names of
/// files, and the words of the search. What is left is what a rebuilding would give.
@Component
class EraseWords {

    private final Ledger ledger;
    private final Projection projection;
    private final Readers readers;

    EraseWords(Ledger ledger, Projection projection, Readers readers) {
        this.ledger = ledger;
        this.projection = projection;
        this.readers = readers;
    }

    @EventListener
    void erase(PersonErased erased) {
        for (var object : erased.objects()) {
            if (object.startsWith(ItemFold.PREFIX)) {
                refold(object.substring(ItemFold.PREFIX.length()), ledger.eventsOf(object), erased.person());
            }
        }
    }

    private void refold(String key, List<Event> events, String person) {
        @Nullable Item item = null;
        for (var event : events) {
            if (ItemFold.changes(event) && (item != null || event.action().equals("item.report"))) {
                item = ItemFold.after(item, event);
            }
        }
        if (item == null) {
            return;
        }
        forget(item, Wordings.texts(events), person);
    }

    /// Also in what whoever approved the erasure may not see.
    private void forget(Item left, List<String> said, String person) {
        var _ = readers.system(() -> {
            projection.forget(left, said, person);
            return true;
        });
    }
}
