package dev.conduct.testing;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A run of a plan on one commit and build, by hand and by machine.
///
/// @param mocked which externals were stood in for, and by what
/// @param endedAt null while it goes on
record TestRun(
        UUID id,
        String product,
        UUID plan,
        String planTitle,
        String title,
        String commit,
        String build,
        String environment,
        List<String> mocked,
        String startedBy,
        Instant startedAt,
        @Nullable String endedBy,
        @Nullable Instant endedAt,
        long cases,
        long passed,
        long failed,
        long blocked,
        long skipped) {

    long open() {
        return cases - passed - failed - blocked - skipped;
    }

    boolean ended() {
        return endedAt != null;
    }

    /// Whether something passed and nothing else came of it but what was skipped on purpose.
    boolean green() {
        return passed > 0 && failed == 0 && blocked == 0 && open() == 0;
    }

    String shortCommit() {
        return commit.substring(0, Math.min(8, commit.length()));
    }

    String path() {
        return "/testing/" + product + "/runs/" + id;
    }

    String tone() {
        return failed > 0 ? "stop" : blocked > 0 ? "caution" : green() ? "clear" : "wait";
    }

    String word() {
        if (failed > 0) {
            return failed + " failed";
        }
        if (blocked > 0) {
            return blocked + " blocked";
        }
        return green() ? "Passed" : open() + " to be run";
    }
}
