package dev.conduct.procedure;

/// Judges: a pure function of the case, the procedure and the moment. Reads no clock and no database.
public final class Gates {

    private Gates() {}

    /// @throws IllegalArgumentException when the type has no such transition
    public static Signal.Verdict judge(Procedure procedure, Case item, Case.Attempt attempt) {
        throw new UnsupportedOperationException("being built");
    }

    /// The gates of creation, judged on the fields as sent.
    public static Signal.Verdict judgeCreation(Procedure procedure, Case item, Case.Attempt attempt) {
        throw new UnsupportedOperationException("being built");
    }
}
