package dev.conduct.source;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds the keys of records in what people write about code, and says where: the place that says most wins.
final class Mentioned {

    /// A text with more keys than this is a list of changes, not work on each of them.
    private static final int MOST = 20;

    private static final Pattern KEY =
            Pattern.compile("(?<![A-Za-z0-9])([A-Z][A-Z0-9]{1,9})-([1-9][0-9]{0,9})(?![0-9A-Za-z])");
    private static final Pattern BRANCH_KEY =
            Pattern.compile("(?<![A-Za-z0-9])([A-Za-z][A-Za-z0-9]{1,9})-([1-9][0-9]{0,9})(?![0-9A-Za-z])");
    private static final Pattern TRAILER = Pattern.compile(
            "(?m)^(?:Refs?|Fixes|Fix|Closes|Resolves|Issue|Item|Bug|Work)\\s*[:#]\\s*(.+)$", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> places = new LinkedHashMap<>();
    private final Set<String> products;

    /// @param products whose keys count; `UTF-8` is no record
    Mentioned(Set<String> products) {
        this.products = products;
    }

    /// The branch may write them small: `feature/app-12-fix`.
    Mentioned branch(String branch) {
        find(BRANCH_KEY, branch, "branch");
        return this;
    }

    Mentioned title(String title) {
        find(KEY, title, "title");
        return this;
    }

    /// The whole message of a commit, or the description of a change.
    Mentioned message(String message) {
        TRAILER.matcher(message).results().limit(MOST).forEach(found -> find(BRANCH_KEY, found.group(1), "trailer"));
        find(KEY, message, "message");
        return this;
    }

    /// Where each key was found, at most twenty.
    Map<String, String> places() {
        return Map.copyOf(places);
    }

    private void find(Pattern pattern, String text, String place) {
        var matcher = pattern.matcher(text);
        while (places.size() < MOST && matcher.find()) {
            var product = matcher.group(1).toUpperCase(Locale.ROOT);
            if (products.contains(product)) {
                places.putIfAbsent(product + "-" + matcher.group(2), place);
            }
        }
    }
}
