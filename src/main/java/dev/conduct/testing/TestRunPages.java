package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.identity.People;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.shell.View;
import dev.conduct.testing.TestRunLists.StepResult;
import dev.conduct.work.Items;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Runs, and the page on which a person goes through one, by keyboard.
@Controller
@RequestMapping("/testing/{product}/runs")
class TestRunPages {

    private static final int RUNS = 50;
    private static final int CASES = 100;

    private final TestedProducts tested;
    private final TestRuns runs;
    private final TestRunLists lists;
    private final CaseLists cases;
    private final CaseDefects defects;
    private final Items items;
    private final People people;

    TestRunPages(
            TestedProducts tested,
            TestRuns runs,
            TestRunLists lists,
            CaseLists cases,
            CaseDefects defects,
            Items items,
            People people) {
        this.tested = tested;
        this.runs = runs;
        this.lists = lists;
        this.cases = cases;
        this.defects = defects;
        this.items = items;
        this.people = people;
    }

    /// @param next address of the following page, null on the last
    record RunsView(
            Products.Product product,
            List<TestRun> runs,
            @Nullable String next) implements View {

        TestingTabs tabs() {
            return new TestingTabs(product.key(), "runs");
        }

        @Override
        public String template() {
            return "testing/runs.jte";
        }

        @Override
        public String title() {
            return "Runs of test plans of " + product.name();
        }

        @Override
        public List<Crumb> crumbs() {
            return TestingTabs.crumbs(product);
        }
    }

    @GetMapping
    RunsView list(
            @PathVariable("product") String key,
            @RequestParam(name = "before", required = false) @Nullable UUID before,
            Actor actor) {
        var product = tested.find(key, actor);
        var page = lists.page(key, null, before, RUNS + 1);
        var shown = page.subList(0, Math.min(RUNS, page.size()));
        return new RunsView(
                product,
                shown,
                page.size() <= RUNS
                        ? null
                        : "/testing/" + key + "/runs?before=" + shown.getLast().id());
    }

    /// @param number of the case to go through; 0 for the first that is to be run yet
    @GetMapping("/{run}")
    TestRunView show(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            @RequestParam(name = "case", defaultValue = "0") int number,
            @RequestParam(name = "after", defaultValue = "0") int after,
            Actor actor) {
        return page(key, run, number, after, Entered.NOTHING, actor);
    }

    @PostMapping("/{run}/cases/{case}/verdict")
    Object judge(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            @PathVariable("case") int number,
            @RequestParam(name = "step", defaultValue = "0") int step,
            @RequestParam(name = "revision", defaultValue = "0") long revision,
            @RequestParam(name = "seconds", defaultValue = "0") long seconds,
            @RequestParam Map<String, String> form,
            Actor actor) {
        try {
            var judged = runs.judge(
                    run,
                    number,
                    new TestRuns.Judgement(
                            step,
                            form.getOrDefault("verdict", ""),
                            form.getOrDefault("note", "").replace("\r\n", "\n"),
                            revision,
                            seconds),
                    actor);
            return "redirect:/testing/" + key + "/runs/" + run + "?case="
                    + (step == 0 || judged.verdict().equals(Verdict.PASSED) && decides(judged, step, actor)
                            ? next(run, number)
                            : number);
        } catch (Problem refused) {
            return page(key, run, number, 0, Entered.refused("verdict", form, refused), actor);
        }
    }

    private boolean decides(RunCase judged, int step, Actor actor) {
        return cases.visible(judged.key(), judged.version(), actor)
                        .text()
                        .steps()
                        .size()
                == step;
    }

    /// The case to go through after this one: the next that is to be run, round to the first; itself when all are done.
    private int next(UUID run, int number) {
        return Stream.of(number, 0)
                .flatMap(after -> lists.cases(run, "", after, 1).stream())
                .map(RunCase::number)
                .findFirst()
                .orElse(number);
    }

    @PostMapping("/{run}/cases/{case}/defect")
    Object defect(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            @PathVariable("case") int number,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var item = form.getOrDefault("item", "");
            if (item.isEmpty()) {
                item = defects.report(
                        run,
                        number,
                        form.getOrDefault("severity", ""),
                        form.getOrDefault("note", "").replace("\r\n", "\n"),
                        actor);
            } else {
                var _ = items.findVisible(item, actor);
            }
            defects.attach(item, files, actor);
            Flash.done(redirect, item + " is reported with the steps, the version of the case and the build.");
            return "redirect:/testing/" + key + "/runs/" + run + "?case=" + number;
        } catch (Problem refused) {
            return page(key, run, number, 0, Entered.refused("defect", form, refused), actor);
        }
    }

    @PostMapping("/{run}/results")
    String take(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            Actor actor,
            RedirectAttributes redirect) {
        var taken = runs.take(run, actor);
        Flash.done(
                redirect,
                taken == 0
                        ? "CI told nothing new of this commit."
                        : taken + (taken == 1 ? " case is" : " cases are") + " judged by what CI told.");
        return "redirect:/testing/" + key + "/runs/" + run;
    }

    @PostMapping("/{run}/end")
    String end(
            @PathVariable("product") String key,
            @PathVariable("run") UUID run,
            Actor actor,
            RedirectAttributes redirect) {
        var ended = runs.end(run, actor);
        if (ended.green()) {
            Flash.done(redirect, "The run has ended: all that was to be run passed.");
        } else {
            Flash.caution(redirect, "The run has ended, and has not passed: " + ended.word() + ".");
        }
        return "redirect:/testing/" + key + "/runs/" + run;
    }

    private TestRunView page(String key, UUID id, int number, int after, Entered entered, Actor actor) {
        var product = tested.find(key, actor);
        var run = lists.visible(id, actor);
        if (!run.product().equals(key)) {
            throw Problem.notFound("This test run");
        }
        var page = lists.cases(id, null, after, CASES + 1);
        var shown = page.subList(0, Math.min(CASES, page.size()));
        var here = number > 0
                ? lists.runCase(id, number).orElseThrow(() -> Problem.notFound("This case of the run"))
                : lists.cases(id, "", 0, 1).stream().findFirst().orElse(shown.isEmpty() ? null : shown.getFirst());
        var steps = here == null ? List.<StepResult>of() : lists.steps(id, here.testCase());
        var mayTest = tested.mayTest(key, actor);
        return new TestRunView(
                product,
                run,
                shown,
                page.size() <= CASES
                        ? null
                        : run.path() + "?after=" + shown.getLast().number(),
                here,
                here == null ? null : cases.visible(here.key(), here.version(), actor),
                steps.stream().collect(Collectors.toMap(StepResult::step, step -> step)),
                here == null ? List.of() : items.visible(lists.defects(id, here.testCase()), actor),
                mayTest && !run.ended() ? defects.form(key, actor) : null,
                names(run, here, steps),
                mayTest && !run.ended(),
                mayTest && !run.ended() && shown.stream().anyMatch(one -> one.automated() != null),
                entered);
    }

    private Map<String, String> names(TestRun run, @Nullable RunCase here, List<StepResult> steps) {
        var ids = Stream.concat(
                        Stream.of(run.startedBy(), run.endedBy(), here == null ? null : here.judgedBy())
                                .filter(Objects::nonNull),
                        steps.stream().map(StepResult::judgedBy))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
        return people.names(ids);
    }
}
