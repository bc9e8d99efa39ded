package dev.conduct.database;

/// Conduct cannot start, and the operator can do something about it. The message says what is wrong and what to do;
/// it is shown alone, without a stack trace.
public final class StartRefused extends RuntimeException {

    public StartRefused(String says) {
        super(says);
    }

    public StartRefused(String says, Throwable cause) {
        super(says, cause);
    }
}
