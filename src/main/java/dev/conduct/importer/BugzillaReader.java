package dev.conduct.importer;

import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Change;
import dev.conduct.importer.SourceIssue.Comment;
import dev.conduct.importer.SourceIssue.Link;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Bugs of Bugzilla's REST interface: `/rest/bug` with a `history` in each bug, the answers of
/// `/rest/bug/ID/history`, or a dictionary of histories by bug id. A history alone names neither title nor creation:
/// the earliest moment known stands for the creation, and the account says so.
final class BugzillaReader implements SourceReader {

    private static final Map<String, String> NEUTRAL = Map.of(
            "status", "state",
            "bug_status", "state",
            "summary", "title",
            "short_desc", "title",
            "bug_severity", "severity",
            "assigned_to", "assignee");
    private static final Set<String> TAKEN = Set.of(
            "id",
            "summary",
            "status",
            "is_open",
            "resolution",
            "priority",
            "severity",
            "component",
            "creator",
            "creator_detail",
            "creation_time",
            "assigned_to",
            "assigned_to_detail",
            "depends_on",
            "blocks",
            "dupe_of",
            "history",
            "comments",
            "last_change_time",
            "attachments",
            "description",
            "alias",
            "cf_last_resolved",
            "comment_count",
            "is_creator_accessible",
            "is_cc_accessible",
            "is_confirmed");

    @Override
    public void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException {
        new JsonRecords(
                        file,
                        receiver,
                        (at, id, record) -> receiver.issue(
                                id == null ? bug(at, record) : fromHistory(at, id, record, new LinkedHashMap<>())))
                .read();
    }

    private static SourceIssue bug(String at, JsonNode record) {
        var id = Json.required(record, "id");
        var lost = new LinkedHashMap<String, Integer>();
        if (!record.has("creation_time")) {
            var history = record.get("history");
            if (history == null) {
                throw new BrokenRecord("Bug " + id + " has neither `creation_time` nor `history`.");
            }
            return fromHistory(at, id, history, lost);
        }
        if (!record.has("history")) {
            lost.merge("bugs without their history: only created and the present state are known", 1, Integer::sum);
        }
        lostFields(record, lost);
        var comments = comments(record);
        var description = Json.text(record, "description")
                .orElseGet(() -> comments.isEmpty() ? "" : comments.getFirst().text());
        var known = current(record);
        var changes = changes(record.path("history"));
        if (!record.has("history")) {
            changes = presentState(record, known);
        }
        return new SourceIssue(
                id,
                at,
                Json.text(record, "summary").orElse(""),
                description,
                known,
                author(record, "creator").orElse(null),
                Json.time(record, "creation_time"),
                changes,
                comments.isEmpty() || record.has("description") ? comments : comments.subList(1, comments.size()),
                links(record),
                attachments(record),
                author(record, "assigned_to")
                        .map(person -> Map.of(person.id(), person.name()))
                        .orElse(Map.of()),
                lost,
                Map.of());
    }

    /// The present state was entered by the last change at the latest; who did it is not known.
    private static List<Change> presentState(JsonNode record, Map<String, String> known) {
        var state = known.get("state");
        if (state == null) {
            return List.of();
        }
        var resolved = Json.timeIfAny(record, "cf_last_resolved");
        var at = resolved.or(() -> Json.timeIfAny(record, "last_change_time"))
                .orElseGet(() -> Json.time(record, "creation_time"));
        var changes = new ArrayList<Change>();
        var resolution = known.get("resolution");
        if (resolution != null) {
            changes.add(new Change(at, null, "resolution", null, resolution, resolved.isPresent()));
        }
        changes.add(new Change(at, null, "state", null, state, resolved.isPresent()));
        return changes;
    }

    private static SourceIssue fromHistory(String at, String id, JsonNode history, Map<String, Integer> lost) {
        var changes = changes(history);
        if (changes.isEmpty()) {
            throw new BrokenRecord("Bug " + id + " has an empty history: nothing is known of it, not even when.");
        }
        var known = new LinkedHashMap<String, String>();
        for (var change : changes) {
            known.put(change.field(), change.to() == null ? "" : change.to());
        }
        var kept = new LinkedHashMap<String, Integer>();
        kept.put("creation taken as the earliest moment known (the file holds histories only)", 1);
        var title = known.get("title");
        if (title == null) {
            kept.put("title made from the id (the file holds histories only)", 1);
        }
        known.remove("title");
        lost.merge("bugs whose description, reporter and comments the file does not hold", 1, Integer::sum);
        return new SourceIssue(
                id,
                at,
                title == null ? "Bugzilla bug " + id : title,
                "",
                known,
                null,
                changes.getFirst().at(),
                changes,
                List.of(),
                linksAdded(changes),
                List.of(),
                Map.of(),
                lost,
                kept);
    }

