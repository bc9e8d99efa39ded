package dev.conduct.work;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What a sender called a file: shown and given back, never used as a path.
///
/// @param text without folders, control and direction characters, never empty, at most 200 characters
record FileName(String text) {

    private static final int MOST = 200;
    private static final int EXTENSION = 16;
    private static final String ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~";

    static FileName of(String given) {
        var name = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
        var kept = new StringBuilder();
        name.codePoints().filter(FileName::shown).forEach(kept::appendCodePoint);
        var text = shortened(kept.toString().strip());
        return new FileName(text.isEmpty() || text.chars().allMatch(unit -> unit == '.') ? "file" : text);
    }

    /// RFC 6266: plain characters for old readers, then the whole name in UTF-8.
    String disposition() {
        var plain = text.replaceAll("[^A-Za-z0-9 ._()+-]", "_");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded();
    }

    private String encoded() {
        var encoded = new StringBuilder();
        for (var octet : text.getBytes(StandardCharsets.UTF_8)) {
            var character = (char) (octet & 0xFF);
            var plain = character < 128
                    && (Character.isLetterOrDigit(character) || ATTRIBUTE_CHARACTERS.indexOf(character) >= 0);
            if (plain) {
                encoded.append(character);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return encoded.toString();
    }

    /// No control character, none that turns the direction of text or cannot be seen, no half of a pair.
    private static boolean shown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /// Keeps the extension of a name that is too long.
    private static String shortened(String text) {
        if (text.length() <= MOST) {
            return text;
        }
        var dot = text.lastIndexOf('.');
        var extension = dot >= text.length() - EXTENSION ? text.substring(dot) : "";
        return whole(text.substring(0, MOST - extension.length())) + extension;
    }

    private static String whole(String text) {
        return Character.isHighSurrogate(text.charAt(text.length() - 1)) ? text.substring(0, text.length() - 1) : text;
    }
}
