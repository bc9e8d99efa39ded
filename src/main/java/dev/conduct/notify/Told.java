package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.identity.People.Person;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.shell.StationTime;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Unsaid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Notices in words, as somebody may read them now. What they may no longer see is left out: rights are asked when
/// something is told, not only when it happened.
@Component
class Told {

    private final Ledger ledger;
    private final Items items;
    private final Unsaid deleted;
    private final Sight sight;
    private final People people;
    private final StationTime stationTime;

    Told(Ledger ledger, Items items, Unsaid deleted, Sight sight, People people, StationTime stationTime) {
        this.ledger = ledger;
        this.items = items;
        this.deleted = deleted;
        this.sight = sight;
        this.people = people;
        this.stationTime = stationTime;
    }

    /// @param words what somebody wrote, null for nothing or what this reader may not read
    record Line(
            Notice notice, Item item, String says, @Nullable String words) {}

    /// In their order; what is gone or hidden from the reader is missing.
    List<Line> to(Actor reader, List<Notice> notices) {
        if (notices.isEmpty()) {
            return List.of();
        }
        var events = ledger.sealedAt(notices.stream().map(Notice::entry).toList()).stream()
                .collect(Collectors.toMap(Event::entry, Function.identity()));
        var visible = items
                .visible(notices.stream().map(Notice::item).distinct().toList(), reader)
                .stream()
                .collect(Collectors.toMap(Item::key, Function.identity()));
        var unsaid = deleted.unsaid(events.values());
        var sentences = new Sentences(names(events), stationTime.words(reader));
        var lines = new ArrayList<Line>();
        for (var notice : notices) {
            var event = events.get(notice.entry());
            var item = visible.get(notice.item());
            if (item != null
                    && event != null
                    && event.object().equals("item:" + notice.item())
                    && sight.reads(event, reader)) {
                var words =
                        sight.readsWords(event, reader) && !unsaid.contains(event.id()) ? Sentences.words(event) : null;
                lines.add(new Line(notice, item, sentences.of(notice.kind(), event), words));
            }
        }
        return lines;
    }

    private Map<String, String> names(Map<Long, Event> events) {
        return people.byId(events.values().stream().map(Event::actor).distinct().toList()).values().stream()
                .collect(Collectors.toMap(Person::id, Person::name));
    }
}
