package dev.conduct.importer;

import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers the events of a log by case, whatever their order in the file, and tells each case as an issue. An event
/// that cannot be read refuses its whole case: half a history would be a false one.
final class EventLog {

    private static final Set<String> STRUCTURE =
            Set.of("id", "title", "description", "state", "time", "order", "author", "created", "reporter");

    private final SourceFile file;
    private final Mapping mapping;
    private final Map<String, Gathered> cases = new LinkedHashMap<>();

    private record Happening(Instant at, String order, String activity, Map<String, String> values) {}

    private static final class Gathered {
        private final long line;
        private final List<Happening> happenings = new ArrayList<>();
        private final Map<String, Integer> lost = new LinkedHashMap<>();
        private @Nullable String brokenAt;
        private @Nullable String broken;

        private Gathered(long line) {
            this.line = line;
        }
    }

    EventLog(SourceFile file, Mapping mapping) {
        this.file = file;
        this.mapping = mapping;
    }

    /// Makes a case known before its events, so that one without events is told too.
    void begins(String id, long line) {
        cases.computeIfAbsent(id, _ -> new Gathered(line));
    }

    void event(long line, Map<String, String> values) {
        var id = value(values, "id").orElseThrow(() -> new BrokenRecord("The event names no case."));
        var gathered = cases.computeIfAbsent(id, _ -> new Gathered(line));
        try {
            gathered.happenings.add(happening(values, gathered));
        } catch (BrokenRecord broken) {
            if (gathered.broken == null) {
                gathered.broken = broken.says();
                gathered.brokenAt = file.at(line);
            }
        }
    }

    private Happening happening(Map<String, String> values, Gathered gathered) {
        var activity =
                value(values, "state").orElseThrow(() -> new BrokenRecord("The event has no state or activity."));
        var at = value(values, "time")
                .map(text -> Times.of("time", text, mapping.dates(), mapping.zone()))
                .orElseThrow(() -> new BrokenRecord("The event has no time."));
        for (var entry : values.entrySet()) {
            if (!mapping.columns().containsValue(entry.getKey()) && !mapping.isNull(entry.getValue())) {
                gathered.lost.merge("column " + entry.getKey(), 1, Integer::sum);
            }
        }
        var kept = new LinkedHashMap<String, String>();
        for (var role : mapping.columns().keySet()) {
            value(values, role).ifPresent(value -> kept.put(role, value));
        }
        return new Happening(at, kept.getOrDefault("order", ""), activity, kept);
    }

    private Optional<String> value(Map<String, String> values, String role) {
        var column = mapping.column(role);
        return Optional.ofNullable(column == null ? null : values.get(column)).filter(value -> !mapping.isNull(value));
    }

    void tell(SourceReader.Receiver receiver) {
        for (var entry : cases.entrySet()) {
            var gathered = entry.getValue();
            var at = file.at(gathered.line);
            if (gathered.broken != null) {
                receiver.broken(
                        Objects.requireNonNullElse(gathered.brokenAt, at),
                        "Case " + entry.getKey() + " is refused as a whole: " + gathered.broken);
            } else if (gathered.happenings.isEmpty()) {
                receiver.broken(at, "Case " + entry.getKey() + " has no event.");
            } else {
                try {
                    receiver.issue(issue(entry.getKey(), at, gathered));
                } catch (BrokenRecord broken) {
                    receiver.broken(at, "Case " + entry.getKey() + " is refused as a whole: " + broken.says());
                }
            }
        }
    }

    private SourceIssue issue(String id, String at, Gathered gathered) {
        var happenings = inOrder(gathered.happenings);
        var first = happenings.getFirst();
        var created = Optional.ofNullable(first.values().get("created"))
                .map(text -> Times.of("created", text, mapping.dates(), mapping.zone()))
                .filter(said -> said.isBefore(first.at()))
                .orElse(first.at());
        var changes = new ArrayList<Change>();
        var known = new LinkedHashMap<String, String>();
        String state = null;
        for (var happening : happenings) {
            changes(happening, state, known, changes);
            state = happening.activity();
        }
        var kept = new LinkedHashMap<String, Integer>();
        var title = first.values().get("title");
        if (title == null) {
            kept.put("title made from the case id (an event log has none)", 1);
        }
        return new SourceIssue(
                id,
                at,
                title == null ? "Case " + id : title,
                first.values().getOrDefault("description", ""),
                known,
                Optional.ofNullable(first.values().get("reporter"))
                        .or(() -> Optional.ofNullable(first.values().get("author")))
                        .map(name -> new Author(name, name))
                        .orElse(null),
                created,
                changes,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                gathered.lost,
                kept);
    }

    /// By time; where times are equal by the order column, else as in the file, turned round when the file runs
    /// backwards.
    private static List<Happening> inOrder(List<Happening> happenings) {
        var backwards = 0;
        for (var i = 1; i < happenings.size(); i++) {
            backwards += happenings.get(i - 1).at().compareTo(happenings.get(i).at());
        }
        var ordered = new ArrayList<>(backwards > 0 ? happenings.reversed() : happenings);
        ordered.sort(Comparator.comparing(Happening::at).thenComparing(Happening::order, EventLog::naturally));
        return ordered;
    }

    private static int naturally(String one, String other) {
        return one.length() == other.length() || !digits(one) || !digits(other)
                ? one.compareTo(other)
                : Integer.compare(one.length(), other.length());
    }

    private static boolean digits(String text) {
        return !text.isEmpty() && text.chars().allMatch(unit -> unit >= '0' && unit <= '9');
    }

    private static void changes(
            Happening happening, @Nullable String state, Map<String, String> known, List<Change> changes) {
        var author = Optional.ofNullable(happening.values().get("author"))
                .map(name -> new Author(name, name))
                .orElse(null);
        for (var entry : happening.values().entrySet()) {
            var before = known.put(entry.getKey(), entry.getValue());
            if (!STRUCTURE.contains(entry.getKey()) && !entry.getValue().equals(before)) {
                changes.add(Change.exact(happening.at(), author, entry.getKey(), before, entry.getValue()));
            }
        }
        changes.add(Change.exact(happening.at(), author, "state", state, happening.activity()));
        known.keySet().removeIf(name -> STRUCTURE.contains(name) && !name.equals("state"));
    }
}
