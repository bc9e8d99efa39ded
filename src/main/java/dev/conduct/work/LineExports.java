package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.ItemType;
import dev.conduct.procedure.Procedures;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.json.JsonMapper;

/// A list as a file: every row its query finds, up to a limit that is said.
@Controller
class LineExports {

    static final int MOST = 10_000;

    private final ItemLists lists;
    private final Procedures procedures;
    private final People people;
    private final JsonMapper json;
    private final InstantSource time;

    LineExports(ItemLists lists, Procedures procedures, People people, JsonMapper json, InstantSource time) {
        this.lists = lists;
        this.procedures = procedures;
        this.people = people;
        this.json = json;
        this.time = time;
    }

    /// Takes the rows as they are read, a page at a time.
    private interface Rows {
        void write(List<Item> items, PageNames names) throws IOException;
    }

    @GetMapping("/lines/{type}/export.csv")
    void csv(
            @PathVariable("type") String name,
            @RequestParam(name = "q", defaultValue = "") String query,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        var type = type(name);
        var fields = type.fields().values().stream().map(ItemType.Field::name).toList();
        var first = first(name, query, actor);
        var out = begin(response, "text/csv", name + ".csv");
        var head = new ArrayList<>(
                List.of("key", "title", "state", "assignee", "reporter", "created_at", "updated_at", "due_at"));
        head.addAll(fields);
        out.print(CsvLine.of(head));
        each(name, query, first, actor, (items, names) -> {
            for (var item : items) {
                out.print(CsvLine.of(cells(item, names, fields)));
            }
        });
        out.flush();
    }

    @GetMapping("/lines/{type}/export.json")
    void json(
            @PathVariable("type") String name,
            @RequestParam(name = "q", defaultValue = "") String query,
            Actor actor,
            HttpServletResponse response)
            throws IOException {
        type(name);
        var first = first(name, query, actor);
        var out = begin(response, "application/json", name + ".json");
        out.print("[");
        var begun = new boolean[1];
        each(name, query, first, actor, (items, names) -> {
            for (var item : items) {
                out.print(begun[0] ? ",\n" : "\n");
                begun[0] = true;
                out.print(json.writeValueAsString(ItemAnswer.of(item)));
            }
        });
        out.print("\n]\n");
        out.flush();
    }

    /// Before anything is sent, so that a mistake in the query is still a page that says so.
    private Page<Item> first(String type, String query, Actor actor) {
        return lists.page("type:" + type + " " + query, Page.MOST, null, actor);
    }

    private void each(String type, String query, Page<Item> first, Actor actor, Rows rows) throws IOException {
        var page = first;
        for (var written = 0; ; ) {
            var names = PageNames.of(
                    page.items().stream()
                            .flatMap(item -> java.util.stream.Stream.of(item.assignee(), item.reporter()))
                            .filter(Objects::nonNull)
                            .collect(Collectors.toSet()),
                    people,
                    actor);
            rows.write(page.items(), names);
            written += page.items().size();
            if (page.next() == null || written >= MOST) {
                return;
            }
            page = lists.page("type:" + type + " " + query, Page.MOST, page.next(), actor);
        }
    }

    private static List<String> cells(Item item, PageNames names, List<String> fields) {
        var cells = new ArrayList<>(List.of(
                item.key(),
                item.title(),
                item.state(),
                item.assignee() == null ? "" : names.name(item.assignee()),
                names.name(item.reporter()),
                item.createdAt().toString(),
                item.updatedAt().toString(),
                item.dueAt() == null ? "" : item.dueAt().toString()));
        fields.forEach(field -> cells.add(shown(item.fields().get(field))));
        return cells;
    }

    private static String shown(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static PrintWriter begin(HttpServletResponse response, String kind, String file) throws IOException {
        response.setContentType(kind + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + file + "\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return response.getWriter();
    }

    private ItemType type(String name) {
        var type = procedures.at(time.instant()).types().get(name);
        if (type == null) {
            throw Problem.notFound("The line " + name);
        }
        return type;
    }
}
