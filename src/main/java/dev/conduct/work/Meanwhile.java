package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Ledger;
import dev.conduct.procedure.ItemType;
import dev.conduct.shell.StationTime;
import dev.conduct.shell.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What others changed of an item while a form of it was filled in, read from its history: each part that is now
/// otherwise than the form began with, and who changed it last.
@Component
class Meanwhile {

    private static final String STATE = "\0state";
    private static final int SHOWN = 160;

    private final Ledger ledger;
    private final People people;
    private final StationTime stationTime;

    Meanwhile(Ledger ledger, People people, StationTime stationTime) {
        this.ledger = ledger;
        this.people = people;
        this.stationTime = stationTime;
    }

    /// @param name as forms send it
    /// @param began the value that the form began with, as it is sent
    /// @param now the value it has now, as it is sent
    /// @param from what `began` reads like, empty for nothing
    /// @param to what `now` reads like, empty for nothing
    record Change(String name, String title, String began, String now, String from, String to, String by, String at) {

        String sentence() {
            return from.isEmpty()
                    ? "set to “" + to + "”"
                    : "from “" + from + "” to " + (to.isEmpty() ? "nothing" : "“" + to + "”");
        }
    }

    /// @param version that the form began with
    List<Change> since(Standing standing, long version, Actor viewer) {
        var last = new HashMap<String, Event>();
        var events = ledger.eventsOf(ItemFold.PREFIX + standing.found().key());
        @Nullable Item item = null;
        var began = Map.<String, String>of();
        for (var event : events) {
            if (!ItemFold.changes(event) || item == null && !event.action().equals("item.report")) {
                continue;
            }
            var before = item == null ? Map.<String, String>of() : parts(item);
            item = ItemFold.after(item, event);
            var after = parts(item);
            if (event.objectVersion() <= version) {
                began = after;
            } else {
                differing(before, after).forEach(name -> last.put(name, event));
            }
        }
        return item == null ? List.of() : changes(standing, began, parts(item), last, viewer);
    }

    private List<Change> changes(
            Standing standing,
            Map<String, String> began,
            Map<String, String> now,
            Map<String, Event> last,
            Actor viewer) {
        var differing = differing(began, now);
        var names = PageNames.of(ids(began, now, last, standing.type()), people, viewer);
        var words = stationTime.words(viewer);
        var titles = titles(standing.type());
        var changes = new ArrayList<Change>();
        titles.forEach((name, title) -> {
            var event = last.get(name);
            if (differing.contains(name) && event != null) {
                var from = began.getOrDefault(name, "");
                var to = now.getOrDefault(name, "");
                changes.add(new Change(
                        name,
                        title,
                        from,
                        to,
                        said(name, from, standing.type(), names),
                        said(name, to, standing.type(), names),
                        names.name(event.actor()),
                        words.time(event.occurredAt())));
            }
        });
        return changes;
    }

    /// What somebody typed, with what others changed in the parts that this form left alone.
    static Map<String, String> merged(Map<String, String> entered, List<Change> changes) {
        var merged = new HashMap<>(entered);
        for (var change : changes) {
            if (merged.containsKey(change.name()) && same(merged.get(change.name()), change.began())) {
                merged.put(change.name(), change.now());
            }
        }
        return merged;
    }

    static String told(List<Change> changes) {
        if (changes.isEmpty()) {
            return "It changed while you wrote. Look at it, then save again";
        }
        var who = changes.stream().map(Change::by).distinct().toList();
        return String.join(" and ", who) + " changed it while you wrote";
    }

    static boolean same(@Nullable String one, String other) {
        return one != null && one.strip().replace("\r\n", "\n").equals(other.strip());
    }

    static String shortened(String text) {
        var line = text.strip().replaceAll("\\s+", " ");
        return line.codePointCount(0, line.length()) <= SHOWN
                ? line
                : line.substring(0, line.offsetByCodePoints(0, SHOWN - 1)) + "…";
    }

    private static Map<String, String> parts(Item item) {
        var parts = new TreeMap<String, String>();
        item.fields().forEach((name, value) -> parts.put(name, String.valueOf(value)));
        parts.put("title", item.title());
        parts.put("description", item.description());
        parts.put("assignee", item.assignee() == null ? "" : item.assignee());
        parts.put(STATE, item.state());
        return parts;
    }

    private static Set<String> differing(Map<String, String> before, Map<String, String> after) {
        var names = new HashSet<>(before.keySet());
        names.addAll(after.keySet());
        names.removeIf(name -> before.getOrDefault(name, "").equals(after.getOrDefault(name, "")));
        return names;
    }

    /// In the order of the page.
    private static Map<String, String> titles(ItemType type) {
        var titles = new LinkedHashMap<String, String>();
        titles.put(STATE, "Station");
        titles.put("title", "Title");
        titles.put("description", "Description");
        titles.put("assignee", "Assignee");
        type.fields().values().forEach(field -> titles.put(field.name(), field.title()));
        return titles;
    }

    private static Set<String> ids(
            Map<String, String> began, Map<String, String> now, Map<String, Event> last, ItemType type) {
        var ids = new HashSet<String>();
        last.values().forEach(event -> ids.add(event.actor()));
        for (var parts : List.of(began, now)) {
            ids.add(parts.getOrDefault("assignee", ""));
            type.fields().values().stream()
                    .filter(field -> field.kind() == ItemType.FieldKind.PERSON)
                    .forEach(field -> ids.add(parts.getOrDefault(field.name(), "")));
        }
        ids.remove("");
        return ids;
    }

    private static String said(String name, String value, ItemType type, PageNames names) {
        if (value.isEmpty()) {
            return "";
        }
        if (name.equals(STATE)) {
            return Stations.title(type, value);
        }
        var field = type.fields().get(name);
        var kind = field == null ? null : field.kind();
        if (name.equals("assignee") || kind == ItemType.FieldKind.PERSON) {
            return names.name(value);
        }
        return kind == ItemType.FieldKind.CHOICE ? Words.plain(value) : shortened(value);
    }
}
