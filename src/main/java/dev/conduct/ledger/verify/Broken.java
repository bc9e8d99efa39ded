package dev.conduct.ledger.verify;

import org.jspecify.annotations.Nullable;

/// The first thing that does not hold.
public final class Broken extends Exception {

    private final @Nullable Long entry;

    Broken(@Nullable Long entry, String says) {
        super(says);
        this.entry = entry;
    }

    static Broken at(long entry, String says) {
        return new Broken(entry, says);
    }

    /// The index of the first entry that does not hold; null when it is not about one entry.
    public @Nullable Long entry() {
        return entry;
    }

    public String says() {
        return String.valueOf(getMessage());
    }
}
