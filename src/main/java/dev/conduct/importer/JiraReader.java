package dev.conduct.importer;

import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Change;
import dev.conduct.importer.SourceIssue.Comment;
import dev.conduct.importer.SourceIssue.Link;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Issues of Jira's REST interface (`/rest/api/2/search?expand=changelog&fields=*all`): one issue, a search result,
/// an array, JSON lines. Without the changelog the time-in-status field gives sums per state, from which the time of
/// a single visit does not follow: what is known is kept, and the rest is said to be lost.
final class JiraReader implements SourceReader {

    private static final Pattern TIME_IN_STATUS = Pattern.compile("(\\d+)_\\*:\\*_(\\d+)_\\*:\\*_(\\d+)");
    private static final Map<String, String> NEUTRAL = Map.of("status", "state", "summary", "title");
    /// Counters and renderings of what is read elsewhere: nothing is lost with them.
    private static final Set<String> DERIVED = Set.of(
            "summary",
            "description",
            "status",
            "resolution",
            "priority",
            "assignee",
            "reporter",
            "creator",
            "created",
            "updated",
            "resolutiondate",
            "components",
            "issuelinks",
            "comment",
            "attachment",
            "project",
            "issuetype",
            "progress",
            "aggregateprogress",
            "workratio",
            "lastViewed",
            "watches",
            "votes",
            "timetracking",
            "statuscategorychangedate",
            "statusCategory");

    @Override
    public void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException {
        new JsonRecords(file, receiver, (at, _, record) -> receiver.issue(issue(at, record))).read();
    }

    private static SourceIssue issue(String at, JsonNode record) {
        var key = Json.required(record, "key");
        var fields = record.get("fields");
        if (fields == null || !fields.isObject()) {
            throw new BrokenRecord(key + " has no `fields`. Export it with `fields=*all`.");
        }
        var created = Json.time(fields, "created");
        var lost = new LinkedHashMap<String, Integer>();
        var known = current(fields);
        var changes = changes(record, fields, created, known, lost);
        lostFields(fields, lost);
        return new SourceIssue(
                key,
                at,
                Json.text(fields, "summary").orElse(""),
                Json.text(fields, "description").orElse(""),
                known,
                author(fields.get("reporter"))
                        .or(() -> author(fields.get("creator")))
                        .orElse(null),
                created,
                changes,
                comments(fields, lost),
                links(fields),
                attachments(fields),
                names(record, fields),
                lost,
                Map.of());
    }

    private static Map<String, String> current(JsonNode fields) {
        var known = new LinkedHashMap<String, String>();
        Json.text(fields, "status", "name").ifPresent(value -> known.put("state", value));
        Json.text(fields, "resolution", "name").ifPresent(value -> known.put("resolution", value));
        Json.text(fields, "priority", "name").ifPresent(value -> known.put("priority", value));
        Json.text(fields, "issuetype", "name").ifPresent(value -> known.put("issuetype", value));
        author(fields.get("assignee")).ifPresent(value -> known.put("assignee", value.id()));
        for (var component : Json.array(fields, "components")) {
            Json.text(component, "name").ifPresent(value -> known.putIfAbsent("component", value));
        }
        return known;
    }

    private static List<Change> changes(
            JsonNode record, JsonNode fields, Instant created, Map<String, String> known, Map<String, Integer> lost) {
        if (record.get("changelog") == null) {
            return withoutChangelog(fields, created, known, lost);
        }
        var changes = new ArrayList<Change>();
        for (var history : Json.array(record, "changelog", "histories")) {
            var at = Json.time(history, "created");
            var author = author(history.get("author")).orElse(null);
            for (var item : Json.array(history, "items")) {
                changes.add(change(at, author, item));
            }
        }
        var total =
                Json.text(record, "changelog", "total").map(Integer::valueOf).orElse(0);
        var missing = total - Json.size(record, "changelog", "histories");
        if (missing > 0) {
            lost.merge(
                    "history entries that the export left out (`changelog.total` says there are more)",
                    missing,
                    Integer::sum);
        }
        changes.sort(Comparator.comparing(Change::at));
        return changes;
    }

    private static Change change(Instant at, @Nullable Author author, JsonNode item) {
        var field = Json.required(item, "field");
        var people = field.equals("assignee") || field.equals("reporter");
        return Change.exact(
                at,
                author,
                NEUTRAL.getOrDefault(field, field.equals("Component") ? "component" : field),
                Json.text(item, people ? "from" : "fromString").orElse(null),
                Json.text(item, people ? "to" : "toString").orElse(null));
    }

