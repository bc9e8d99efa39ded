package dev.conduct.quality;

import com.google.re2j.Pattern;
import dev.conduct.kernel.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which component a file or a test belongs to, by patterns of paths: the longest that fits decides. A pattern fits
/// from any folder on, and what lies in a folder it names belongs to it too; `*` stands for a part of one name, `**`
/// for any folders. A test's suite counts as a path whose dots are slashes. People write the patterns and builds the
/// paths, so they are matched by RE2, in time that grows with the path and no faster.
final class PathRules {

    private static final Pattern PATTERN = Pattern.compile("[\\w.*/@+ -]{1,200}");
    private static final int MOST_STARS = 6;

    record Rule(String component, String pattern) {}

    private record Compiled(String component, Pattern pattern) {}

    private final List<Compiled> rules = new ArrayList<>();

    PathRules(List<Rule> rules) {
        rules.stream()
                .sorted(Comparator.comparingInt((Rule rule) -> -rule.pattern().length())
                        .thenComparing(Rule::component))
                .forEach(rule -> this.rules.add(new Compiled(rule.component(), compiled(rule.pattern()))));
    }

    /// @throws Problem 400 when it is no pattern
    static String checked(String pattern) {
        var bare = pattern.strip().replaceAll("^/+|/+$", "");
        if (!PATTERN.matcher(bare).matches()
                || bare.chars().filter(letter -> letter == '*').count() > MOST_STARS) {
            throw Problem.badInput(
                    "patterns",
                    "not_a_path",
                    "has a line that is no path. Write folders or files such as src/pay or **/ledger/*.java,"
                            + " at most 200 characters and 6 stars each.");
        }
        return bare;
    }

    private static Pattern compiled(String pattern) {
        var regex = new StringBuilder("(?:.*/)?");
        for (var at = 0; at < pattern.length(); at++) {
            if (pattern.startsWith("**", at)) {
                regex.append(".*");
                at += 1;
            } else if (pattern.charAt(at) == '*') {
                regex.append("[^/]*");
            } else {
                regex.append(Pattern.quote(pattern.substring(at, at + 1)));
            }
        }
        return Pattern.compile(regex.append("(?:/.*)?").toString());
    }

    /// Empty when no rule fits.
    String component(String path) {
        for (var rule : rules) {
            if (rule.pattern().matcher(path).matches()) {
                return rule.component();
            }
        }
        return "";
    }

    String componentOfSuite(String suite) {
        return component(suite.replace('.', '/'));
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }
}
