package dev.conduct.work;

import dev.conduct.shell.View;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be gone to or done by its words: on the open record first, then records, pages and clauses.
record PalettePage(List<Group> groups) implements View {

    record Group(String title, List<Option> options) {}

    /// @param mark the number of a record or clause, null for none
    /// @param held how many signals hold it
    /// @param aside its key, where it stands, or why it is held
    record Option(String icon, @Nullable String mark, String says, String href, int held, String aside) {}

    @Override
    public String template() {
        return "work/palette.jte";
    }

    @Override
    public String title() {
        return "Commands";
    }
}
