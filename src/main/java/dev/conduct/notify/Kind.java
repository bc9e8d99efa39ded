package dev.conduct.notify;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why somebody is told, the most personal first: of several reasons the first counts.
enum Kind {
    MENTION("Somebody mentions you", ByMail.AT_ONCE),
    ASSIGNMENT("A record is assigned to you", ByMail.AT_ONCE),
    EXCEPTION("An exception asks for your word, or yours was decided", ByMail.AT_ONCE),
    DUTY("You owe a follow-up", ByMail.AT_ONCE),
    CLOCK_BREACHED("A clock of yours ran out", ByMail.AT_ONCE),
    CLOCK_AT_RISK("A clock of yours is at risk", ByMail.AT_ONCE),
    WATCHED("Something you watch changed", ByMail.DIGEST);

    private final String title;
    private final ByMail usual;

    Kind(String title, ByMail usual) {
        this.title = title;
        this.usual = usual;
    }

    /// When a letter tells of it; the inbox always does.
    enum ByMail {
        AT_ONCE("At once"),
        DIGEST("Once a day"),
        NEVER("Never");

        private final String title;

        ByMail(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<ByMail> of(String word) {
            return Arrays.stream(values())
                    .filter(one -> one.word().equals(word))
                    .findFirst();
        }
    }

    String title() {
        return title;
    }

    ByMail usual() {
        return usual;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
