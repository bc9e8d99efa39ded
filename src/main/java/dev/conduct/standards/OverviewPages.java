package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.shell.View;
import dev.conduct.work.CsvLine;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who knows which standard, person by person, and all of it as a file.
@Controller
@RequestMapping("/standards")
class OverviewPages {

    private static final int SHOWN = 50;

    private final Overview overview;

    OverviewPages(Overview overview) {
        this.overview = overview;
    }

    record PeopleView(List<Overview.Row> rows, @Nullable String next) implements View {

        @Override
        public String template() {
            return "standards/people.jte";
        }

        @Override
        public String title() {
            return "Who knows the standards";
        }

        @Override
        public List<Crumb> crumbs() {
            return List.of(new Crumb("Standards", "/standards", false));
        }
    }

    record PersonView(Overview.Row row) implements View {

        @Override
        public String template() {
            return "standards/person.jte";
        }

        @Override
        public String title() {
            return "Standards of " + row.person().name();
        }

        @Override
        public List<Crumb> crumbs() {
            return List.of(
                    new Crumb("Standards", "/standards", false), new Crumb("People", "/standards/people", false));
        }
    }

    @GetMapping("/people")
    PeopleView people(@RequestParam(name = "after", required = false) @Nullable String after, Actor actor) {
        var page = overview.people(actor, after, SHOWN);
        return new PeopleView(page.items(), page.next() == null ? null : "/standards/people?after=" + page.next());
    }

    @GetMapping("/people/{person}")
    PersonView person(@PathVariable("person") String person, Actor actor) {
        return new PersonView(overview.person(person, actor));
    }

    /// A line for everybody who has to know a standard in force.
    @GetMapping("/export.csv")
    void export(Actor actor, HttpServletResponse response) throws IOException {
        var standards = overview.overseen(actor);
        response.setContentType("text/csv;charset=UTF-8");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"standards.csv\"");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        var out = response.getWriter();
        out.print(CsvLine.of(List.of(
                "standard",
                "product",
                "version",
                "due_at",
                "person",
                "read_version",
                "read_at",
                "trained_on",
                "trained_until",
                "owes")));
        for (var standard : standards) {
            var page = overview.of(standard, null, Page.MOST);
            while (true) {
                page.items().forEach(line -> out.print(CsvLine.of(cells(line))));
                if (page.next() == null) {
                    break;
                }
                page = overview.of(standard, page.next(), Page.MOST);
            }
        }
        out.flush();
    }

    private static List<String> cells(Overview.Line line) {
        var standard = line.standard();
        var known = line.knowledge();
        return List.of(
                standard.title(),
                Objects.requireNonNullElse(standard.product(), ""),
                String.valueOf(standard.latest()),
                Objects.toString(line.due(), ""),
                line.person().name(),
                known.read() == 0 ? "" : String.valueOf(known.read()),
                Objects.toString(known.readAt(), ""),
                Objects.toString(known.trainedOn(), ""),
                Objects.toString(known.validUntil(), ""),
                String.join("; ", line.holes()));
    }
}
