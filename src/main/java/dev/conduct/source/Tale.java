package dev.conduct.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a delivery tells, in one language for all hosts.
sealed interface Tale {

    /// Nothing that is kept here.
    ///
    /// @param why for the log of deliveries: "Tells of an issue, which is not kept."
    record Nothing(String why) implements Tale {}

    /// @param parents how many the host said it has, 0 when it did not say
    record Commit(String sha, String message, String author, String email, int parents, Instant at) {}

    /// @param untold how many more commits the host says it pushed than it tells of
    /// @param head null when the branch was deleted
    /// @param mainBranch as the host says, empty when it does not
    /// @param at the newest time the delivery names
    record Push(String branch, @Nullable String head, List<Commit> commits, long untold, String mainBranch, Instant at)
            implements Tale {}

    enum State {
        OPEN,
        MERGED,
        CLOSED
    }

    /// @param text its description, for keys and trailers
    /// @param author the login of who opened it; empty where the host gives only a number
    /// @param mergedBy likewise, null until merged
    /// @param at the host's time of this state
    record Change(
            long number,
            String title,
            String text,
            State state,
            String author,
            String branch,
            String target,
            String head,
            @Nullable String mergeCommit,
            @Nullable String mergedBy,
            String url,
            Instant openedAt,
            Instant at,
            @Nullable Instant mergedAt)
            implements Tale {}

    enum Verdict {
        APPROVED,
        CHANGES_REQUESTED,
        WITHDRAWN
    }

    /// @param change as it stood then, told with the review
    /// @param reviewer their login
    /// @param commit the head they looked at
    record Review(Change change, String reviewer, String commit, Verdict verdict, Instant at) implements Tale {}

    /// What was skipped counts neither way.
    enum Came {
        RUNNING,
        PASSED,
        FAILED,
        SKIPPED
    }

    /// @param name what runs: a workflow, a pipeline, a job
    /// @param number tells one run of it from the next
    record Run(
            String name, String number, int attempt, String commit, Came came, String url, Instant beganAt, Instant at)
            implements Tale {}
}
