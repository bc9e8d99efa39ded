package dev.conduct.replies;

import java.util.Locale;

/// What was thought of a mail.
enum Verdict {
    /// It is a comment now.
    TAKEN("clear", "Became a comment."),
    /// A program sent it by itself: an answer to it could go on for ever.
    AUTOMATIC("wait", "A program sent it by itself."),
    /// It names no letter of ours, or one that is too old.
    UNKNOWN("caution", "It answers no letter that can still be answered."),
    /// Our mail server does not say that it is from whom it says.
    UNVERIFIED("caution", "The mail server does not confirm its sender."),
    /// It is from somebody else than the letter was written to.
    STRANGER("stop", "It came from another address than the letter went to."),
    /// Whoever answers may not, or wrote what is not taken.
    REFUSED("caution", ""),
    UNREADABLE("caution", "");

    private final String tone;
    private final String says;

    Verdict(String tone, String says) {
        this.tone = tone;
        this.says = says;
    }

    String tone() {
        return tone;
    }

    String says() {
        return says;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Verdict of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
