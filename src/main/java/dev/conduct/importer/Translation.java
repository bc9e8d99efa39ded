package dev.conduct.importer;

import dev.conduct.importer.SourceIssue.Author;
import dev.conduct.importer.SourceIssue.Change;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import dev.conduct.work.HistoricItem;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Says an issue of another system in our words, or says why that cannot be done. Nothing is guessed: a state or
/// value without a counterpart refuses the issue and is asked for by name.
final class Translation {

    static final int LONGEST_TITLE = 500;
    static final int LONGEST_TEXT = 1_000_000;

    /// Finds or makes the actor behind an author of the other system.
    interface Authors {
        String actor(Author author);
    }

    sealed interface Result {}

    record Ready(HistoricItem item, Map<String, Integer> kept, Map<String, Integer> lost) implements Result {}

    record Refused(String id, String says, Map<String, Map<String, Integer>> unmapped) implements Result {}

    private final Vocabulary vocabulary;
    private final String product;
    private final Instant now;

    Translation(Vocabulary vocabulary, String product, Instant now) {
        this.vocabulary = vocabulary;
        this.product = product;
        this.now = now;
    }

    Mapping mapping() {
        return vocabulary.mapping();
    }

    /// The component that values name.
    Optional<String> component(Map<String, Object> fields) {
        return vocabulary.type().component(fields);
    }

    Result translate(SourceIssue issue, Authors authors) {
        var broken = brokenText(issue);
        if (broken != null) {
            return new Refused(issue.id(), broken, Map.of());
        }
        var unmapped = unmapped(issue);
        if (!unmapped.isEmpty()) {
            return new Refused(issue.id(), ask(unmapped), unmapped);
        }
        return new Retelling(vocabulary, product, issue, authors).told();
    }

    private @Nullable String brokenText(SourceIssue issue) {
        if (issue.title().isBlank()) {
            return "It has no title.";
        }
        try {
            text("title", issue.title(), LONGEST_TITLE);
            text("id", issue.id(), 200);
            text("description", issue.description(), LONGEST_TEXT);
            issue.fields().forEach((name, value) -> text(name, value, LONGEST_TEXT));
            issue.comments().forEach(comment -> {
                text("comment", comment.text(), LONGEST_TEXT);
                moment("comment", comment.at());
                author(comment.author());
            });
            issue.changes().forEach(this::change);
            issue.names().values().forEach(name -> text("name of a person", name, 200));
            author(issue.reporter());
            moment("created", issue.created());
        } catch (BrokenRecord broken) {
            return broken.says();
        }
        return null;
    }

    private void change(Change change) {
        text("history of " + change.field(), change.from() == null ? "" : change.from(), LONGEST_TEXT);
        text("history of " + change.field(), change.to() == null ? "" : change.to(), LONGEST_TEXT);
        moment("history of " + change.field(), change.at());
        author(change.author());
    }

    private static void author(@Nullable Author author) {
        if (author != null) {
            text("name of a person", author.id(), 500);
            text("name of a person", author.name(), 200);
        }
    }

    private static void text(String field, String text, int most) {
        for (var i = 0; i < text.length(); i++) {
            if (FaithfulReader.marksInvalidByte(text.charAt(i))
                    && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                throw new BrokenRecord("`" + field + "` has a byte that is not valid in the file's encoding, after \""
                        + text.substring(Math.max(0, i - 20), i) + "\".");
            }
        }
        try {
            PlainText.checked(field, text, most);
        } catch (Problem problem) {
            throw new BrokenRecord(
                    "`" + field + "` " + problem.errors().getFirst().says());
        }
    }

    private void moment(String field, Instant at) {
        if (at.isAfter(now)) {
            throw new BrokenRecord("`" + field + "` lies in the future: " + at);
        }
    }

    private Map<String, Map<String, Integer>> unmapped(SourceIssue issue) {
        var unmapped = new TreeMap<String, Map<String, Integer>>();
        // A word is counted where it is reached; where a field begins, as well what it was before.
        var seen = new HashSet<String>();
        for (var change : issue.changes()) {
            if (seen.add(change.field())) {
                word(change.field(), change.from(), unmapped);
            }
            word(change.field(), change.to(), unmapped);
        }
        issue.fields().forEach((field, value) -> {
            if (!seen.contains(field)) {
                word(field, value, unmapped);
            }
        });
        return unmapped;
    }

    private void word(String field, @Nullable String word, Map<String, Map<String, Integer>> unmapped) {
        switch (field) {
            case "state" -> state(word, unmapped);
            case "resolution" -> resolution(word, unmapped);
            default -> value(field, word, unmapped);
        }
    }

    private void state(@Nullable String word, Map<String, Map<String, Integer>> unmapped) {
        if (word != null && !vocabulary.knowsState(word)) {
            count("state", word, unmapped);
        }
    }

    private void resolution(@Nullable String word, Map<String, Map<String, Integer>> unmapped) {
        if (word != null && !vocabulary.knowsResolution(word)) {
            count("resolution", word, unmapped);
        }
    }

    private void value(String field, @Nullable String word, Map<String, Map<String, Integer>> unmapped) {
        var ours = vocabulary.field(field);
        if (ours != null && word != null && vocabulary.value(field, ours, word).isEmpty()) {
            count(field, word, unmapped);
        }
    }

    private static void count(String kind, String word, Map<String, Map<String, Integer>> unmapped) {
        unmapped.computeIfAbsent(kind, _ -> new LinkedHashMap<>()).merge(word, 1, Integer::sum);
    }

    private String ask(Map<String, Map<String, Integer>> unmapped) {
        var says = new StringBuilder();
        unmapped.forEach((kind, words) -> {
            var where =
                    switch (kind) {
                        case "state" -> "states";
                        case "resolution" -> "resolutions";
                        default -> "values." + kind;
                    };
            words.keySet()
                    .forEach(word -> says.append(says.isEmpty() ? "" : " ")
                            .append("The ")
                            .append(kind)
                            .append(" `")
                            .append(word)
                            .append("` has no counterpart here. Name one in the mapping under `")
                            .append(where)
                            .append("`."));
        });
        return says.toString();
    }
}
