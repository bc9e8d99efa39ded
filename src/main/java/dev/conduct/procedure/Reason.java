package dev.conduct.procedure;

import java.util.Locale;

/// Why a transition is held, or what was noticed when the gate only observes or warns.
///
/// @param gate the gate's name
/// @param title what the signal is called on the page
/// @param says what is missing
/// @param fix what to do about it
public record Reason(String clause, Kind kind, String gate, String title, String says, String fix, ItemType.Mode mode) {

    /// The three words for evidence, and the rest.
    public enum Kind {
        MISSING,
        STALE,
        OTHER_BUILD,
        ROLE,
        SEPARATION,
        FIELD;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
