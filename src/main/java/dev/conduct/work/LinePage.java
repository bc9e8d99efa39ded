package dev.conduct.work;

import dev.conduct.procedure.ItemType;
import dev.conduct.shell.View;
import dev.conduct.work.RecordPage.Named;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The records of one line: tabs are saved queries, the query bar is the state of the page, and its address says all.
///
/// @param words what remains of the query beside its chips
/// @param mistake what is wrong with the query, null when nothing is
/// @param first true when there is no record of this kind at all
/// @param took milliseconds
record LinePage(
        ItemType type,
        Counts counts,
        List<Tab> tabs,
        List<Chip> chips,
        String query,
        String sort,
        List<Row> rows,
        @Nullable String next,
        @Nullable String mistake,
        boolean first,
        boolean products,
        String clause,
        long took)
        implements View {

    /// @param open how many are open, null when it was not counted
    record Counts(long open, long all, long overrun, long risk) {}

    record Tab(
            String title,
            String href,
            boolean current,
            @Nullable Long count) {}

    /// @param without the address of the page without it
    record Chip(String name, String value, String token, String without) {}

    record Row(
            String key,
            String title,
            @Nullable String severity,
            String component,
            String station,
            int at,
            int of,
            @Nullable Instant due,
            @Nullable Named assignee) {}

    @Override
    public String template() {
        return "work/line-list.jte";
    }

    @Override
    public String title() {
        return type.plural();
    }

    @Override
    public HttpStatus status() {
        return mistake == null ? HttpStatus.OK : HttpStatus.BAD_REQUEST;
    }

    String href() {
        return "/lines/" + type.name();
    }

    String plural() {
        return type.plural().toLowerCase(java.util.Locale.ROOT);
    }

    String noun() {
        return type.title().toLowerCase(java.util.Locale.ROOT);
    }

    String sorted(String by) {
        return href() + "?q=" + encoded(query) + "&sort=" + by;
    }

    static String encoded(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }
}
