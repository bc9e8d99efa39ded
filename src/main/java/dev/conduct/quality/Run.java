package dev.conduct.quality;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// All reports of one commit, build and environment, added up.
///
/// @param branch empty when nobody said, as build and environment
/// @param failed failed and errored cases
/// @param troubles what went wrong outside any case
/// @param micros what the tests took, added up
/// @param mocked what a stand-in answered for, as any of its reports said
record Run(
        UUID id,
        String product,
        String commit,
        String branch,
        String build,
        String environment,
        Instant beganAt,
        Instant lastAt,
        long tests,
        long passed,
        long flaky,
        long failed,
        long skipped,
        long troubles,
        long micros,
        long lines,
        long linesCovered,
        long branches,
        long branchesCovered,
        long findings,
        long samples,
        long samplesFailed,
        List<String> mocked) {

    boolean tested() {
        return tests > 0 || troubles > 0;
    }

    boolean green() {
        return passed > 0 && failed == 0 && troubles == 0;
    }

    /// Cases that passed, in per cent of those that were not skipped and not flaky; 0 when there are none.
    double passRate() {
        var decided = passed + failed;
        return decided == 0 ? 0 : 100.0 * passed / decided;
    }

    double coverage() {
        return Figures.percent(linesCovered, lines);
    }

    String shortCommit() {
        return commit.substring(0, Math.min(8, commit.length()));
    }

    /// Where it came from, for people.
    String from() {
        return branch.isEmpty() ? "no branch named" : branch;
    }
}
