package dev.conduct.checks;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Whether a text of SQL could leave the transaction that is rolled back in the end. Stricter than the database: a
/// semicolon within a text or a comment is refused too, since how it is read depends on the server's settings.
final class OneStatement {

    private static final Pattern WORD = Pattern.compile("[a-z]+");
    private static final Set<String> CONTROL = Set.of(
            "commit",
            "rollback",
            "begin",
            "start",
            "end",
            "abort",
            "prepare",
            "savepoint",
            "release",
            "set",
            "reset",
            "call",
            "do",
            "copy",
            "discard",
            "lock");

    private OneStatement() {}

    static boolean more(String sql) {
        var bare = sql.strip();
        var within = bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare;
        if (within.contains(";")) {
            return true;
        }
        var uncommented = within.replaceAll("(?s)/\\*.*?\\*/", " ")
                .replaceAll("--[^\\n]*", " ")
                .strip();
        var first = WORD.matcher(uncommented.toLowerCase(Locale.ROOT));
        return first.lookingAt() && CONTROL.contains(first.group());
    }
}
