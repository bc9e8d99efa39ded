package dev.conduct.work;

import dev.conduct.kernel.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/// `ETag` and `If-Match`: the version of an item in quotes.
final class Versions {

    private static final Pattern TAG = Pattern.compile("(?:W/)?\"(\\d{1,18})\"");

    private Versions() {}

    static ResponseEntity<ItemAnswer> tagged(ItemAnswer item) {
        return ResponseEntity.ok().eTag("\"" + item.version() + "\"").body(item);
    }

    /// @return null for any version
    static @Nullable Long expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        var tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw Problem.badInput("If-Match", "not_a_tag", "must be the ETag of the item, such as \"3\", or *.");
        }
        return Long.valueOf(tag.group(1));
    }
}
