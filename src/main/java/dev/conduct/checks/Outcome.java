package dev.conduct.checks;

import java.util.List;
import java.util.Locale;

/// What came of one step.
///
/// @param part in a drill: `broken`, `survives`, `mend`, `recovers`; otherwise empty
/// @param says what was found, or why it failed; empty when there is nothing to say
/// @param micros how long it took
record Outcome(String name, String part, How how, long micros, String says) {

    enum How {
        PASSED,
        FAILED,
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static How of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    boolean failed() {
        return how == How.FAILED;
    }

    static boolean passed(List<Outcome> outcomes) {
        return !outcomes.isEmpty() && outcomes.stream().noneMatch(Outcome::failed);
    }
}
