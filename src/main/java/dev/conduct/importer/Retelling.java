package dev.conduct.importer;

import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Change;
import dev.conduct.procedure.ItemType;
import dev.conduct.work.HistoricAct;
import dev.conduct.work.HistoricItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tells one issue, whose words all have a counterpart, as history of ours. Each act gets an id that a later export
/// of the same issue gives it again, so that only what is new is added.
final class Retelling {

    private static final Target NOWHERE = new Target("", null);

    private final Vocabulary vocabulary;
    private final String product;
    private final SourceIssue issue;
    private final Translation.Authors authors;
    private final Author unknown;
    private final List<HistoricAct> acts = new ArrayList<>();
    private final Map<String, Integer> used = new HashMap<>();
    private final Map<String, Integer> kept;
    private final Map<String, Integer> lost;

    private String word = "";
    private String resolution = "";
    private String lastSaid = "";
    private Target target = NOWHERE;
    private @Nullable String startState;
    private @Nullable String startWord;
    private Target start = NOWHERE;

    Retelling(Vocabulary vocabulary, String product, SourceIssue issue, Translation.Authors authors) {
        this.vocabulary = vocabulary;
        this.product = product;
        this.issue = issue;
        this.authors = authors;
        this.unknown =
                new Author("(not told)", "Not told by " + vocabulary.mapping().source());
        this.kept = new LinkedHashMap<>(issue.kept());
        this.lost = new LinkedHashMap<>(issue.lost());
    }

    Translation.Ready told() {
        var created = created();
        var changes = begin(created);
        for (var from = 0; from < changes.size(); ) {
            var to = from + 1;
            while (to < changes.size() && together(changes.get(from), changes.get(to))) {
                to++;
            }
            group(changes.subList(from, to));
            from = to;
        }
        comments();
        links(created);
        if (!issue.attachments().isEmpty()) {
            lost(
                    "attachments (the export names them, it does not hold them)",
                    issue.attachments().size());
        }
        acts.sort(Comparator.comparing(HistoricAct::at));
        return new Translation.Ready(item(created), kept, lost);
    }

    private HistoricItem item(Instant created) {
        var fields = new LinkedHashMap<String, Object>();
        for (var theirs : issue.fields().keySet()) {
            var ours = vocabulary.field(theirs);
            if (ours != null) {
                put(fields, theirs, ours, first(theirs));
            }
        }
        fields.putAll(vocabulary.reason(start));
        var assignee = first("assignee");
        return new HistoricItem(
                vocabulary.mapping().source(),
                issue.id(),
                vocabulary.mapping().named(),
                product,
                vocabulary.type().name(),
                firstText("title", issue.title()),
                firstText("description", issue.description()),
                fields,
                assignee == null || assignee.isBlank() ? null : person(assignee),
                actor(issue.reporter(), "reporters that the file does not tell"),
                created,
                startState,
                startWord,
                List.copyOf(acts));
    }

    private Instant created() {
        if (issue.changes().isEmpty() || !issue.changes().getFirst().at().isBefore(issue.created())) {
            return issue.created();
        }
        kept.merge("creation taken as the earliest moment of the history, which begins before it", 1, Integer::sum);
        return issue.changes().getFirst().at();
    }

    /// Finds the state it began in, and gives back the changes that came after.
    private List<Change> begin(Instant created) {
        var changes = new ArrayList<>(issue.changes());
        var first = changes.stream()
                .filter(change -> change.field().equals("state"))
                .findFirst()
                .orElse(null);
        var firstResolution = first("resolution");
        resolution = firstResolution == null ? "" : firstResolution;
        if (first == null) {
            word = issue.fields().getOrDefault("state", "");
        } else if (first.from() != null) {
            word = first.from();
        } else if (first.exact() && first.at().equals(created) && !vocabulary.changesNothing(text(first.to()))) {
            word = text(first.to());
            changes.remove(first);
        } else if (vocabulary.mapping().initial() != null) {
            word = vocabulary.mapping().initial();
            kept.merge("state at creation taken as `" + word + "`, in which such an issue begins", 1, Integer::sum);
        }
        if (!word.isEmpty() && !vocabulary.changesNothing(word)) {
            target = vocabulary.target(word, resolution).orElseThrow();
            startState = target.state();
            start = target;
            startWord = said();
            lastSaid = startWord;
        } else {
            word = "";
            target = new Target(vocabulary.type().initial(), null);
        }
        return changes;
    }

    private static boolean together(Change one, Change other) {
        return one.at().equals(other.at())
                && Objects.equals(one.author(), other.author())
                && one.exact() == other.exact();
    }

