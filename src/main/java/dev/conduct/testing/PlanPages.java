package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.Flash;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// One plan: its cases, its runs, and what it says.
@Controller
class PlanPages {

    private static final int CASES = 100;
    private static final int RUNS = 6;

    private final TestedProducts tested;
    private final Plans plans;
    private final CaseLists cases;
    private final TestRunLists lists;
    private final TestRuns runs;

    PlanPages(TestedProducts tested, Plans plans, CaseLists cases, TestRunLists lists, TestRuns runs) {
        this.tested = tested;
        this.plans = plans;
        this.cases = cases;
        this.lists = lists;
        this.runs = runs;
    }

    /// @param next address of the following page of cases, null on the last
    record PlanView(
            Products.Product product,
            Plans.Plan plan,
            List<TestCase> cases,
            List<TestRun> runs,
            @Nullable String next,
            boolean mayTest,
            Entered entered)
            implements View {

        String path() {
            return "/testing/" + product.key() + "/plans/" + plan.id();
        }

        TestingTabs tabs() {
            return new TestingTabs(product.key(), "plans");
        }

        @Override
        public String template() {
            return "testing/plan.jte";
        }

        @Override
        public String title() {
            return entered.heading(plan.title());
        }

        @Override
        public List<Crumb> crumbs() {
            return TestingTabs.crumbs(product);
        }

        @Override
        public HttpStatus status() {
            return entered.status();
        }
    }

    static Plans.NewPlan wanted(Map<String, String> form) {
        return new Plans.NewPlan(
                form.getOrDefault("title", ""),
                form.getOrDefault("purpose", "").replace("\r\n", "\n"),
                form.getOrDefault("environment", ""),
                form.containsKey("regression"),
                form.containsKey("retired"));
    }

    @GetMapping("/testing/{product}/plans/{plan}")
    PlanView show(
            @PathVariable("product") String key,
            @PathVariable("plan") UUID plan,
            @RequestParam(name = "after", defaultValue = "0") int after,
            Actor actor) {
        return page(key, plan, after, Entered.NOTHING, actor);
    }

    @PostMapping("/testing/{product}/plans/{plan}")
    Object change(
            @PathVariable("product") String key,
            @PathVariable("plan") UUID plan,
            @RequestParam Map<String, String> form,
            Actor actor,
            RedirectAttributes redirect) {
        try {
            var changed = plans.change(plan, wanted(form), Long.parseLong(form.getOrDefault("version", "0")), actor);
            Flash.done(redirect, changed.retired() ? "The plan is retired. Its runs stay." : "Changed.");
            return "redirect:/testing/" + key + (changed.retired() ? "" : "/plans/" + plan);
        } catch (Problem refused) {
            return page(key, plan, 0, Entered.refused("plan", form, refused), actor);
        } catch (NumberFormatException notANumber) {
            throw Problem.badInput("version", "not_a_number", "must be the version that was read.");
        }
    }

    @PostMapping("/testing/{product}/plans/{plan}/runs")
    Object start(
            @PathVariable("product") String key,
            @PathVariable("plan") UUID plan,
            @RequestParam Map<String, String> form,
            Actor actor) {
        try {
            var run = runs.start(
                    plan,
                    new TestRuns.NewRun(
                            form.getOrDefault("title", ""),
                            form.getOrDefault("commit", ""),
                            form.getOrDefault("build", ""),
                            form.getOrDefault("environment", ""),
                            form.getOrDefault("mocked", "").replace("\r\n", "\n")),
                    actor);
            return "redirect:" + run.path();
        } catch (Problem refused) {
            return page(key, plan, 0, Entered.refused("run", form, refused), actor);
        }
    }

    private PlanView page(String key, UUID id, int after, Entered entered, Actor actor) {
        var product = tested.find(key, actor);
        var plan = plans.visible(id, actor);
        if (!plan.product().equals(key)) {
            throw Problem.notFound("This test plan");
        }
        var page = cases.page(id, after, CASES + 1);
        var shown = page.subList(0, Math.min(CASES, page.size()));
        return new PlanView(
                product,
                plan,
                shown,
                lists.page(key, id, null, RUNS),
                page.size() <= CASES
                        ? null
                        : "/testing/" + key + "/plans/" + id + "?after="
                                + shown.getLast().number(),
                tested.mayTest(key, actor),
                entered);
    }
}
