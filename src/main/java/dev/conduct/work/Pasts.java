package dev.conduct.work;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.LedgerStatus;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Reads the history of an item for its page: the newest part of it, and of what lies before no more than what decides.
@Component
class Pasts {

    /// So many events stand on the page of an item; earlier ones are a link away.
    static final int SHOWN = 50;
    /// Nobody is told a larger number of events exactly.
    static final int COUNTED = 10_000;

    /// Of a history that is not read whole: what rules look at, and what became of what was said.
    private static final Set<String> READ = Stream.concat(ItemFold.DECIDING.stream(), Wordings.ACTIONS.stream())
            .collect(Collectors.toUnmodifiableSet());

    private final Ledger ledger;
    private final Histories histories;

    Pasts(Ledger ledger, Histories histories) {
        this.ledger = ledger;
        this.histories = histories;
    }

    ItemPast of(Standing standing) {
        var item = standing.found();
        var object = ItemFold.PREFIX + item.key();
        var read = ledger.newestOf(object, null, SHOWN + 1);
        var whole = !goesOn(read);
        var deciding = whole ? read : ledger.eventsOf(object, READ);
        histories.learn(item, deciding);
        return new ItemPast(standing, shown(read), whole, deciding);
    }

    /// @param events in the order of recording
    /// @param earlier whether there are some before them
    record Part(List<Event> events, boolean earlier) {}

    /// What stands before an event of this item, the nearest part of it.
    Part before(Item item, long row) {
        var read = ledger.newestOf(ItemFold.PREFIX + item.key(), row, SHOWN + 1);
        return new Part(shown(read), goesOn(read));
    }

    /// What stands up to a comment and with it; what is newest when it is no comment of this item, or stands there.
    Part upTo(ItemPast past, String comment) {
        var newest = new Part(past.newest(), !past.whole());
        if (past.whole() || comment.isEmpty() || past.newest().stream().anyMatch(event -> said(event, comment))) {
            return newest;
        }
        return ledger.eventsOf(ItemFold.PREFIX + past.item().key(), Set.of("item.comment")).stream()
                .filter(event -> said(event, comment))
                .findFirst()
                .map(event -> before(past.item(), event.row() + 1))
                .orElse(newest);
    }

    private static boolean said(Event event, String comment) {
        return event.id().toString().equals(comment);
    }

    /// Whether there is more before them. Events that were forged are not given out, so that fewer than were asked for
    /// need not be all; the report is the first of every item.
    private static boolean goesOn(List<Event> read) {
        return read.size() > SHOWN
                || !read.isEmpty() && !read.getFirst().action().equals("item.report");
    }

    private static List<Event> shown(List<Event> read) {
        return read.size() > SHOWN ? read.subList(read.size() - SHOWN, read.size()) : read;
    }

    /// What it is sealed in; at most a second old.
    LedgerStatus log() {
        return ledger.status();
    }

    /// How many events it has, counted up to `COUNTED`.
    int count(ItemPast past) {
        return past.whole()
                ? past.newest().size()
                : ledger.countOf(ItemFold.PREFIX + past.item().key(), COUNTED);
    }
}
