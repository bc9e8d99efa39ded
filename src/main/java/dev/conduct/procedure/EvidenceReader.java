package dev.conduct.procedure;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the kinds of evidence.
final class EvidenceReader {

    private final Declared declared;
    private final Mistakes mistakes;

    EvidenceReader(Declared declared, Mistakes mistakes) {
        this.declared = declared;
        this.mistakes = mistakes;
    }

    void read(Entry file) {
        PackReader.each(mistakes, file.named("evidence"), "kind of evidence", (name, entry) -> {
            for (var word : entry.words("fails")) {
                if (PackReader.texts(entry.words("passes")).contains(word.text())) {
                    mistakes.add(word.place(), "\"" + word.text() + "\" passes and fails", "keep it in one of the two");
                }
            }
            if (entry.has("passes") && entry.words("passes").isEmpty()) {
                mistakes.add(entry.placeOf("passes"), name + " can never pass", "name a word, such as passed");
            }
            clause(entry);
            knownRoles(entry, "roles");
            declared.evidence.put(
                    name,
                    new Procedure.EvidenceKind(
                            name,
                            entry.text("title"),
                            entry.text("clause"),
                            PackReader.texts(entry.words("passes")),
                            PackReader.texts(entry.words("fails")),
                            entry.text("about").equals("change"),
                            entry.has("since") ? entry.text("since") : null,
                            Set.copyOf(PackReader.texts(entry.words("roles"))),
                            age(name, entry)));
        });
    }

    /// `since` names a transition of some type, known only when the types are read.
    void since(Entry file, Map<String, ItemType> types) {
        var transitions = new LinkedHashSet<String>();
        types.values().forEach(type -> transitions.addAll(type.transitions().keySet()));
        file.named("evidence").values().forEach(entry -> {
            var since = entry.word("since");
            if (since != null && !transitions.isEmpty()) {
                mistakes.known(since, transitions, "transition");
            }
        });
    }

    /// Named as a parameter, so that the number stands where all numbers stand.
    private @Nullable Duration age(String kind, Entry entry) {
        var word = entry.word("counts_for");
        if (word == null) {
            return null;
        }
        var parameter = declared.parameters.get(word.text());
        if (parameter != null && parameter.value() instanceof Duration age) {
            declared.read(word.text(), "evidence " + kind);
            return age;
        }
        mistakes.known(word, declared.parametersOf("duration"), "parameter that is a duration");
        return null;
    }

    private void clause(Entry entry) {
        var clause = entry.word("clause");
        if (clause != null) {
            mistakes.known(clause, declared.clauses.keySet(), "clause");
        }
    }

    private void knownRoles(Entry entry, String key) {
        entry.words(key).forEach(role -> mistakes.known(role, declared.roles.keySet(), "role"));
    }
}
