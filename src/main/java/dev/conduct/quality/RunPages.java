package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import dev.conduct.shell.Flash;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Runs, and what failed in them.
@Controller
class RunPages {

    private static final int RUNS = 50;
    private static final int TESTS = 100;
    private static final int CAUSES = 20;
    private static final int WORDS = 200;
    private static final Set<String> OUTCOMES = Set.of("", "failed", "flaky", "passed", "skipped");
    private static final Pattern CURSOR = Pattern.compile("([0-9a-f-]{36})\\.(\\d{1,9})");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");

    private final SeenProducts seen;
    private final RunRows runs;
    private final TestRows tests;
    private final ComparedRows compared;
    private final RunFiles files;
    private final Failures failures;
    private final Triages triages;
    private final Defects defects;
    private final ChangeRows changes;
    private final Procedures procedures;
    private final InstantSource time;

    RunPages(
            SeenProducts seen,
            RunRows runs,
            TestRows tests,
            ComparedRows compared,
            RunFiles files,
            Failures failures,
            Triages triages,
            Defects defects,
            ChangeRows changes,
            Procedures procedures,
            InstantSource time) {
        this.seen = seen;
        this.runs = runs;
        this.tests = tests;
        this.compared = compared;
        this.files = files;
        this.failures = failures;
        this.triages = triages;
        this.defects = defects;
        this.changes = changes;
        this.procedures = procedures;
        this.time = time;
    }

    /// @param commit leads to its newest run, when there is one
    @GetMapping("/quality/{product}/runs")
    Object runs(
            @PathVariable("product") String key,
            @RequestParam(name = "branch", required = false) @Nullable String branch,
            @RequestParam(name = "commit", defaultValue = "") String commit,
            @RequestParam(name = "before", required = false) @Nullable UUID before,
            Actor actor) {
        var product = seen.find(key, actor);
        var hash = commit.strip().toLowerCase(Locale.ROOT);
        if (COMMIT.matcher(hash).matches()) {
            var found = runs.ofCommit(key, hash);
            if (found.isPresent()) {
                return "redirect:/quality/" + key + "/runs/" + found.get().id();
            }
        }
        var page = runs.page(key, branch, before, RUNS + 1);
        var shown = page.subList(0, Math.min(RUNS, page.size()));
        return new RunsView(
                product,
                shown,
                branch,
                commit.strip().substring(0, Math.min(80, commit.strip().length())),
                page.size() <= RUNS
                        ? null
                        : "/quality/" + key + "/runs?before=" + shown.getLast().id()
                                + (branch == null ? "" : "&branch=" + escaped(branch)));
    }

    @GetMapping("/quality/{product}/runs/{run}")
    RunView run(
            @PathVariable("product") String key,
            @PathVariable("run") UUID id,
            @RequestParam(name = "outcome", defaultValue = "") String outcome,
            @RequestParam(name = "q", defaultValue = "") String words,
            @RequestParam(name = "after", required = false) @Nullable String after,
            Actor actor) {
        var product = seen.find(key, actor);
        var run = runs.find(key, id).orElseThrow(() -> Problem.notFound("This run"));
        var wanted = OUTCOMES.contains(outcome) ? outcome : "";
        var looked = words.strip().substring(0, Math.min(WORDS, words.strip().length()));
        var cursor = CURSOR.matcher(after == null ? "" : after);
        var began = cursor.matches();
        var page = tests.page(
                id,
                wanted,
                looked.toLowerCase(Locale.ROOT),
                began ? UUID.fromString(cursor.group(1)) : null,
                began ? Integer.parseInt(cursor.group(2)) : 0,
                TESTS + 1);
        var shown = page.subList(0, Math.min(TESTS, page.size()));
        var before = runs.page(key, run.branch(), id, 1).stream().findFirst().orElse(null);
        var good = run.tested() ? runs.lastGood(run).orElse(null) : null;
        var judges = seen.mayJudge(key, actor);
        return new RunView(
                product,
                run,
                good,
                good == null ? List.of() : compared.between(run, good),
                before,
                fresh(run, before),
                failures.of(run, CAUSES, actor),
                run.troubles() == 0 ? List.of() : tests.troubles(id, CAUSES),
                runs.kinds(id),
                shown,
                files.of(id),
                wanted,
                looked,
                page.size() <= TESTS
                        ? null
                        : "/quality/" + key + "/runs/" + id + "?outcome=" + wanted + "&q=" + escaped(looked) + "&after="
                                + shown.getLast().cursor(),
                run.lines() == 0 ? null : changes.of(id).orElse(null),
                Limits.changeCoverage(procedures.at(time.instant())),
                judges,
                judges ? defects.form(key, actor) : null);
    }

    /// Failures of this run that the one before did not have.
    private long fresh(Run run, @Nullable Run before) {
        if (before == null || run.failed() == 0) {
            return before == null ? -1 : 0;
        }
        var earlier =
                tests.broken(before.id()).stream().map(TestRows.Result::test).toList();
        return tests.broken(run.id()).stream()
                .map(TestRows.Result::test)
                .distinct()
                .filter(test -> !earlier.contains(test))
                .count();
    }

    @PostMapping("/quality/{product}/runs/{run}/causes/{shape}")
    String triage(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            @PathVariable("shape") UUID shape,
            @RequestParam(name = "cause", defaultValue = "") String cause,
            @RequestParam(name = "note", defaultValue = "") String note,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            triages.say(key, shape, cause, note, actor);
            Flash.done(redirect, "Said, and remembered for the next failure of this cause.");
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
        }
        return "redirect:/quality/" + key + "/runs/" + run;
    }

    @PostMapping("/quality/{product}/runs/{run}/causes/{shape}/defect")
    String defect(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            @PathVariable("shape") UUID shape,
            @RequestParam(name = "severity", defaultValue = "") String severity,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            return "redirect:/items/" + defects.report(key, run, shape, severity, actor);
        } catch (Problem refused) {
            Flash.stop(redirect, refused.says());
            return "redirect:/quality/" + key + "/runs/" + run;
        }
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
