package dev.conduct.keys;

import java.util.Locale;

/// What a keyset is for. Each has keys of its own, so that one can be rotated, and lost, without the others.
public enum Purpose {
    /// What the server must read back to work: seeds of authenticators, signing keys, credentials of other systems.
    SECRETS("Secrets the server works with"),
    /// The keys of subjects, under which personal values and what people wrote are encrypted.
    SUBJECTS("Keys of people and records"),
    /// The keys of attached files.
    FILES("Attached files"),
    /// Codes by which an encrypted value can be found again, and nothing else about it.
    INDEXES("Look-up of encrypted values");

    private final String says;

    Purpose(String says) {
        this.says = says;
    }

    public String says() {
        return says;
    }

    /// As the database, the API and the command line write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
