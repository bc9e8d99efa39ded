package dev.conduct.quality.reading;

import dev.conduct.kernel.Problem;

/// Why a report is not taken, in one sentence for the person who sent it.
final class Refusal {

    private Refusal() {}

    static Problem of(String code, String says) {
        return Problem.badInput("report", code, says);
    }

    /// @param looksLike what it seems to be, with its article
    static Problem unknown(String looksLike) {
        return of("unknown_kind", "This looks like " + looksLike + ". Accepted are " + ReportKind.accepted() + ".");
    }

    static Problem broken(String how) {
        return of("broken_report", "The report cannot be read: " + how + ". Nothing of it was kept.");
    }
}
