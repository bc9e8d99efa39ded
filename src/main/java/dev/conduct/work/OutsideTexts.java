package dev.conduct.work;

import dev.conduct.shell.Markdown;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Texts of a record as customers read them: its files lead to their own entrance, and those they may open are shown.
///
/// @param key of the record
/// @param files ids of those they may open
record OutsideTexts(String key, Set<String> files) implements Markdown.References {

    private static final Pattern FILE =
            Pattern.compile("/items/([A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8})/attachments/([0-9a-f-]{36})");
    private static final Pattern NO_NAMES = Pattern.compile("(?!)");

    /// The files of this record that a text names.
    static Set<String> named(String key, String text) {
        return FILE.matcher(text)
                .results()
                .filter(found -> found.group(1).equals(key))
                .map(found -> found.group(2))
                .collect(java.util.stream.Collectors.toCollection(java.util.TreeSet::new));
    }

    String html(String text) {
        return Markdown.html(FILE.matcher(text).replaceAll("/portal/requests/$1/files/$2"), this);
    }

    @Override
    public @Nullable String image(String destination) {
        var at = "/portal/requests/" + key + "/files/";
        return destination.startsWith(at) && files.contains(destination.substring(at.length()))
                ? destination + "/image"
                : null;
    }

    @Override
    public Pattern names() {
        return NO_NAMES;
    }

    @Override
    public @Nullable String address(String name) {
        return null;
    }
}
