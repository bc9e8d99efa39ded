package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.shell.View;
import dev.conduct.work.NextSignals.NextSignal;
import dev.conduct.work.RecordPage.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The records of one line: tabs are saved queries, the query bar is the state of the page, and its address says all.
///
/// @param mistakes what is wrong with the query
/// @param instead the query that was answered in its place, with words that are there
/// @param first true when there is no record of this kind at all
/// @param took milliseconds
record LinePage(
        ItemType type,
        Counts counts,
        List<Tab> tabs,
        List<Chip> chips,
        String query,
        List<Row> rows,
        @Nullable String next,
        List<String> mistakes,
        @Nullable String instead,
        boolean first,
        boolean products,
        String clause,
        long took)
        implements View {

    /// @param open how many are open, null when it was not counted
    record Counts(long open, long all, long overrun, long risk) {}

    /// @param saved the id of a view somebody keeps, null for those that every line begins with
    record Tab(
            String title,
            String href,
            boolean current,
            @Nullable Long count,
            @Nullable String saved) {}

    /// The saved view that is shown, null when it is none.
    @Nullable
    Tab shown() {
        return tabs.stream()
                .filter(tab -> tab.current() && tab.saved() != null)
                .findFirst()
                .orElse(null);
    }

    /// True when what is shown has no tab yet.
    boolean nameless() {
        return tabs.stream().noneMatch(Tab::current) && mistakes.isEmpty();
    }

    String export(String kind) {
        return href() + "/export." + kind + "?q=" + encoded(query);
    }

    /// @param without the address of the page without it
    record Chip(String name, String value, String token, String without) {}

    record Row(
            String key,
            String title,
            ItemType.@Nullable Urgency urgency,
            String component,
            String station,
            int at,
            int of,
            @Nullable Instant due,
            boolean risk,
            @Nullable NextSignal next,
            @Nullable Named assignee) {}

    /// The rows whose signal is still to be looked up, as the address that tells them; null when all are there.
    @Nullable
    String missing() {
        var keys = rows.stream()
                .filter(row -> row.next() == null)
                .map(row -> "key=" + row.key())
                .collect(Collectors.joining("&"));
        return keys.isEmpty() ? null : href() + "/signals?" + keys;
    }

    @Override
    public String template() {
        return "work/line-list.jte";
    }

    @Override
    public String title() {
        return type.plural();
    }

    String href() {
        return "/lines/" + type.name();
    }

    /// What the column of urgency is called here.
    String urgency() {
        return type.field(ItemType.Meaning.SEVERITY)
                .or(() -> type.field(ItemType.Meaning.PRIORITY))
                .map(ItemType.Field::title)
                .orElse("Urgency");
    }

    String plural() {
        return type.plural().toLowerCase(java.util.Locale.ROOT);
    }

    String noun() {
        return type.title().toLowerCase(java.util.Locale.ROOT);
    }

    String sorted(String by) {
        return href(type, QueryChips.sorted(query, by));
    }

    boolean by(String sort) {
        return QueryChips.sort(query).equals(sort);
    }

    static String href(ItemType type, String query) {
        return "/lines/" + type.name() + "?q=" + encoded(query);
    }

    static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }
}
