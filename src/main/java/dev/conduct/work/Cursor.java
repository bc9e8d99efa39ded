package dev.conduct.work;

import dev.conduct.kernel.Problem;
import dev.conduct.work.ItemQuery.Sort;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a page of items ended.
///
/// @param value of the last row's column that the list is sorted by
record Cursor(Sort sort, String value, String key) {

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T[0-9:.]{5,15}Z|infinity");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");
    private static final Pattern RANK = Pattern.compile("\\d{1,4}");
    private static final Pattern KEY = Pattern.compile("[A-Z][A-Z0-9]{1,9}-\\d{1,18}");

    String written() {
        var text = sort.name().toLowerCase(Locale.ROOT) + " " + value + " " + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws Problem 400 when it is not one that a list of this order gave
    static Cursor read(String written, Sort sort) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(written), StandardCharsets.UTF_8).split(" ", -1);
            var ranked = sort == Sort.PRIORITY || sort == Sort.LEAST_URGENT;
            var pattern = ranked ? RANK : TIME;
            if (parts.length == 3
                    && parts[0].equals(sort.name().toLowerCase(Locale.ROOT))
                    && pattern.matcher(parts[1]).matches()
                    && (ranked || isMoment(parts[1]))
                    && KEY.matcher(parts[2]).matches()) {
                return new Cursor(sort, parts[1], parts[2]);
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw Problem.badInput("cursor", "not_a_cursor", "is not one that this list gave. Leave it out to begin anew.");
    }

    private static boolean isMoment(String value) {
        try {
            return value.equals("infinity") || Instant.parse(value).isBefore(LATEST);
        } catch (DateTimeParseException noMoment) {
            return false;
        }
    }
}
