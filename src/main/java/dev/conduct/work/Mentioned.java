package dev.conduct.work;

import dev.conduct.shell.Markdown;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The records that the texts of one page name, as far as its reader sees them, and the images they show.
///
/// @param items by key
record Mentioned(Map<String, Item> items) implements Markdown.References {

    /// A page looks up no more than so many names.
    static final int MOST = 100;

    private static final Pattern KEY =
            Pattern.compile("(?<![\\p{L}\\p{N}_/.#-])[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}(?![\\p{L}\\p{N}_-])");
    private static final Pattern FILE =
            Pattern.compile("/items/[A-Z][A-Z0-9]{1,9}-[1-9][0-9]{0,8}/attachments/[0-9a-f-]{36}");

    static Set<String> in(Collection<String> texts) {
        var keys = new LinkedHashSet<String>();
        for (var text : texts) {
            var found = KEY.matcher(text);
            while (found.find() && keys.size() < MOST) {
                keys.add(found.group());
            }
        }
        return keys;
    }

    @Override
    public @Nullable String image(String destination) {
        return FILE.matcher(destination).matches() ? destination + "/image" : null;
    }

    @Override
    public Pattern names() {
        return KEY;
    }

    @Override
    public @Nullable String address(String name) {
        return items.containsKey(name) ? "/items/" + name : null;
    }
}
