package dev.conduct.importer;

import dev.conduct.shell.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The account of an upload: of the rehearsal with its questions, or of the run.
record ImportView(
        UUID id, String format, String product, LossAccount account, boolean done, Map<String, List<String>> choices)
        implements View {

    static final int SHOWN = 200;

    /// A word without a counterpart, and what it could be here.
    ///
    /// @param id of the form's field in the page
    /// @param name of the form's field: `state|Awaiting Evidence`
    record Question(String id, String name, String kind, String word, int count, List<String> choices) {}

    List<Question> questions() {
        var questions = new ArrayList<Question>();
        if (!done) {
            account.unmapped()
                    .forEach((kind, words) -> words.forEach((word, count) -> questions.add(new Question(
                            "f-question-" + questions.size(),
                            kind + "|" + word,
                            kind,
                            word,
                            count,
                            choices.getOrDefault(kind, List.of())))));
        }
        return questions;
    }

    List<LossAccount.Reason> reasons() {
        return account.reasons().stream().limit(SHOWN).toList();
    }

    int more() {
        return Math.max(0, account.reasons().size() - SHOWN);
    }

    @Override
    public String template() {
        return "importer/account.jte";
    }

    @Override
    public String title() {
        return done ? "Imported" : "Rehearsal of an import";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Import", "/admin/import", false), new Crumb(title(), null, false));
    }
}
