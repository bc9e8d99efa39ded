package dev.conduct.work;

import dev.conduct.work.LinePage.Chip;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A query taken apart for the query bar: each part a chip that can be taken out on its own. What a part means, and
/// whether it is right, the search knows.
final class QueryChips {

    private static final Pattern PART = Pattern.compile("[^\\s\":]+:(?:\"[^\"]*\"?|\\S)+|\"[^\"]*\"?|\\S+");
    private static final String WORDS = "words";

    private QueryChips() {}

    static List<String> parts(String query) {
        return PART.matcher(query).results().map(found -> found.group()).toList();
    }

    /// @param href the page's address without its query
    static List<Chip> of(String query, String href) {
        var parts = parts(query);
        var chips = new ArrayList<Chip>();
        for (var at = 0; at < parts.size(); at++) {
            var rest = new ArrayList<>(parts);
            var part = rest.remove(at);
            var colon = part.startsWith("\"") ? -1 : part.indexOf(':');
            chips.add(new Chip(
                    colon < 0 ? WORDS : part.substring(0, colon),
                    shown(colon < 0 ? part : part.substring(colon + 1)),
                    part,
                    href + "?q=" + LinePage.encoded(String.join(" ", rest))));
        }
        return chips;
    }

    /// The same query in another order.
    static String sorted(String query, String by) {
        return with(query, "sort", by);
    }

    /// The same query with a part of that name replaced, or taken out when the value is empty.
    static String with(String query, String name, String value) {
        var parts = new ArrayList<>(parts(query));
        parts.removeIf(part -> part.startsWith(name + ":"));
        if (!value.isEmpty()) {
            parts.add(name + ":" + value);
        }
        return String.join(" ", parts);
    }

    /// The order it asks for; the latest change first when it asks for none.
    static String sort(String query) {
        return parts(query).stream()
                .filter(part -> part.startsWith("sort:"))
                .map(part -> part.substring("sort:".length()))
                .findFirst()
                .orElse("updated");
    }

    private static String shown(String value) {
        return value.startsWith("!") ? "not " + value.substring(1).replace(",", " or ") : value.replace(",", " or ");
    }
}
