package dev.conduct.source;

import java.time.Instant;
import org.springframework.stereotype.Component;

/// Writes what was told into what is known, each kind where it belongs.
@Component
class Chronicle {

    private final Commits commits;
    private final Changes changes;

    Chronicle(Commits commits, Changes changes) {
        this.commits = commits;
        this.changes = changes;
    }

    /// @param state `applied`, or `passed_over` when it changed nothing
    record Outcome(String state, String says) {

        static Outcome applied(String says) {
            return new Outcome("applied", says);
        }

        static Outcome passedOver(String says) {
            return new Outcome("passed_over", says);
        }
    }

    Outcome take(Repository repository, Tale tale, Instant receivedAt) {
        return switch (tale) {
            case Tale.Nothing nothing -> Outcome.passedOver(nothing.why());
            case Tale.Push push -> push(repository, push, receivedAt);
            case Tale.Change change ->
                told(changes.take(repository, change), "Change " + change.number() + " of " + change.branch());
            case Tale.Review review ->
                told(
                        changes.take(repository, review),
                        "Review of " + review.change().number());
            case Tale.Run run -> told(changes.take(repository, run), run.name() + " on " + Marks.brief(run.commit()));
        };
    }

    private Outcome push(Repository repository, Tale.Push push, Instant receivedAt) {
        var main = commits.mainBranch(repository, push.mainBranch());
        commits.branch(repository.id(), push.branch(), push.head(), push.at());
        if (push.head() == null) {
            return Outcome.applied("Branch " + push.branch() + " deleted.");
        }
        var onMain = push.branch().equals(main);
        var fresh = commits.take(
                repository, push.branch(), push.commits(), commit -> onMain ? push.at() : null, receivedAt);
        return Outcome.applied(
                "Push to " + push.branch() + ", " + push.commits().size() + " told, " + fresh + " new"
                        + (push.untold() > 0 ? ", " + push.untold() + " more did not come." : "."));
    }

    private static Outcome told(boolean changed, String what) {
        return changed ? Outcome.applied(what + ".") : Outcome.passedOver(what + ": something newer was told before.");
    }
}
