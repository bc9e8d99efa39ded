package dev.conduct.acceptance;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The acceptance of one build.
///
/// @param signs SHA-256 of what is accepted: title, commit, build and criteria
/// @param closedAt null while it is open
/// @param invited how many were asked; of them who accepted and who rejected
/// @param undecided what was said and is to be decided
record Session(
        UUID id,
        String product,
        String title,
        String commit,
        String build,
        String environment,
        List<String> criteria,
        String signs,
        Instant openedAt,
        @Nullable Instant closedAt,
        long invited,
        long accepted,
        long rejected,
        long undecided) {

    boolean open() {
        return closedAt == null;
    }

    /// Whether all who were asked accepted it.
    boolean passed() {
        return invited > 0 && accepted == invited;
    }

    String path() {
        return "/acceptance/" + product + "/" + id;
    }

    String tone() {
        return rejected > 0 ? "stop" : passed() ? "clear" : "wait";
    }

    String word() {
        if (rejected > 0) {
            return rejected + " rejected";
        }
        return passed() ? "Accepted by all" : accepted + " of " + invited + " accepted";
    }

    String shortCommit() {
        return commit.substring(0, Math.min(8, commit.length()));
    }
}
