package dev.conduct.live;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Outcome;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
import dev.conduct.work.Visibility;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Turns events of the ledger into what each open page is told: of an item only who may see it now, by whom it was
/// changed only who works here, and of what is said inside nobody outside.
@Component
class Fanout {

    private static final String ITEM = "item:";
    private static final Set<String> FROM_OUTSIDE = Set.of("item.report", "item.transition", "item.edit");

    private final Items items;
    private final People people;
    private final Visibility visibility;

    Fanout(Items items, People people, Visibility visibility) {
        this.items = items;
        this.people = people;
        this.visibility = visibility;
    }

    /// What one reader may be told of these events.
    private record View(boolean inside, Map<String, Item> visible) {}

    /// @param events in the order of the tree
    void tell(List<Event> events, Collection<Stream> streams) {
        var changes = events.stream()
                .filter(event -> event.object().startsWith(ITEM) && event.outcome() == Outcome.SUCCESS)
                .toList();
        if (changes.isEmpty() || streams.isEmpty()) {
            return;
        }
        var next = Objects.requireNonNull(events.getLast().entry()) + 1;
        var keys = changes.stream().map(Fanout::key).collect(Collectors.toCollection(LinkedHashSet::new));
        var names = names(changes);
        var views = new HashMap<String, Optional<View>>();
        for (var stream : streams) {
            if (concerns(stream, keys)) {
                views.computeIfAbsent(stream.reader(), reader -> view(reader, keys))
                        .ifPresent(view -> tell(stream, changes, view, names, next));
            }
        }
    }

    private static boolean concerns(Stream stream, Set<String> keys) {
        return stream.topics().stream()
                .anyMatch(topic -> !topic.startsWith(ITEM) || keys.contains(topic.substring(ITEM.length())));
    }

    private void tell(Stream stream, List<Event> changes, View view, Map<String, String> names, long next) {
        var types = new LinkedHashSet<String>();
        for (var event : changes) {
            var item = view.visible().get(key(event));
            if (item == null || !reads(event, view)) {
                continue;
            }
            if (stream.wants(ITEM + item.key())) {
                var name = view.inside() ? names.get(event.actor()) : null;
                var by = view.inside() ? event.actor() : "";
                stream.send(Frames.item(
                        Objects.requireNonNull(event.entry()) + 1,
                        new Frames.ItemChange(item.key(), event.objectVersion(), by, name, event.action())));
            }
            types.add(item.type());
        }
        types.stream()
                .filter(type -> stream.wants("type:" + type) || stream.wants("type:*"))
                .forEach(type -> stream.send(Frames.list(next, type)));
    }

    private static boolean reads(Event event, View view) {
        return view.inside()
                || FROM_OUTSIDE.contains(event.action())
                || event.action().equals("item.comment")
                        && Boolean.TRUE.equals(event.data().get("outside"));
    }

    private Optional<View> view(String reader, Set<String> keys) {
        var actor = actor(reader);
        return actor == null
                ? Optional.empty()
                : Optional.of(new View(
                        visibility.readsInternal(actor),
                        items.visible(keys, actor).stream().collect(Collectors.toMap(Item::key, Function.identity()))));
    }

    /// As they are now: rights that were taken away count from this moment.
    private @Nullable Actor actor(String reader) {
        try {
            return people.actor(reader, "page");
        } catch (Problem disabled) {
            return null;
        }
    }

    private Map<String, String> names(List<Event> changes) {
        return people.byId(changes.stream().map(Event::actor).distinct().toList()).values().stream()
                .collect(Collectors.toMap(People.Person::id, People.Person::name));
    }

    private static String key(Event event) {
        return event.object().substring(ITEM.length());
    }
}
