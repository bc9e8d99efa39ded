package dev.conduct.activity;

import dev.conduct.shell.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The log, the newest first, as far as the reader may see it.
///
/// @param all whether they see what everybody did
/// @param events every kind of event there is, by action and word
/// @param next address of what came before these, null at the beginning
record LogPage(
        LogQuery query,
        List<LogRow> rows,
        @Nullable String next,
        boolean all,
        long sealed,
        @Nullable Instant began,
        List<Kind> events,
        LogTabs tabs)
        implements View {

    record Kind(String action, String word) {}

    @Override
    public String template() {
        return "activity/log.jte";
    }

    @Override
    public String title() {
        return (query.mistakes().isEmpty() ? "" : "Error: ") + "Audit log";
    }

    @Override
    public HttpStatus status() {
        return query.mistakes().isEmpty() ? HttpStatus.OK : HttpStatus.BAD_REQUEST;
    }

    String export(String kind) {
        return "/log/export." + kind + "?q=" + LogQuery.encoded(query.text());
    }
}
