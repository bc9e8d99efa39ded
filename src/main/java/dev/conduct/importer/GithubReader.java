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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Issues of GitHub's REST interface, each with its `events` or `timeline` and its comments where the export put them.
final class GithubReader implements SourceReader {

    private static final Set<String> TOLD_ELSEWHERE =
            Set.of("closed", "reopened", "renamed", "assigned", "unassigned", "commented", "labeled", "unlabeled");

    @Override
    public void read(SourceFile file, Mapping mapping, Receiver receiver) throws IOException {
        new JsonRecords(file, receiver, (at, _, record) -> receiver.issue(issue(at, record, mapping))).read();
    }

    private static SourceIssue issue(String at, JsonNode record, Mapping mapping) {
        var number = Json.required(record, "number");
        if (record.has("pull_request")) {
            throw new BrokenRecord("#" + number + " is a pull request, not an issue.");
        }
        var created = Json.time(record, "created_at");
        var lost = new LinkedHashMap<String, Integer>();
        var known = current(record, mapping, lost);
        var changes = changes(record, known, lost);
        changes.sort(Comparator.comparing(Change::at));
        return new SourceIssue(
                id(record, number),
                at,
                Json.text(record, "title").orElse(""),
                Json.text(record, "body").orElse(""),
                known,
                author(record.get("user")).orElse(null),
                created,
                changes,
                comments(record, lost),
                links(record),
                List.of(),
                names(record),
                lost,
                Map.of());
    }

    private static Map<String, String> names(JsonNode record) {
        var names = new LinkedHashMap<String, String>();
        author(record.get("assignee")).ifPresent(person -> names.put(person.id(), person.name()));
        for (var source : List.of("events", "timeline")) {
            for (var event : Json.array(record, source)) {
                author(event.get("assignee")).ifPresent(person -> names.put(person.id(), person.name()));
            }
        }
        return names;
    }

    private static String id(JsonNode record, String number) {
        return Json.text(record, "repository_url")
                .or(() -> Json.text(record, "html_url").map(url -> url.replaceFirst("/issues/\\d+$", "")))
                .map(url -> {
                    var parts = url.split("/");
                    return parts.length < 2
                            ? number
                            : parts[parts.length - 2] + "/" + parts[parts.length - 1] + "#" + number;
                })
                .orElse(number);
    }

    private static Map<String, String> current(JsonNode record, Mapping mapping, Map<String, Integer> lost) {
        var known = new LinkedHashMap<String, String>();
        Json.text(record, "state").ifPresent(value -> known.put("state", value));
        if (known.getOrDefault("state", "").equals("closed")) {
            Json.text(record, "state_reason").ifPresent(value -> known.put("resolution", value));
        }
        author(record.get("assignee")).ifPresent(person -> known.put("assignee", person.id()));
        for (var label : Json.array(record, "labels")) {
            var name = label.isString()
                    ? label.asString()
                    : Json.text(label, "name").orElse("");
            var meaning = mapping.label(name);
            if (meaning == null) {
                lost.merge("label " + name, 1, Integer::sum);
            } else {
                known.put(meaning.field(), meaning.value());
            }
        }
        Json.text(record, "milestone", "title").ifPresent(_ -> lost.merge("field milestone", 1, Integer::sum));
        return known;
    }

    private static List<Change> changes(JsonNode record, Map<String, String> known, Map<String, Integer> lost) {
        var changes = new ArrayList<Change>();
        var told = false;
        for (var source : List.of("events", "timeline")) {
            for (var event : Json.array(record, source)) {
                told = true;
                change(event, known, changes, lost);
            }
            if (told) {
                break;
            }
        }
        var closes = changes.stream().anyMatch(change -> change.field().equals("state"));
        if (!closes && known.getOrDefault("state", "").equals("closed")) {
            if (!told) {
                lost.merge("issues without events: only opened and closed are known", 1, Integer::sum);
            }
            var at = Json.time(record, "closed_at");
            closed(at, author(record.get("closed_by")).orElse(null), known.get("resolution"), changes);
        }
        return changes;
    }

    private static void change(
            JsonNode event, Map<String, String> known, List<Change> changes, Map<String, Integer> lost) {
        var kind = Json.text(event, "event").orElse("");
        if (!TOLD_ELSEWHERE.contains(kind)) {
            lost.merge("event " + kind, 1, Integer::sum);
            return;
        }
        if (kind.equals("commented")) {
            return;
        }
        var at = Json.time(event, "created_at");
        var author = author(event.get("actor")).orElse(null);
        switch (kind) {
            case "closed" -> {
                var reason = Json.text(event, "state_reason").orElse(known.get("resolution"));
                closed(at, author, reason, changes);
            }
            case "reopened" -> {
                changes.add(Change.exact(at, author, "resolution", null, null));
                changes.add(Change.exact(at, author, "state", "closed", "open"));
            }
            case "renamed" ->
                changes.add(Change.exact(
                        at,
                        author,
                        "title",
                        Json.text(event, "rename", "from").orElse(null),
                        Json.text(event, "rename", "to").orElse(null)));
            case "assigned", "unassigned" -> {
                var who = author(event.get("assignee")).map(Author::id).orElse(null);
                var gone = kind.equals("unassigned");
                changes.add(Change.exact(at, author, "assignee", gone ? who : null, gone ? null : who));
            }
            default -> lost.merge("time at which a label was put on or off", 1, Integer::sum);
        }
    }

    private static void closed(Instant at, @Nullable Author author, @Nullable String reason, List<Change> changes) {
        changes.add(Change.exact(at, author, "resolution", null, reason));
        changes.add(Change.exact(at, author, "state", "open", "closed"));
    }

    /// `comments` is a number in GitHub's own answer; exports that fetched them put an array there, or beside it.
    private static List<Comment> comments(JsonNode record, Map<String, Integer> lost) {
        var comments = new ArrayList<Comment>();
        for (var name : List.of("comments", "comments_data", "timeline")) {
            for (var comment : Json.array(record, name)) {
                if (!name.equals("timeline")
                        || Json.text(comment, "event").orElse("").equals("commented")) {
                    comments.add(new Comment(
                            Json.text(comment, "id").orElse(null),
                            Json.time(comment, "created_at"),
                            author(comment.get("user"))
                                    .or(() -> author(comment.get("actor")))
                                    .orElse(null),
                            Json.text(comment, "body").orElse("")));
                }
            }
            if (!comments.isEmpty()) {
                break;
            }
        }
        var counted = record.path("comments").isInt() ? record.path("comments").asInt() : 0;
        if (counted > comments.size()) {
            lost.merge("comments that the export counts but does not hold", counted - comments.size(), Integer::sum);
        }
        return comments;
    }

    private static List<Link> links(JsonNode record) {
        var links = new ArrayList<Link>();
        for (var event : Json.array(record, "timeline")) {
            if (Json.text(event, "event").orElse("").equals("marked_as_duplicate")) {
                Json.text(event, "canonical", "number").ifPresent(other -> links.add(new Link("duplicate of", other)));
            }
        }
        return links;
    }

    private static Optional<Author> author(@Nullable JsonNode person) {
        if (person == null || !person.isObject()) {
            return Optional.empty();
        }
        return Json.text(person, "login")
                .map(login -> new Author(Json.text(person, "id").orElse(login), login));
    }
}
