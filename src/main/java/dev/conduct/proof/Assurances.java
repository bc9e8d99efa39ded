package dev.conduct.proof;

import dev.conduct.ledger.Activity;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Wanted;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What this server last did by itself so that the log can be relied on.
@Component
public class Assurances {

    private final Activity activity;
    private final Chores chores;

    Assurances(Activity activity, Chores chores) {
        this.activity = activity;
        this.chores = chores;
    }

    /// The last of each, whatever came of it; null when there was none yet.
    ///
    /// @param checking whether the whole log is being checked, or about to be
    /// @param drilling the same of a restore
    public record Assurance(
            @Nullable Event check,
            @Nullable Event backup,
            @Nullable Event drill,
            @Nullable Event mail,
            boolean checking,
            boolean drilling) {}

    public Assurance now() {
        return new Assurance(
                last(NightlyCheck.ACTION),
                last(ScheduledBackup.ACTION),
                last(RestoreDrill.ACTION),
                last(CheckpointMail.ACTION),
                chores.waitsOrRuns(NightlyCheck.NAME),
                chores.waitsOrRuns(RestoreDrill.NAME));
    }

    /// Has the whole log checked soon, beside the work.
    public void checkNow() {
        chores.request(NightlyCheck.NAME);
    }

    /// Has a restore practised soon, beside the work.
    ///
    /// @return false where the settings ask for none
    public boolean drillNow() {
        return chores.request(RestoreDrill.NAME);
    }

    private @Nullable Event last(String action) {
        var events = activity.newest(new Wanted(null, action, null, null, null, null), 1, null)
                .items();
        return events.isEmpty() ? null : events.getFirst();
    }
}
