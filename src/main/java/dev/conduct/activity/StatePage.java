package dev.conduct.activity;

import dev.conduct.ledger.Event;
import dev.conduct.ledger.LedgerStatus;
import dev.conduct.ledger.Outcome;
import dev.conduct.ledger.WitnessSeen;
import dev.conduct.proof.Assurances.Assurance;
import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the log is: its size and root, who else has seen it, and when it was last checked, backed up and restored.
///
/// @param note the last checkpoint as it was signed, null before the first
record StatePage(
        LedgerStatus ledger,
        String key,
        @Nullable String note,
        List<WitnessSeen> witnesses,
        Assurance assurance,
        LogTabs tabs)
        implements View {

    @Override
    public String template() {
        return "activity/state.jte";
    }

    @Override
    public String title() {
        return "State of the log";
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(new Crumb("Audit log", "/log", false), new Crumb("State", null, false));
    }

    /// What an event says about itself: a number or a word from its data.
    static String told(Event event, String field) {
        var value = event.data().get(field);
        return value == null ? "" : value.toString();
    }

    static long number(Event event, String field) {
        return event.data().get(field) instanceof Long number ? number : 0;
    }

    static boolean held(Event event) {
        return event.outcome() == Outcome.SUCCESS;
    }

    static String says(Event event) {
        return event.content().getOrDefault("says", "The reason is in the server's log.");
    }
}
