package dev.conduct.quality;

import dev.conduct.procedure.Procedure;
import java.util.List;

/// Numbers that the procedure says, by the names of its parameters.
final class Limits {

    private static final long COVERAGE = 80;
    private static final long CHANGED = 80;
    private static final long MILLISECONDS = 1_000;
    private static final long WORSE = 20;
    private static final long FAILED = 1;

    private Limits() {}

    /// Lines of critical components that tests must run, in per cent.
    static long coverage(Procedure procedure) {
        return number(procedure, "coverage_limit", COVERAGE);
    }

    /// Changed lines that tests must run, in per cent.
    static long changeCoverage(Procedure procedure) {
        return number(procedure, "change_coverage_limit", CHANGED);
    }

    /// What load tests are measured against.
    static Budget budget(Procedure procedure) {
        return new Budget(
                number(procedure, "performance_most", MILLISECONDS),
                number(procedure, "performance_worse", WORSE),
                number(procedure, "performance_failed", FAILED));
    }

    /// Severities of findings that no build may have.
    static List<String> refused(Procedure procedure) {
        var parameter = procedure.parameters().get("scan_refuses");
        return parameter != null && parameter.value() instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of("critical", "high");
    }

    static long number(Procedure procedure, String name, long usual) {
        var parameter = procedure.parameters().get(name);
        return parameter != null && parameter.value() instanceof Number number ? number.longValue() : usual;
    }
}
