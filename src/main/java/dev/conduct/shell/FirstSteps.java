package dev.conduct.shell;

import dev.conduct.identity.Actor;
import java.util.List;

/// Steps of an installation's first ten minutes, shown on My work to its first administrator until they end them.
/// Each is ticked by what is there, not by a click. Found by injection.
public interface FirstSteps {

    /// A preference of the person who set the installation up; gone when they have ended the steps.
    String KEPT = "first_steps";

    List<Step> steps(Actor actor);

    /// @param order where it stands among all
    /// @param says why, in one sentence
    /// @param act what the button that leads there says
    /// @param done by what is there now
    /// @param optional an installation may well go without it
    record Step(int order, String title, String says, String href, String act, boolean done, boolean optional) {}

    static boolean shownTo(Actor actor) {
        return actor.preferences().containsKey(KEPT);
    }
}
