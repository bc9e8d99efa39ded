package dev.conduct.testing;

import java.util.List;

/// What came of a step or a case.
final class Verdict {

    static final String PASSED = "passed";
    static final String FAILED = "failed";
    static final String BLOCKED = "blocked";
    static final String SKIPPED = "skipped";
    static final List<String> ALL = List.of(PASSED, FAILED, BLOCKED, SKIPPED);

    private Verdict() {}

    /// What steps say of their case; empty while one of them is to be judged yet.
    static String of(List<String> steps) {
        if (steps.isEmpty() || steps.contains("")) {
            return "";
        }
        if (steps.contains(FAILED)) {
            return FAILED;
        }
        if (steps.contains(BLOCKED)) {
            return BLOCKED;
        }
        return steps.contains(PASSED) ? PASSED : SKIPPED;
    }

    static String tone(String verdict) {
        return switch (verdict) {
            case PASSED -> "clear";
            case FAILED -> "stop";
            case BLOCKED -> "caution";
            case SKIPPED -> "waived";
            default -> "wait";
        };
    }

    static String word(String verdict) {
        return verdict.isEmpty() ? "To be run" : Character.toUpperCase(verdict.charAt(0)) + verdict.substring(1);
    }
}
