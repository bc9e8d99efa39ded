package dev.conduct.mail;

import jakarta.mail.internet.MimeMessage;
import java.util.Collection;
import java.util.UUID;

/// Brings letters out of the house.
interface Carrier {

    /// `smtp` or `folder`
    String name();

    /// A connection for some letters; what it says is kept with each.
    Run begin() throws Failure;

    /// Takes away what it keeps of letters itself.
    default void forget(Collection<UUID> letters) {}

    /// Letters carried one after the other.
    interface Run extends AutoCloseable {

        /// @param id of the letter
        /// @return what the other side said
        String carry(UUID id, MimeMessage letter, String to) throws Failure;

        @Override
        void close();
    }

    /// A letter was not taken.
    final class Failure extends Exception {

        private final boolean forGood;

        /// @param forGood true when trying again is of no use
        Failure(String says, boolean forGood) {
            super(says);
            this.forGood = forGood;
        }

        boolean forGood() {
            return forGood;
        }

        String says() {
            return String.valueOf(getMessage());
        }
    }
}
