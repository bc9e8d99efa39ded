package dev.conduct.scim;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Filters of the form `attribute eq "value" and …` (RFC 7644, 3.4.2.2): what directories ask when they look whether
/// somebody is here already.
final class ScimFilter {

    private static final Pattern TERM = Pattern.compile(
            "\\s*([A-Za-z][A-Za-z0-9:._$-]{0,200}?)\\s+(?i:eq)\\s+(\"((?:[^\"\\\\]|\\\\.)*)\"|true|false|null)\\s*");
    private static final Pattern AND = Pattern.compile("\\G(?i:and)\\s");
    private static final int MOST = 2_000;

    private ScimFilter() {}

    /// Attributes in small letters, without the prefix of their schema, and the values they must have.
    static Map<String, String> parse(@Nullable String filter) {
        var wanted = new LinkedHashMap<String, String>();
        if (filter == null || filter.isBlank()) {
            return wanted;
        }
        if (filter.indexOf(0) >= 0 || filter.length() > MOST) {
            throw refusal("It has at most " + MOST + " characters, and no NUL.");
        }
        var term = TERM.matcher(filter);
        var at = 0;
        while (true) {
            if (!term.region(at, filter.length()).lookingAt()) {
                throw refusal("At character " + at + ".");
            }
            var name = term.group(1).toLowerCase(Locale.ROOT);
            var value = term.group(3) == null ? term.group(2) : term.group(3).replaceAll("\\\\(.)", "$1");
            var known = wanted.putIfAbsent(name.substring(name.lastIndexOf(':') + 1), value);
            if (known != null && !known.equals(value)) {
                throw refusal("One attribute cannot have two values.");
            }
            at = term.end();
            if (at == filter.length()) {
                return wanted;
            }
            var and = AND.matcher(filter);
            if (!and.find(at)) {
                throw refusal("At character " + at + ".");
            }
            at = and.end();
        }
    }

    static ScimRefusal refusal(String why) {
        return new ScimRefusal(
                400,
                "invalidFilter",
                "Filters are of the form: attribute eq \"value\" and attribute eq \"value\". " + why);
    }
}
