package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.SeenProducts;
import dev.conduct.shell.Flash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// One check: written, read, asked for, retired.
@Controller
@RequestMapping("/checks/{product}")
class CheckPages {

    private static final int VERSIONS = 20;
    private static final String BEGIN = """
            title: The shop answers
            environment: staging
            every: 15 min
            values:
              shop: https://staging.example.com
            steps:
              - name: The front page is there
                http: GET ${shop}/
                expect:
                  status: 200
                  within: 800 ms
            """;

    private final Checks checks;
    private final CheckRows rows;
    private final CheckRuns runs;
    private final CheckWork work;
    private final SeenProducts seen;
    private final People people;

    CheckPages(Checks checks, CheckRows rows, CheckRuns runs, CheckWork work, SeenProducts seen, People people) {
        this.checks = checks;
        this.rows = rows;
        this.runs = runs;
        this.work = work;
        this.seen = seen;
        this.people = people;
    }

    @GetMapping("/new")
    CheckPage begin(@PathVariable("product") String product, Actor actor) {
        seen.judge(product, actor);
        return page(product, null, "", BEGIN, null, "", null, actor);
    }

    @PostMapping("/drafts")
    CheckPage draft(
            @PathVariable("product") String product,
            @RequestParam(name = "file", required = false) @Nullable MultipartFile file,
            Actor actor)
            throws IOException {
        seen.judge(product, actor);
        try {
            if (file == null || file.isEmpty()) {
                throw Problem.badInput("file", "missing", "Choose an OpenAPI document or a Postman collection.");
            }
            var draft = Drafts.of(file.getBytes());
            return page(product, null, draft.name(), draft.definition(), null, "", null, actor);
        } catch (Problem refused) {
            return page(product, null, "", BEGIN, null, "", refused, actor);
        }
    }

    @PostMapping
    Object add(
            @PathVariable("product") String product,
            @RequestParam(name = "name", defaultValue = "") String name,
            @RequestParam(name = "definition", defaultValue = "") String text,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            checks.write(product, name.strip(), text, 0, actor);
        } catch (Problem refused) {
            return page(product, null, name, text, null, "", refused, actor);
        }
        Flash.done(redirect, "The check is kept. Run it once to see what it finds.");
        return "redirect:/checks/" + product + "/" + name.strip();
    }

    @GetMapping("/{name}")
    CheckPage show(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            @RequestParam(name = "version", required = false) @Nullable Integer version,
            @RequestParam(name = "cursor", defaultValue = "") String cursor,
            Actor actor) {
        var check = checks.find(product, name, actor);
        var shown = version == null ? check.version() : version;
        var text = rows.text(check.id(), shown).orElseThrow(() -> Problem.notFound("Version " + shown));
        return page(product, check, name, text, shown, cursor, null, actor);
    }

    @PostMapping("/{name}")
    Object write(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            @RequestParam(name = "definition", defaultValue = "") String text,
            @RequestParam(name = "version", defaultValue = "0") int version,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var written = checks.write(product, name, text, version, actor);
            Flash.done(redirect, "This is version " + written.version() + " now.");
        } catch (Problem refused) {
            return page(product, checks.find(product, name, actor), name, text, version, "", refused, actor);
        }
        return "redirect:/checks/" + product + "/" + name;
    }

    @PostMapping("/{name}/runs")
    String run(@PathVariable("product") String product, @PathVariable("name") String name, Actor actor) {
        var run = runs.ask(product, name, actor);
        work.wake();
        return "redirect:/checks/" + product + "/" + name + "/runs/" + run.id();
    }

    @PostMapping("/{name}/retirement")
    String retire(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            Actor actor,
            RedirectAttributes redirect) {
        checks.retire(product, name, actor);
        Flash.done(redirect, "It is not done any more. Write it again to have it done.");
        return "redirect:/checks/" + product + "/" + name;
    }

    @GetMapping("/{name}/runs/{id}")
    CheckRunPage run(
            @PathVariable("product") String product,
            @PathVariable("name") String name,
            @PathVariable("id") UUID id,
            Actor actor) {
        var check = checks.find(product, name, actor);
        var run = runs.whole(check, id);
        var asked = new ArrayList<String>();
        add(asked, run.askedBy());
        return new CheckRunPage(
                seen.find(product, actor), check, run, people.names(asked), seen.mayJudge(product, actor));
    }

    private CheckPage page(
            String key,
            @Nullable CheckNote check,
            String name,
            String text,
            @Nullable Integer shown,
            String cursor,
            @Nullable Problem refused,
            Actor actor) {
        var versions = check == null
                ? List.<CheckRows.Version>of()
                : rows.versions(check.id(), null, VERSIONS).items();
        var done = check == null ? new Page<CheckRun>(List.of(), null) : runs.page(check, cursor, Page.USUAL);
        var ids = new ArrayList<String>();
        versions.forEach(version -> ids.add(version.by()));
        done.items().forEach(run -> add(ids, run.askedBy()));
        return new CheckPage(
                seen.find(key, actor),
                check,
                name,
                text,
                shown == null ? 0 : shown,
                versions,
                done,
                people.names(ids),
                seen.mayJudge(key, actor),
                refused == null ? List.of() : refused.beside("definition"),
                refused == null ? HttpStatus.OK : HttpStatus.valueOf(refused.status()));
    }

    /// Who asked for a run; those by schedule nobody did.
    private static void add(List<String> ids, @Nullable String asked) {
        if (asked != null) {
            ids.add(asked);
        }
    }
}
