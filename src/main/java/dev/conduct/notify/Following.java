package dev.conduct.notify;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Ids;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.ledger.Outcome;
import dev.conduct.shell.StationTime;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Watchers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Follows the ledger as it is sealed and puts into inboxes what concerns each. How far it came is kept in the same
/// transaction as what it told: a server that dies has told nothing twice and left nothing out.
@Component
class Following {

    static final int AT_ONCE = 200;

    private static final String ITEM = "item:";
    /// What came in later than this is history: nobody is told that their predecessor was assigned something.
    private static final Duration NEWS = Duration.ofDays(2);

    private final Ledger ledger;
    private final NoticeRows rows;
    private final Audience audience;
    private final Watchers watchers;
    private final Items items;
    private final Sight sight;
    private final People people;
    private final Preferences preferences;
    private final StationTime stationTime;
    private final InstantSource time;

    Following(
            Ledger ledger,
            NoticeRows rows,
            Audience audience,
            Watchers watchers,
            Items items,
            Sight sight,
            People people,
            Preferences preferences,
            StationTime stationTime,
            InstantSource time) {
        this.ledger = ledger;
        this.rows = rows;
        this.audience = audience;
        this.watchers = watchers;
        this.items = items;
        this.sight = sight;
        this.people = people;
        this.preferences = preferences;
        this.stationTime = stationTime;
        this.time = time;
    }

    /// An event that concerns somebody.
    private record Told(Event event, String key, Kind kind) {}

    /// Tells of the next events.
    ///
    /// @return whether there may be more
    @Transactional
    boolean follow() {
        var position = rows.position();
        if (position.isEmpty()) {
            return false;
        }
        var from = position.get();
        var events = ledger.sealedFrom(from, AT_ONCE);
        if (events.isEmpty()) {
            restart(from);
            return false;
        }
        tell(events.stream().filter(this::isNews).toList());
        rows.position(java.util.Objects.requireNonNull(events.getLast().entry()) + 1);
        return events.size() == AT_ONCE;
    }

    /// A log that began anew is shorter than the one before it.
    private void restart(long from) {
        var size = ledger.size();
        if (size < from) {
            rows.position(size);
        }
    }

    private boolean isNews(Event event) {
        return event.object().startsWith(ITEM)
                && event.outcome() == Outcome.SUCCESS
                && !event.via().equals("import")
                && event.occurredAt().isAfter(time.instant().minus(NEWS));
    }

    private void tell(List<Event> events) {
        var keys = events.stream().map(Following::key).collect(Collectors.toSet());
        var watching = keys.isEmpty() ? Map.<String, Set<String>>of() : watchers.of(keys);
        var told = new HashMap<String, List<Told>>();
        for (var event : events) {
            audience.of(event, watching.getOrDefault(key(event), Set.of()))
                    .forEach((person, kind) -> told.computeIfAbsent(person, one -> new ArrayList<>())
                            .add(new Told(event, key(event), kind)));
        }
        if (told.isEmpty()) {
            return;
        }
        var wishes = preferences.of(told.keySet());
        var notices = new ArrayList<NoticeRows.New>();
        told.forEach((person, all) -> {
            var actor = actor(person);
            if (actor != null) {
                var wish = wishes.getOrDefault(person, Preferences.Wishes.USUAL);
                var visible = visible(all, actor);
                all.stream()
                        .filter(one -> visible.containsKey(one.key()) && sight.reads(one.event(), actor))
                        .forEach(one -> notices.add(notice(person, one, wish, actor)));
            }
        });
        rows.add(notices);
    }

    private NoticeRows.New notice(String person, Told told, Preferences.Wishes wishes, Actor actor) {
        var now = time.instant();
        var zone = stationTime.words(actor).zone();
        // A sample company writes no letters about what it made up.
        var mailAt = told.event().via().equals("demo") ? null : wishes.mailAt(told.kind(), now, zone);
        return new NoticeRows.New(
                Ids.next(now),
                person,
                told.kind(),
                told.key(),
                java.util.Objects.requireNonNull(told.event().entry()),
                told.event().recordedAt(),
                mailAt);
    }

    private Map<String, Item> visible(List<Told> told, Actor actor) {
        return items.visible(told.stream().map(Told::key).distinct().toList(), actor).stream()
                .collect(Collectors.toMap(Item::key, item -> item));
    }

    private @org.jspecify.annotations.Nullable Actor actor(String person) {
        try {
            return people.actor(person, "mail");
        } catch (Problem gone) {
            return null;
        }
    }

    static String key(Event event) {
        return event.object().substring(ITEM.length());
    }
}
