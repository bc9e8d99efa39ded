package dev.conduct.work;

import dev.conduct.shell.FirstSteps;
import dev.conduct.shell.PersonalDuties;
import dev.conduct.shell.View;
import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What somebody must do next by clock, what waits on others, what they owe and what waits for their word.
///
/// @param product key of the only one whose work is shown, empty for all; exceptions and duties are of every one
/// @param more true when there is more to do than is shown
/// @param personal what they owe beside records, the one due first at the top
/// @param first the first ten minutes of an installation, empty for all but who began it
/// @param panels of higher modules
record MyWorkPage(
        String product,
        List<Task> tasks,
        boolean more,
        List<Waiting> waiting,
        List<Decision> decisions,
        List<Owed> owed,
        List<PersonalDuties.Owed> personal,
        @Nullable FirstLine line,
        List<FirstSteps.Step> first,
        List<Content> panels)
        implements View {

    /// @param does what to do, with the address where it is done
    /// @param tone of the signal that asks for it: `clear`, `caution` or `stop`
    record Task(
            String does,
            String href,
            String key,
            String title,
            String station,
            int at,
            int of,
            String tone,
            String signal,
            String clause,
            @Nullable Instant due,
            boolean risk) {

        boolean over(Instant now) {
            return due != null && due.isBefore(now);
        }
    }

    /// A record of one's own that somebody else holds.
    ///
    /// @param says what is missing and who can supply it
    record Waiting(
            String key,
            String title,
            String tone,
            String signal,
            String says,
            String href,
            @Nullable Instant due,
            boolean risk) {}

    /// An exception that waits for a second person.
    record Decision(String key, String title, String signal, String reason, String asked, Instant ends) {}

    /// The follow-up of an exception that was used.
    record Owed(String key, String title, String signal, String clause, Instant due) {}

    long over(Instant now) {
        return tasks.stream().filter(task -> task.over(now)).count();
    }

    long risk(Instant now) {
        return tasks.stream().filter(task -> task.risk() && !task.over(now)).count();
    }

    /// Everything that needs this person.
    long count() {
        return (long) tasks.size() + decisions.size() + owed.size() + personal.size();
    }

    boolean nothing() {
        return count() == 0;
    }

    @Override
    public String template() {
        return "work/me.jte";
    }

    @Override
    public String title() {
        return "My work";
    }
}
