package dev.conduct.work;

import dev.conduct.kernel.Page;
import dev.conduct.procedure.ItemType;
import dev.conduct.shell.View;
import dev.conduct.work.FormView.Option;
import dev.conduct.work.NextSignals.NextSignal;
import dev.conduct.work.RecordPage.Named;
import dev.conduct.work.SavedViews.SavedView;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The records of one line: tabs are saved queries, the query bar is the state of the page, and its address says all.
///
/// @param groups one without a title where the list is not grouped
/// @param mistakes what is wrong with the query
/// @param instead the query that was answered in its place, with words that are there
/// @param begins whether the reader may begin one
/// @param first true when there is no record of this kind at all
/// @param audiences to whom a view can be shown
/// @param reader id of who reads
/// @param took milliseconds
record LinePage(
        ItemType type,
        Counts counts,
        List<Tab> tabs,
        List<Chip> chips,
        String query,
        ListShape shape,
        List<Group> groups,
        @Nullable String next,
        List<String> mistakes,
        @Nullable String instead,
        boolean begins,
        boolean first,
        boolean products,
        List<Option> audiences,
        String reader,
        String clause,
        long took)
        implements View {

    /// @param open how many are open, null when it was not counted
    record Counts(long open, long all, long overrun, long risk) {

        Counts and(Counts more) {
            return new Counts(open + more.open, all + more.all, overrun + more.overrun, risk + more.risk);
        }
    }

    /// @param kept the view somebody keeps, null for those that every line begins with
    record Tab(
            String title,
            String href,
            boolean current,
            @Nullable Long count,
            @Nullable SavedView kept) {}

    /// @param title null where the list is not grouped
    /// @param href the list of this group alone
    record Group(@Nullable String title, long count, String href, List<Row> rows) {

        static Group whole(List<Row> rows) {
            return new Group(null, rows.size(), "", rows);
        }
    }

    /// @param without the address of the page without it
    record Chip(String name, String value, String token, String without) {}

    record Row(
            Item item,
            ItemType.@Nullable Urgency urgency,
            String station,
            int at,
            int of,
            boolean risk,
            @Nullable NextSignal next,
            @Nullable Named assignee,
            Named reporter) {

        String key() {
            return item.key();
        }

        /// As a bulk act sends it: which record, and as of when.
        String token() {
            return item.key() + "@" + item.version();
        }

        String value(String field) {
            return Objects.toString(item.fields().get(field), "");
        }
    }

    /// The kept view that is shown, null when it is none.
    @Nullable
    SavedView shown() {
        return tabs.stream()
                .filter(Tab::current)
                .map(Tab::kept)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// True when what is shown has no tab yet.
    boolean nameless() {
        return tabs.stream().noneMatch(Tab::current) && mistakes.isEmpty();
    }

    List<Row> rows() {
        return groups.stream().flatMap(group -> group.rows().stream()).toList();
    }

    /// How many one act can be for, when the query finds more than is shown.
    boolean more() {
        return next != null
                || groups.stream()
                        .anyMatch(group -> group.count() > group.rows().size());
    }

    String export(String kind) {
        return href() + "/export." + kind + "?q=" + encoded(shape.filters());
    }

    /// The rows whose signal is still to be looked up, as the address that tells them; null when all are there.
    @Nullable
    String missing() {
        var keys = shape.shows("next")
                ? rows().stream()
                        .filter(row -> row.next() == null)
                        .map(row -> "key=" + row.key())
                        .collect(Collectors.joining("&"))
                : "";
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

    String plural() {
        return type.plural().toLowerCase(Locale.ROOT);
    }

    String noun() {
        return type.title().toLowerCase(Locale.ROOT);
    }

    /// Something to ask for, in the words of the procedure: `severity:high, `. Empty where its records have no such
    /// field.
    String example() {
        return type.field(ItemType.Meaning.SEVERITY)
                .filter(field -> !field.options().isEmpty())
                .map(field -> field.name() + ":"
                        + field.options().get(Math.min(1, field.options().size() - 1)) + ", ")
                .orElse("");
    }

    /// The same list in another order; in the one it has, the other way round.
    String sorted(String by) {
        return href(type, QueryChips.sorted(query, by(by) && !reversed() ? "-" + by : by));
    }

    boolean by(String sort) {
        var now = QueryChips.sort(query);
        return now.equals(sort) || now.equals("-" + sort);
    }

    boolean reversed() {
        return QueryChips.sort(query).startsWith("-");
    }

    /// `ascending` or `descending` where the list is in this order, else null.
    @Nullable
    String order(@Nullable String sort) {
        if (sort == null || !by(sort)) {
            return null;
        }
        var newest = sort.equals("created") || sort.equals("updated") || sort.equals("priority");
        return newest == reversed() ? "ascending" : "descending";
    }

    String grouped(String by) {
        return href(type, QueryChips.with(query, ListShape.GROUP, by));
    }

    boolean groupedBy(String by) {
        return Objects.toString(shape.group(), "").equalsIgnoreCase(by);
    }

    /// The same list with a column more, or less.
    String toggled(String column) {
        var names = new ArrayList<>(
                shape.columns().stream().map(ListShape.Column::name).toList());
        if (!names.remove(column)) {
            names.add(column);
        }
        return href(type, QueryChips.with(query, ListShape.COLUMNS, String.join(",", names)));
    }

    String longer() {
        return href(type, query) + "&limit=" + Page.MOST;
    }

    /// The board of the same product.
    String board() {
        return QueryChips.parts(query).stream()
                .filter(part -> part.startsWith(SavedViews.PRODUCT))
                .findFirst()
                .map(part -> href() + "/board?q=" + encoded(part))
                .orElse(href() + "/board");
    }

    static String href(ItemType type, String query) {
        return "/lines/" + type.name() + "?q=" + encoded(query);
    }

    static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }
}
