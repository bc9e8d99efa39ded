package dev.conduct.procedure;

import dev.conduct.procedure.Entry.Word;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the clocks of one type and looks their targets up in the parameters.
final class ClockReader {

    private final Map<String, ItemType.Field> fields;
    private final Collection<String> happenings;
    private final Declared declared;
    private final Mistakes mistakes;

    ClockReader(
            Map<String, ItemType.Field> fields,
            Collection<String> states,
            Collection<String> transitions,
            Declared declared,
            Mistakes mistakes) {
        this.fields = fields;
        this.declared = declared;
        this.mistakes = mistakes;
        this.happenings = new ArrayList<>(transitions);
        happenings.add("created");
        states.forEach(state -> happenings.add("state:" + state));
    }

    List<ItemType.ClockRule> read(Map<Word, Entry> clocks) {
        var list = new ArrayList<ItemType.ClockRule>();
        clocks.forEach((name, entry) -> {
            PackReader.name(mistakes, name, "clock");
            list.add(clock(name, entry));
        });
        return List.copyOf(list);
    }

    private ItemType.ClockRule clock(Word name, Entry entry) {
        var clause = entry.word("clause");
        if (clause != null) {
            mistakes.known(clause, declared.clauses.keySet(), "clause");
        }
        entry.words("escalate_to").forEach(it -> mistakes.known(it, declared.roles.keySet(), "role"));
        var options = options(entry);
        var targets = new LinkedHashMap<String, ItemType.Target>();
        entry.named("targets").forEach((value, target) -> {
            if (!options.isEmpty()) {
                mistakes.known(value, options, "option of " + String.join(" or ", PackReader.texts(entry.words("by"))));
            }
            targets.put(value.text(), target(name.text() + " clock", value, target));
        });
        if (entry.has("targets") && targets.isEmpty()) {
            mistakes.add(entry.placeOf("targets"), "the clock " + name.text() + " has no targets", "add one");
        }
        pauses(name, entry);
        return new ItemType.ClockRule(
                name.text(),
                entry.text("title"),
                entry.text("clause"),
                PackReader.texts(entry.words("by")),
                PackReader.ordered(targets),
                happenings(entry, "start"),
                happenings(entry, "pause"),
                happenings(entry, "resume"),
                happenings(entry, "stop"),
                Set.copyOf(PackReader.texts(entry.words("escalate_to"))));
    }

    private void pauses(Word name, Entry entry) {
        if (entry.has("pause") != entry.has("resume")) {
            mistakes.add(
                    name.place(),
                    "the clock " + name.text()
                            + (entry.has("pause") ? " never runs on after a pause" : " runs on without a pause"),
                    "give both pause and resume, or neither");
        }
    }

    private List<String> options(Entry entry) {
        var options = new ArrayList<String>();
        for (var word : entry.words("by")) {
            if (mistakes.known(word, fields.keySet(), "field")) {
                var field = Objects.requireNonNull(fields.get(word.text()));
                if (field.kind() == ItemType.FieldKind.CHOICE) {
                    options.addAll(field.options());
                } else {
                    mistakes.add(
                            word.place(), "the field " + word.text() + " is no choice", "name a field with options");
                }
            }
        }
        return options;
    }

    private Set<String> happenings(Entry entry, String key) {
        entry.words(key).forEach(it -> mistakes.known(it, happenings, "happening"));
        return Set.copyOf(PackReader.texts(entry.words(key)));
    }

    private ItemType.Target target(String where, Word value, Entry entry) {
        var soft = span(entry.word("soft"), where);
        var hard = span(entry.word("hard"), where);
        if ((hard == null) == (entry.word("schedule") == null)) {
            mistakes.add(
                    value.place(),
                    "the target " + value.text() + (hard == null ? " is due never" : " is due twice"),
                    "give hard, or schedule");
        }
        if (soft != null && hard != null && soft.compareTo(hard) >= 0) {
            mistakes.add(entry.placeOf("soft"), "soft is not before hard", "make soft the shorter of the two");
        }
        var calendar = reference(entry.word("calendar"), declared.calendars.keySet(), "calendar", where);
        var schedule = reference(entry.word("schedule"), declared.schedules.keySet(), "schedule", where);
        if (calendar == null) {
            mistakes.add(value.place(), "the target " + value.text() + " has no calendar", "add calendar: always");
        }
        return new ItemType.Target(soft, hard, calendar == null ? "always" : calendar, schedule);
    }

    private @Nullable Duration span(@Nullable Word word, String where) {
        if (word == null) {
            return null;
        }
        var parameter = declared.parameters.get(word.text());
        if (parameter != null && parameter.value() instanceof Duration span) {
            declared.read(word.text(), where);
            return span;
        }
        if (!word.text().isEmpty() && Character.isDigit(word.text().charAt(0))) {
            var span = Spans.parse(word.text());
            if (span.isPresent()) {
                return span.get();
            }
            mistakes.add(word.place(), "\"" + word.text() + "\" is no length of time", "write 15 min, 4 h, 7 d or 2 w");
            return Duration.ofDays(1);
        }
        mistakes.known(word, declared.parametersOf("duration"), "parameter that is a duration");
        return Duration.ofDays(1);
    }

    private @Nullable String reference(@Nullable Word word, Set<String> names, String kind, String where) {
        if (word == null) {
            return null;
        }
        var parameter = declared.parameters.get(word.text());
        if (parameter != null && kind.equals(declared.parameterKinds.get(word.text()))) {
            declared.read(word.text(), where);
            return parameter.value().toString();
        }
        var all = new ArrayList<String>(names);
        all.addAll(declared.parametersOf(kind));
        mistakes.known(word, all, kind);
        return word.text();
    }
}
