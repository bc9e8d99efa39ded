package dev.conduct.testing;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.PlainText;
import dev.conduct.kernel.Problem;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with an input, collected, so that all of it is told at once.
final class Checks {

    private static final int LINE = 200;

    private final List<FieldProblem> faults = new ArrayList<>();

    Checks wrong(String field, String code, String says) {
        faults.add(new FieldProblem(field, code, says));
        return this;
    }

    /// A line of text that must be there.
    Checks named(String field, String text, String says) {
        return text.isBlank() ? wrong(field, "missing", says) : line(field, text);
    }

    /// A text of any length that must be there.
    Checks given(String field, String text, String says) {
        return text.isBlank() ? wrong(field, "missing", says) : this;
    }

    /// A line of text, which may be empty.
    Checks line(String field, String text) {
        if (text.lines().count() > 1) {
            return wrong(field, "several_lines", "must be one line.");
        }
        return text(field, text, LINE);
    }

    Checks text(String field, String text, int most) {
        try {
            PlainText.checked(field, text, most);
        } catch (Problem refused) {
            faults.addAll(refused.errors());
        }
        return this;
    }

    Checks among(String field, String word, List<String> words) {
        if (words.contains(word)) {
            return this;
        }
        return wrong(field, word.isBlank() ? "missing" : "unknown", "must be one of " + String.join(", ", words) + ".");
    }

    List<FieldProblem> faults() {
        return faults;
    }

    /// @throws Problem 400 naming each field that is not as it must be
    void done() {
        if (!faults.isEmpty()) {
            throw Problem.badInput(faults);
        }
    }
}
