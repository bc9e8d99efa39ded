package dev.conduct.quality;

import dev.conduct.procedure.Procedure;

/// Numbers that the procedure says, by the names of its parameters.
final class Limits {

    private static final long COVERAGE = 80;

    private Limits() {}

    /// Lines of critical components that tests must run, in per cent.
    static long coverage(Procedure procedure) {
        return number(procedure, "coverage_limit", COVERAGE);
    }

    static long number(Procedure procedure, String name, long usual) {
        var parameter = procedure.parameters().get(name);
        return parameter != null && parameter.value() instanceof Number number ? number.longValue() : usual;
    }
}
