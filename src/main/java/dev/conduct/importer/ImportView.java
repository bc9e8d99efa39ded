package dev.conduct.importer;

import dev.conduct.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The account of a rehearsal, with its questions.
///
/// @param ordered of each kind of word, the choices that are in an order, for guesses
record ImportView(
        UUID id,
        String format,
        String product,
        LossAccount account,
        Map<String, List<String>> choices,
        Map<String, List<String>> ordered,
        Persons persons)
        implements View {

    /// Who acts in the files, and who that is here.
    ///
    /// @param here whom one may choose, by e-mail address
    /// @param problem what was wrong with what was typed, null for nothing
    record Persons(
            List<Person> told, List<Here> here, @Nullable String problem) {}

    /// @param name of the form's field: `person|ada@example.org`
    /// @param value as it is said, typed or guessed; empty for a name from outside
    /// @param guessed whether the value is only a guess
    record Person(String id, String name, String called, int acts, String value, boolean guessed, boolean wrong) {}

    record Here(String email, String name) {}

    static final int SHOWN = 200;

    /// A word without a counterpart, and what it could be here.
    ///
    /// @param id of the form's field in the page
    /// @param name of the form's field: `state|Awaiting Evidence`
    /// @param guess what it most likely is, null when nothing comes near
    record Question(
            String id,
            String name,
            String kind,
            String word,
            int count,
            List<String> choices,
            @Nullable String guess) {}

    List<Question> questions() {
        var questions = new ArrayList<Question>();
        account.unmapped()
                .forEach((kind, words) -> words.forEach((word, count) -> questions.add(new Question(
                        "f-question-" + questions.size(),
                        kind + "|" + word,
                        kind,
                        word,
                        count,
                        choices.getOrDefault(kind, List.of()),
                        Guess.of(word, choices.getOrDefault(kind, List.of()), ordered.getOrDefault(kind, List.of()))
                                .orElse(null)))));
        return questions;
    }

    @Override
    public String template() {
        return "importer/account.jte";
    }

    @Override
    public String title() {
        return "Rehearsal of an import";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Import", "/admin/import", false), new Crumb(title(), null, false));
    }
}
