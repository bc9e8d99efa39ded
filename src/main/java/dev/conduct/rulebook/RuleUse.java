package dev.conduct.rulebook;

/// How often a gate or a clock was used in some days.
///
/// @param clause id of the clause it was judged by
/// @param control `bug.approve_review.reviewed_by_another`, `bug.report.severity_given`, `bug.clock.fix`
/// @param kept steps taken with what it asks
/// @param refused steps it refused
/// @param letPass steps it let pass without, because it only observes or warns
/// @param overridden steps by exception
/// @param overrun clocks that ran out
record RuleUse(String clause, String control, long kept, long refused, long letPass, long overridden, long overrun) {

    static RuleUse none(String clause, String control) {
        return new RuleUse(clause, control, 0, 0, 0, 0, 0);
    }

    static String gate(String type, String transition, String gate) {
        return type + "." + transition + "." + gate;
    }

    static String clock(String type, String clock) {
        return type + ".clock." + clock;
    }

    RuleUse plus(RuleUse more) {
        return new RuleUse(
                clause,
                control,
                kept + more.kept,
                refused + more.refused,
                letPass + more.letPass,
                overridden + more.overridden,
                overrun + more.overrun);
    }

    /// Steps that were taken under it.
    long steps() {
        return kept + letPass + overridden;
    }

    /// Whole percent of the steps that had what it asks, rounded down so that 100 means all; -1 without steps.
    long percent() {
        return steps() == 0 ? -1 : kept * 100 / steps();
    }
}
