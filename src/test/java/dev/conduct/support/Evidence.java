package dev.conduct.support;

import java.util.Set;

/// What machines can be asked for.
public final class Evidence {

    /// Every kind that a source of ours tells of.
    public static final Set<String> TOLD = Set.of(
            "review",
            "ci",
            "merged",
            "unit_tests",
            "coverage",
            "scan",
            "critical_coverage",
            "change_coverage",
            "fix_proof",
            "performance",
            "build_scan",
            "integration",
            "plan_run",
            "points_covered",
            "acceptance",
            "feedback");

    private Evidence() {}
}
