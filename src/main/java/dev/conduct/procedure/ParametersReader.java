package dev.conduct.procedure;

import dev.conduct.procedure.Entry.Word;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads parameters, and in the end requires that each has a reader or says why not.
final class ParametersReader {

    private final Declared declared;
    private final Mistakes mistakes;

    ParametersReader(Declared declared, Mistakes mistakes) {
        this.declared = declared;
        this.mistakes = mistakes;
    }

    void read(Entry file) {
        PackReader.each(mistakes, file.named("parameters"), "parameter", (name, entry) -> {
            var kind = entry.text("kind");
            if (kind.isEmpty()) {
                return;
            }
            declared.parameterKinds.put(name, kind);
            declared.parameterEntries.put(name, entry);
            declared.parameters.put(
                    name,
                    new Procedure.Parameter(
                            name, entry.text("title"), entry.text("means"), value(name, kind, entry), List.of(), null));
        });
    }

    void requireReaders() {
        declared.parameterEntries.forEach((name, entry) -> {
            var reads = declared.reads.getOrDefault(name, Set.of());
            if (!reads.isEmpty() && (entry.has("unused") || entry.has("read_by"))) {
                var key = entry.has("unused") ? "unused" : "read_by";
                mistakes.add(entry.placeOf(key), name + " is read by " + String.join(", ", reads), "remove " + key);
            }
            if (reads.isEmpty() && !mistakes.unreadable() && !entry.has("unused") && !entry.has("read_by")) {
                mistakes.add(
                        entry.place(),
                        "nothing in this pack reads the parameter " + name,
                        "say so with unused:, or name the part of the platform with read_by:");
            }
            var readBy = entry.has("read_by") ? List.of(entry.text("read_by")) : List.copyOf(reads);
            declared.parameters.computeIfPresent(
                    name,
                    (unused, it) -> new Procedure.Parameter(
                            name,
                            it.title(),
                            it.means(),
                            it.value(),
                            readBy,
                            entry.has("unused") ? entry.text("unused") : null));
        });
    }

    private Object value(String name, String kind, Entry entry) {
        if (kind.equals("list")) {
            if (entry.has("value") && entry.words("value").isEmpty()) {
                mistakes.add(entry.placeOf("value"), "the value of " + name + " is no list", "write [one, another]");
            }
            return PackReader.texts(entry.words("value"));
        }
        var word = entry.word("value");
        if (word == null) {
            if (entry.has("value")) {
                mistakes.add(entry.placeOf("value"), "the value of " + name + " is a list", "write one value");
            }
            return "";
        }
        return switch (kind) {
            case "duration" -> duration(word).<Object>map(it -> it).orElse(java.time.Duration.ZERO);
            case "number" ->
                PackReader.parsed(mistakes, word, Long::valueOf, "no whole number", "write digits")
                        .<Object>map(it -> it)
                        .orElse(0L);
            case "percent" -> percent(word);
            case "calendar" -> named(word, declared.calendars.keySet(), "calendar");
            case "schedule" -> named(word, declared.schedules.keySet(), "schedule");
            default -> word.text();
        };
    }

    private Optional<java.time.Duration> duration(Word word) {
        var span = Spans.parse(word.text());
        if (span.isEmpty()) {
            mistakes.add(word.place(), "\"" + word.text() + "\" is no length of time", "write 15 min, 4 h, 7 d or 2 w");
        }
        return span;
    }

    private Object percent(Word word) {
        var number = PackReader.parsed(
                        mistakes, word, Long::valueOf, "no percentage", "write a whole number from 0 to 100")
                .orElse(0L);
        if (number < 0 || number > 100) {
            mistakes.add(
                    word.place(), "\"" + word.text() + "\" is no percentage", "write a whole number from 0 to 100");
        }
        return number;
    }

    private String named(Word word, Collection<String> names, String what) {
        mistakes.known(word, names, what);
        return word.text();
    }
}
