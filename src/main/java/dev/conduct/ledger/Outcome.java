package dev.conduct.ledger;

import java.util.Locale;

/// How an act ended. A refusal is an event too.
public enum Outcome {
    SUCCESS,
    DENIED,
    ERROR;

    /// As entries, the database and the API write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Outcome of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