    /// What is known without a changelog: created, the day of the resolution, the state now.
    private static List<Change> withoutChangelog(
            JsonNode fields, Instant created, Map<String, String> known, Map<String, Integer> lost) {
        var visits = visits(fields);
        if (visits > 1) {
            lost.merge(
                    "visits of states whose times and authors the export does not give (no changelog)",
                    visits - 1,
                    Integer::sum);
        }
        lost.merge(
                "issues without a changelog: only created, resolved and the present state are known", 1, Integer::sum);
        var resolved = Json.timeIfAny(fields, "resolutiondate");
        var at = resolved.or(() -> Json.timeIfAny(fields, "updated")).orElse(created);
        var state = known.get("state");
        if (state == null) {
            return List.of();
        }
        var changes = new ArrayList<Change>();
        var resolution = known.get("resolution");
        if (resolution != null) {
            changes.add(new Change(at, null, "resolution", null, resolution, resolved.isPresent()));
        }
        changes.add(new Change(at, null, "state", null, state, resolved.isPresent()));
        return changes;
    }

    private static int visits(JsonNode fields) {
        var sum = 0;
        for (var member : fields.properties()) {
            if (member.getValue().isString() && member.getValue().asString().contains("_*:*_")) {
                for (var state : timeInStatus(member.getValue().asString()).values()) {
                    sum += state.visits();
                }
            }
        }
        return sum;
    }

    record TimeInStatus(int visits, long milliseconds) {}

    /// Reads `statusId_*:*_visits_*:*_ms_*|*_…`: visits and time by the state's id.
    static Map<String, TimeInStatus> timeInStatus(String text) {
        var states = new LinkedHashMap<String, TimeInStatus>();
        for (var part : text.split(Pattern.quote("_*|*_"))) {
            var found = TIME_IN_STATUS.matcher(part);
            if (found.matches()) {
                states.put(
                        found.group(1),
                        new TimeInStatus(Integer.parseInt(found.group(2)), Long.parseLong(found.group(3))));
            }
        }
        return states;
    }

    private static List<Comment> comments(JsonNode fields, Map<String, Integer> lost) {
        var comments = new ArrayList<Comment>();
        for (var comment : Json.array(fields, "comment", "comments")) {
            comments.add(new Comment(
                    Json.text(comment, "id").orElse(null),
                    Json.time(comment, "created"),
                    author(comment.get("author")).orElse(null),
                    Json.text(comment, "body").orElse("")));
        }
        var total = Json.text(fields, "comment", "total").map(Integer::valueOf).orElse(0);
        if (total > comments.size()) {
            lost.merge(
                    "comments that the export left out (`comment.total` says there are more)",
                    total - comments.size(),
                    Integer::sum);
        }
        return comments;
    }

    private static List<Link> links(JsonNode fields) {
        var links = new ArrayList<Link>();
        for (var link : Json.array(fields, "issuelinks")) {
            Json.text(link, "outwardIssue", "key")
                    .ifPresent(other -> links.add(
                            new Link(Json.text(link, "type", "outward").orElse("relates to"), other)));
            Json.text(link, "inwardIssue", "key")
                    .ifPresent(other ->
                            links.add(new Link(Json.text(link, "type", "inward").orElse("relates to"), other)));
        }
        return links;
    }

    private static List<String> attachments(JsonNode fields) {
        var names = new ArrayList<String>();
        for (var attachment : Json.array(fields, "attachment")) {
            names.add(Json.text(attachment, "filename").orElse("(unnamed)"));
        }
        return names;
    }

    private static void lostFields(JsonNode fields, Map<String, Integer> lost) {
        for (var member : fields.properties()) {
            var value = member.getValue();
            var empty = value.isNull() || (value.isContainer() && value.isEmpty()) || isEmptyWorklog(value);
            if (!empty && !DERIVED.contains(member.getKey()) && !isTimeInStatus(value)) {
                lost.merge("field " + member.getKey(), 1, Integer::sum);
            }
        }
    }

    private static Map<String, String> names(JsonNode record, JsonNode fields) {
        var names = new LinkedHashMap<String, String>();
        author(fields.get("assignee")).ifPresent(person -> names.put(person.id(), person.name()));
        for (var history : Json.array(record, "changelog", "histories")) {
            for (var item : Json.array(history, "items")) {
                if (Json.text(item, "field").orElse("").equals("assignee")) {
                    for (var end : List.of("from", "to")) {
                        Json.text(item, end)
                                .ifPresent(
                                        id -> Json.text(item, end + "String").ifPresent(name -> names.put(id, name)));
                    }
                }
            }
        }
        return names;
    }

    private static boolean isTimeInStatus(JsonNode value) {
        return value.isString() && value.asString().contains("_*:*_");
    }

    private static boolean isEmptyWorklog(JsonNode value) {
        return value.has("worklogs") && Json.size(value, "worklogs") == 0;
    }

    /// Jira Server names people by `key` or `name`, Jira Cloud by `accountId`.
    private static Optional<Author> author(@Nullable JsonNode person) {
        if (person == null || !person.isObject()) {
            return Optional.empty();
        }
        return Json.text(person, "accountId")
                .or(() -> Json.text(person, "key"))
                .or(() -> Json.text(person, "name"))
                .map(id -> new Author(id, Json.text(person, "displayName").orElse(id)));
    }
}
