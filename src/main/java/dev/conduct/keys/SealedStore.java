package dev.conduct.keys;

import java.util.Map;

/// Somewhere values lie encrypted under the keys of one purpose. A module that keeps such values has a bean of this;
/// rotation brings them under the newest key, and the page of the keys counts them.
public interface SealedStore {

    /// The key of what is not encrypted yet.
    long PLAIN = -1;

    /// The id of the key that stands before a ciphertext or a code.
    static long keyOf(byte[] head) {
        return Secrets.keyOf(head);
    }

    Purpose purpose();

    /// In words, for people: "Seeds of authenticators".
    String says();

    /// How many values lie under which key, by its id; under [#PLAIN] what is not encrypted yet.
    Map<Long, Long> perKey();

    /// Brings some values that are not under the newest key under it, in the caller's transaction, past rows that
    /// somebody else is changing.
    ///
    /// @return how many; 0 when none was found
    int renew(int most);
}
