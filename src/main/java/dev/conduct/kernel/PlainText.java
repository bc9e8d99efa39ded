package dev.conduct.kernel;

/// Text that can be stored faithfully: no NUL (PostgreSQL cannot hold it), no lone surrogate (it has no UTF-8
/// form), not longer than its field allows. What cannot be kept as it is, is refused, never altered.
public final class PlainText {

    private PlainText() {}

    /// Returns the text unchanged.
    ///
    /// @param most the greatest length in UTF-16 units
    /// @throws Problem 400 naming the field and the offset of the character that cannot be kept
    public static String checked(String field, String text, int most) {
        if (text.length() > most) {
            throw Problem.badInput(
                    field,
                    "too_long",
                    "has " + text.length() + " characters; at most " + most + " are kept. Shorten it.");
        }
        for (var i = 0; i < text.length(); i++) {
            var unit = text.charAt(i);
            if (unit == 0) {
                throw Problem.badInput(field, "nul_character", "has a NUL character at offset " + i + ". Remove it.");
            }
            if (Character.isSurrogate(unit)) {
                var paired = Character.isHighSurrogate(unit)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!paired) {
                    throw Problem.badInput(
                            field,
                            "lone_surrogate",
                            "has half a character (U+" + Integer.toHexString(unit) + ") at offset " + i
                                    + ". Send valid Unicode.");
                }
                i++;
            }
        }
        return text;
    }
}
