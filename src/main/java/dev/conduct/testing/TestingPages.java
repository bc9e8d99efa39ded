package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.Offered;
import dev.conduct.shell.ProductChoice;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Plans of a product, and the way to those of others.
@Controller
class TestingPages implements NavigationEntry {

    private static final int PLANS = 50;
    private static final int LATELY = 8;

    private final TestedProducts tested;
    private final Plans plans;
    private final TestRunLists runs;
    private final ProductChoice choice;
    private final Offered offered = new Offered();

    TestingPages(TestedProducts tested, Plans plans, TestRunLists runs, ProductChoice choice) {
        this.tested = tested;
        this.plans = plans;
        this.runs = runs;
        this.choice = choice;
    }

    record Home(List<Products.Product> products) implements View {

        @Override
        public String template() {
            return "testing/home.jte";
        }

        @Override
        public String title() {
            return "Test plans";
        }
    }

    /// @param next address of the following page, null on the last
    record PlansView(
            Products.Product product,
            List<Plans.Plan> plans,
            List<TestRun> runs,
            @Nullable String next,
            boolean mayTest,
            Entered entered)
            implements View {

        TestingTabs tabs() {
            return new TestingTabs(product.key(), "plans");
        }

        @Override
        public String template() {
            return "testing/plans.jte";
        }

        @Override
        public String title() {
            return entered.heading("Test plans of " + product.name());
        }

        @Override
        public List<Crumb> crumbs() {
            return TestingTabs.crumbs();
        }

        @Override
        public HttpStatus status() {
            return entered.status();
        }
    }

    @GetMapping("/testing")
    Object home(Actor actor) {
        var products = tested.all(actor);
        var chosen = choice.of(actor).product();
        if (chosen != null && products.stream().anyMatch(it -> it.key().equals(chosen.key()))) {
            return "redirect:/testing/" + chosen.key();
        }
        return products.size() == 1 ? "redirect:/testing/" + products.getFirst().key() : new Home(products);
    }

    @GetMapping("/testing/{product}")
    PlansView plans(
            @PathVariable("product") String key,
            @RequestParam(name = "after", required = false) @Nullable UUID after,
            Actor actor) {
        return page(key, after, Entered.NOTHING, actor);
    }

    @PostMapping("/testing/{product}/plans")
    Object create(@PathVariable("product") String key, @RequestParam Map<String, String> form, Actor actor) {
        try {
            var plan = plans.create(key, PlanPages.wanted(form), actor);
            return "redirect:/testing/" + key + "/plans/" + plan.id();
        } catch (Problem refused) {
            return page(key, null, Entered.refused("plan", form, refused), actor);
        }
    }

    private PlansView page(String key, @Nullable UUID after, Entered entered, Actor actor) {
        var product = tested.find(key, actor);
        var page = plans.page(key, after, PLANS + 1);
        var shown = page.subList(0, Math.min(PLANS, page.size()));
        return new PlansView(
                product,
                shown,
                runs.page(key, null, null, LATELY),
                page.size() <= PLANS
                        ? null
                        : "/testing/" + key + "?after=" + shown.getLast().id(),
                tested.mayTest(key, actor),
                entered);
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return actor.outside() || !offered.to(actor, () -> !tested.all(actor).isEmpty())
                ? null
                : new Entry("Evidence", 12, "Test plans", "/testing", "list-checks", null);
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return tested.all(actor).stream()
                .filter(product -> products.contains(product.key()))
                .flatMap(product -> Stream.of(
                        of(product, "Test plans", ""),
                        of(product, "Test runs", "/runs"),
                        of(product, "What test cases cover", "/coverage"),
                        of(product, "Catalogue of integration points", "/catalogue")))
                .toList();
    }

    private static Beneath of(Products.Product product, String title, String path) {
        return new Beneath(title + " of " + product.name(), "/testing/" + product.key() + path, "list-checks");
    }
}