    /// What one author changed at one moment: the fields first, then the state they led to.
    private void group(List<Change> changes) {
        var head = changes.getFirst();
        var fields = new LinkedHashMap<String, Object>();
        var cleared = new ArrayList<String>();
        String title = null;
        String description = null;
        var activities = new ArrayList<String>();
        var before = word;
        for (var change : changes) {
            switch (change.field()) {
                case "state" -> {
                    if (vocabulary.changesNothing(text(change.to()))) {
                        activities.add(text(change.to()));
                    } else if (text(change.to()).equals(word)) {
                        lost("events that repeat the state they find", change.exact() ? 1 : 0);
                    } else {
                        // Two states at one moment: the way through the first is told as well.
                        if (!word.equals(before)) {
                            moved(head);
                        }
                        word = text(change.to());
                    }
                }
                case "resolution" -> resolution = text(change.to());
                case "title" -> title = text(change.to());
                case "description" -> description = text(change.to());
                case "assignee" -> assigned(change);
                default -> field(change, fields, cleared);
            }
        }
        if (title != null && title.isBlank()) {
            title = null;
        }
        if (title != null || description != null || !fields.isEmpty() || !cleared.isEmpty()) {
            acts.add(new HistoricAct.FieldChange(
                    id("fields", head), head.at(), author(head), title, description, fields, cleared));
        }
        moved(head);
        for (var activity : activities) {
            acts.add(new HistoricAct.StateChange(
                    id("activity", head), head.at(), author(head), target.state(), activity, Map.of()));
        }
    }

    /// Tells the change of state, if there is one, be it only of their word for it.
    private void moved(Change change) {
        if (word.isEmpty()) {
            return;
        }
        var reached = vocabulary.target(word, resolution).orElseThrow();
        var said = said();
        if (said.equals(lastSaid)) {
            return;
        }
        if (!change.exact()) {
            lost("times at which the present state was entered (taken as the last change)", 1);
        }
        acts.add(new HistoricAct.StateChange(
                change.author() == null ? once("present:" + said) : id("state", change),
                change.at(),
                author(change),
                reached.state(),
                said,
                vocabulary.reason(reached)));
        target = reached;
        lastSaid = said;
    }

    private String said() {
        return resolution.isEmpty() ? word : word + " (" + resolution + ")";
    }

    private void assigned(Change change) {
        var to = text(change.to());
        acts.add(new HistoricAct.Assignment(
                id("assignee", change), change.at(), author(change), to.isBlank() ? null : person(to)));
    }

    private void field(Change change, Map<String, Object> fields, List<String> cleared) {
        var ours = vocabulary.field(change.field());
        if (ours == null) {
            lost("changes of " + change.field(), 1);
            return;
        }
        put(fields, change.field(), ours, change.to());
        cleared.remove(ours.name());
        if (!fields.containsKey(ours.name())) {
            cleared.add(ours.name());
        }
    }

    private void put(Map<String, Object> fields, String theirs, ItemType.Field ours, @Nullable String value) {
        var said = vocabulary.value(theirs, ours, text(value)).orElseThrow();
        if (said.isEmpty()) {
            fields.remove(ours.name());
            return;
        }
        fields.put(
                ours.name(),
                switch (ours.kind()) {
                    case NUMBER -> (Object) Long.valueOf(said);
                    case PERSON -> person(said);
                    case CHOICE, LINE, TEXT, COMPONENT, COMMIT, DATE -> said;
                });
    }

    private void comments() {
        for (var comment : issue.comments()) {
            if (comment.text().isBlank()) {
                lost("comments without text", 1);
                continue;
            }
            var id = comment.id() == null
                    ? once("comment:" + comment.at().toEpochMilli())
                    : once("comment:" + comment.id());
            acts.add(new HistoricAct.Comment(
                    id,
                    comment.at(),
                    actor(comment.author(), "comments whose author the file does not tell"),
                    comment.text()));
        }
    }

    /// Links carry no time of their own: they stand at the last moment that is known of the issue.
    private void links(Instant created) {
        var last = acts.stream()
                .map(HistoricAct::at)
                .max(Comparator.naturalOrder())
                .orElse(created);
        for (var link : issue.links()) {
            var ours = vocabulary.mapping().links().get(link.kind());
            if (ours == null || ours.equals(Mapping.NONE)) {
                lost("links `" + link.kind() + "`, which have no counterpart here", 1);
            } else if (ours.startsWith("<")) {
                kept.merge("links that the other issue tells (`" + link.kind() + "`)", 1, Integer::sum);
            } else {
                var id = "link:" + ours + ":" + link.other();
                if (used.merge(id, 1, Integer::sum) == 1) {
                    acts.add(new HistoricAct.Link(id, last, actor(null, null), ours, link.other()));
                }
            }
        }
    }

    /// The value before the first change, which is the present one when it never changed.
    private @Nullable String first(String field) {
        for (var change : issue.changes()) {
            if (change.field().equals(field)) {
                return change.from();
            }
        }
        return issue.fields().get(field);
    }

    private String firstText(String field, String present) {
        var first = issue.changes().stream()
                .filter(change -> change.field().equals(field))
                .findFirst()
                .map(change -> text(change.from()))
                .orElse(present);
        return first.isBlank() ? present : first;
    }

    private String person(String id) {
        return authors.actor(new Author(id, issue.names().getOrDefault(id, id)));
    }

    private String author(Change change) {
        return actor(change.author(), "changes whose author the file does not tell");
    }

    private String actor(@Nullable Author author, @Nullable String note) {
        if (author == null && note != null) {
            lost(note, 1);
        }
        return authors.actor(author == null ? unknown : author);
    }

    private String id(String kind, Change change) {
        return once(kind + ":" + change.at().toEpochMilli());
    }

    private String once(String id) {
        var count = used.merge(id, 1, Integer::sum);
        return count == 1 ? id : id + "#" + count;
    }

    private void lost(String what, int count) {
        if (count > 0) {
            lost.merge(what, count, Integer::sum);
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }
}
