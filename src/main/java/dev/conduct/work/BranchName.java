package dev.conduct.work;

import java.text.Normalizer;
import java.util.Locale;

/// What a branch is called that changes something for an item: its type, its key and the beginning of its title, in
/// characters that every shell and every host of repositories takes.
final class BranchName {

    private static final int MOST = 40;

    private BranchName() {}

    static String of(Item item) {
        var slug = slug(item.title());
        return item.type() + "/" + item.key() + (slug.isEmpty() ? "" : "-" + slug);
    }

    /// Cut at the end of a word.
    private static String slug(String title) {
        var plain = Normalizer.normalize(title.replace("ß", "ss"), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        if (plain.length() <= MOST) {
            return plain;
        }
        var word = plain.lastIndexOf('-', MOST);
        return plain.substring(0, word > 0 ? word : MOST);
    }
}
