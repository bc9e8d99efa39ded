package dev.conduct.work;

import dev.conduct.shell.View;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What can be gone to or done by its words: on the open record first, then records, pages and clauses.
record PalettePage(List<Group> groups) implements View {

    record Group(String title, List<Option> options) {}

    /// @param mark the number of a record or clause, null for none
    /// @param held how many signals hold it
    /// @param aside its key, where it stands, or why it is held
    /// @param press which control of the open page it presses, null when it leads to `href`; not shown without it
    record Option(
            String icon,
            @Nullable String mark,
            String says,
            String href,
            int held,
            String aside,
            @Nullable String press) {

        Option(String icon, @Nullable String mark, String says, String href, int held, String aside) {
            this(icon, mark, says, href, held, aside, null);
        }

        /// Whether each of the words begins one of its own.
        boolean means(List<String> words) {
            var own = Searching.words(says);
            return words.stream().allMatch(word -> own.stream().anyMatch(one -> one.startsWith(word)));
        }

        /// Whether each of the words stands in it somewhere.
        boolean holds(List<String> words) {
            return words.stream().allMatch(says.toLowerCase(Locale.ROOT)::contains);
        }
    }

    @Override
    public String template() {
        return "work/palette.jte";
    }

    @Override
    public String title() {
        return "Commands";
    }
}