    private static Map<String, String> current(JsonNode record) {
        var known = new LinkedHashMap<String, String>();
        for (var name : List.of("resolution", "priority", "severity", "component")) {
            Json.text(record, name).filter(value -> !value.isEmpty()).ifPresent(value -> known.put(name, value));
        }
        Json.text(record, "status").ifPresent(value -> known.put("state", value));
        author(record, "assigned_to").ifPresent(person -> known.put("assignee", person.id()));
        return known;
    }

    private static List<Change> changes(JsonNode history) {
        var changes = new ArrayList<Change>();
        for (var entry : history) {
            var at = Json.time(entry, "when");
            var author =
                    Json.text(entry, "who").map(who -> new Author(who, who)).orElse(null);
            for (var change : Json.array(entry, "changes")) {
                var field = Json.required(change, "field_name");
                changes.add(Change.exact(
                        at,
                        author,
                        NEUTRAL.getOrDefault(field, field),
                        Json.text(change, "removed").orElse(""),
                        Json.text(change, "added").orElse("")));
            }
        }
        changes.sort(Comparator.comparing(Change::at));
        return changes;
    }

    private static List<Comment> comments(JsonNode record) {
        var comments = new ArrayList<Comment>();
        for (var comment : Json.array(record, "comments")) {
            comments.add(new Comment(
                    Json.text(comment, "id").orElse(null),
                    Json.timeIfAny(comment, "creation_time").orElseGet(() -> Json.time(comment, "time")),
                    author(comment, "creator").orElse(null),
                    Json.text(comment, "text").orElse("")));
        }
        return comments;
    }

    private static List<Link> links(JsonNode record) {
        var links = new ArrayList<Link>();
        Json.text(record, "dupe_of").ifPresent(other -> links.add(new Link("dupe_of", other)));
        for (var kind : List.of("blocks", "depends_on")) {
            for (var other : Json.array(record, kind)) {
                links.add(new Link(kind, other.asString()));
            }
        }
        return links;
    }

    private static List<Link> linksAdded(List<Change> changes) {
        var links = new ArrayList<Link>();
        for (var kind : List.of("blocks", "depends_on")) {
            var others = new LinkedHashSet<String>();
            for (var change : changes) {
                if (change.field().equals(kind)) {
                    others.removeAll(ids(change.from()));
                    others.addAll(ids(change.to()));
                }
            }
            others.forEach(other -> links.add(new Link(kind, other)));
        }
        return links;
    }

    private static List<String> ids(@Nullable String listed) {
        return listed == null || listed.isBlank()
                ? List.of()
                : List.of(listed.strip().split("\\s*,\\s*"));
    }

    private static List<String> attachments(JsonNode record) {
        var names = new ArrayList<String>();
        for (var attachment : Json.array(record, "attachments")) {
            names.add(Json.text(attachment, "file_name").orElse("(unnamed)"));
        }
        return names;
    }

    private static void lostFields(JsonNode record, Map<String, Integer> lost) {
        for (var member : record.properties()) {
            var value = member.getValue();
            var empty = value.isNull()
                    || (value.isContainer() && value.isEmpty())
                    || (value.isString() && value.asString().isBlank());
            if (!empty && !TAKEN.contains(member.getKey()) && !member.getKey().endsWith("_detail")) {
                lost.merge("field " + member.getKey(), 1, Integer::sum);
            }
        }
    }

    /// A person by login, which histories also use; the real name where the bug tells it.
    private static Optional<Author> author(JsonNode record, String role) {
        return Json.text(record, role)
                .filter(login -> !login.isBlank())
                .map(login -> new Author(
                        login,
                        Json.text(record, role + "_detail", "real_name")
                                .filter(name -> !name.isBlank())
                                .orElse(login)));
    }
}
