package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import dev.conduct.ledger.Wanted;
import dev.conduct.work.CsvLine;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/// What a query finds in the log as a file, the newest first, up to a limit that is said. Free text and personal values
/// stay behind.
@Controller
class LogExports {

    static final int MOST = 100_000;

    private static final int AT_ONCE = 1_000;

    private final LogReader log;
    private final JsonMapper json;

    LogExports(LogReader log, JsonMapper json) {
        this.log = log;
        this.json = json;
    }

    private interface Rows {
        void write(List<ActivityApi.Act> acts) throws IOException;
    }

    @GetMapping("/log/export.csv")
    void csv(@RequestParam(name = "q", defaultValue = "") String query, Actor actor, HttpServletResponse response)
            throws IOException {
        var wanted = wanted(query, actor);
        var first = log.page(wanted, AT_ONCE, null, actor);
        var out = begin(response, "text/csv", "log.csv");
        out.print(CsvLine.of(List.of(
                "entry",
                "id",
                "recorded_at",
                "occurred_at",
                "actor",
                "actor_name",
                "via",
                "action",
                "object",
                "object_version",
                "outcome",
                "clause",
                "procedure",
                "data")));
        each(wanted, first, actor, acts -> acts.forEach(act -> out.print(CsvLine.of(cells(act)))));
        out.flush();
    }

    @GetMapping("/log/export.json")
    void json(@RequestParam(name = "q", defaultValue = "") String query, Actor actor, HttpServletResponse response)
            throws IOException {
        var wanted = wanted(query, actor);
        var first = log.page(wanted, AT_ONCE, null, actor);
        var out = begin(response, "application/json", "log.json");
        out.print("[");
        var begun = new boolean[1];
        each(
                wanted,
                first,
                actor,
                acts -> acts.forEach(act -> {
                    out.print(begun[0] ? ",\n" : "\n");
                    begun[0] = true;
                    out.print(json.writeValueAsString(act));
                }));
        out.print("\n]\n");
        out.flush();
    }

    private Wanted wanted(String text, Actor actor) {
        var query = log.query(text, actor);
        if (!query.mistakes().isEmpty()) {
            throw Problem.badInput(query.mistakes());
        }
        return query.wanted();
    }

    private void each(Wanted wanted, Page<Event> first, Actor actor, Rows rows) throws IOException {
        var page = first;
        for (var written = 0; ; ) {
            var names = log.names(page.items());
            rows.write(page.items().stream()
                    .map(event -> ActivityApi.Act.of(event, names))
                    .toList());
            written += page.items().size();
            var next = page.next();
            if (next == null || written >= MOST) {
                return;
            }
            page = log.page(wanted, AT_ONCE, Long.valueOf(next), actor);
        }
    }

    private List<String> cells(ActivityApi.Act act) {
        return Arrays.asList(
                text(act.entry()),
                act.id(),
                act.recordedAt(),
                act.occurredAt(),
                act.actor(),
                act.actorName(),
                act.via(),
                act.action(),
                act.object(),
                text(act.objectVersion()),
                act.outcome(),
                text(act.clause()),
                text(act.procedure()),
                json.writeValueAsString(act.data()));
    }

    private static String text(@Nullable Object value) {
        return Objects.toString(value, "");
    }

    private static PrintWriter begin(HttpServletResponse response, String kind, String file) throws IOException {
        response.setContentType(kind + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return response.getWriter();
    }
}
