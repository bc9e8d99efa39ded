package dev.conduct.work;

import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything one may see that holds some words: records first, then what they are about and who works on them.
///
/// @param product key of the only one looked through, empty for all
/// @param near true when no record holds the words, and those shown are near to them
/// @param common true when the words are in nearly every text
/// @param list where the same is looked for in a list, which can be filtered further
/// @param took milliseconds
record SearchPage(
        String query,
        String product,
        List<Row> records,
        List<Group> groups,
        boolean near,
        boolean common,
        String list,
        long took)
        implements View {

    /// @param author who said it, empty where the words stand in the record's own text
    record Row(
            Item item,
            String type,
            String icon,
            Marked title,
            @Nullable Marked text,
            String author,
            String station,
            int at,
            int of) {}

    record Group(String title, List<Other> others) {}

    /// Something that is no record.
    ///
    /// @param mark its number, empty for none
    record Other(String kind, String icon, String mark, Marked title, String aside, String href) {}

    /// The same through every product.
    String whole() {
        return "/find?q=" + LinePage.encoded(query) + "&product=";
    }

    boolean nothing() {
        return records.isEmpty() && groups.isEmpty();
    }

    @Override
    public String template() {
        return "work/search.jte";
    }

    @Override
    public String title() {
        return query.isEmpty() ? "Search" : query + ", search";
    }
}
