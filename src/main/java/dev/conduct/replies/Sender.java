package dev.conduct.replies;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Whether our own mail server confirms that a mail is from the domain it says, by DMARC (RFC 7489). Only the newest
/// line it wrote counts: whoever sends can write such lines too, and they stand below.
final class Sender {

    private static final Pattern COMMENT = Pattern.compile("\\([^()]*\\)");
    private static final Pattern PASSED = Pattern.compile("dmarc\\s*=\\s*pass\\b.*");
    private static final Pattern DOMAIN = Pattern.compile("\\bheader\\.from\\s*=\\s*\"?([^\\s\";]+)");

    private Sender() {}

    /// @param results the lines of `Authentication-Results`, the newest first
    static boolean confirmed(String from, List<String> results, String verifier) {
        var domain = from.substring(from.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        for (var line : results) {
            var parts = COMMENT.matcher(line)
                    .replaceAll(" ")
                    .toLowerCase(Locale.ROOT)
                    .split(";", -1);
            if (!parts[0].strip().split("\\s+")[0].equals(verifier.toLowerCase(Locale.ROOT))) {
                continue;
            }
            for (var i = 1; i < parts.length; i++) {
                var result = parts[i].strip();
                if (result.startsWith("dmarc")) {
                    var named = DOMAIN.matcher(result);
                    return PASSED.matcher(result).matches()
                            && named.find()
                            && named.group(1).equals(domain);
                }
            }
        }
        return false;
    }
}
