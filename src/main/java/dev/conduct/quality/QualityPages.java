package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Procedures;
import dev.conduct.quality.Chart.Point;
import dev.conduct.quality.FlakyRows.Flaky;
import dev.conduct.shell.NavigationEntry;
import dev.conduct.shell.Offered;
import dev.conduct.work.Products;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/// Quality at a glance: of all products, and of one.
@Controller
class QualityPages implements NavigationEntry {

    static final Duration LATELY = Duration.ofDays(14);

    private static final int DRAWN = 40;
    private static final int LISTED = 12;
    private static final int FEW = 6;
    private static final int MANY = 200;

    private final SeenProducts seen;
    private final Offered offered = new Offered();
    private final RunRows runs;
    private final TestRows tests;
    private final Failures failures;
    private final FlakyRows flaky;
    private final CoverageRows coverage;
    private final ComponentRows ofComponents;
    private final ComponentPaths paths;
    private final Procedures procedures;
    private final InstantSource time;

    QualityPages(
            SeenProducts seen,
            RunRows runs,
            TestRows tests,
            Failures failures,
            FlakyRows flaky,
            CoverageRows coverage,
            ComponentRows ofComponents,
            ComponentPaths paths,
            Procedures procedures,
            InstantSource time) {
        this.seen = seen;
        this.runs = runs;
        this.tests = tests;
        this.failures = failures;
        this.flaky = flaky;
        this.coverage = coverage;
        this.ofComponents = ofComponents;
        this.paths = paths;
        this.procedures = procedures;
        this.time = time;
    }

    @GetMapping("/quality")
    Object home(Actor actor) {
        var products = seen.all(actor);
        var reporting =
                runs.reporting(products.stream().map(Products.Product::key).toList());
        if (reporting.size() == 1) {
            return "redirect:/quality/" + reporting.getFirst();
        }
        var tested = runs.newestOfEach(reporting, false).stream().collect(Collectors.toMap(Run::product, run -> run));
        var covered = runs.newestOfEach(reporting, true).stream().collect(Collectors.toMap(Run::product, run -> run));
        return new HomeView(products.stream()
                .filter(product -> reporting.contains(product.key()))
                .map(product -> new HomeView.Row(product, tested.get(product.key()), covered.get(product.key())))
                .toList());
    }

    @GetMapping("/quality/{product}")
    ProductView product(
            @PathVariable("product") String key,
            @RequestParam(name = "component", defaultValue = "") String called,
            Actor actor) {
        var product = seen.find(key, actor);
        var component = called.isEmpty() ? called : seen.component(key, called);
        var tested = runs.tested(key, DRAWN);
        var covered = runs.covered(key, DRAWN);
        var newest = tested.isEmpty() ? null : tested.getFirst();
        var measured = covered.isEmpty() ? null : covered.getFirst();
        var partOf = measured == null ? newest : measured;
        var now = time.instant();
        var limit = Limits.coverage(procedures.at(now));
        var components = partOf == null ? List.<CoverageRows.OfComponent>of() : coverage.components(key, partOf.id());
        var narrowed = components.stream().anyMatch(part -> part.name().equals(component)) ? component : "";
        var ofComponent = narrowed.isEmpty() ? List.<ComponentRows.OfRun>of() : ofComponents.over(key, narrowed, DRAWN);
        return new ProductView(
                product,
                narrowed,
                newest,
                tested.size() < 2 ? null : tested.get(1),
                measured,
                newest == null
                        ? null
                        : newest.green() ? newest : runs.lastGood(newest).orElse(null),
                newest == null ? List.of() : failures.of(newest, FEW, actor),
                runs.page(key, null, null, LISTED),
                of(narrowed, key, flaky.since(key, now.minus(LATELY), narrowed.isEmpty() ? FEW : MANY), Flaky::suite),
                newest == null
                        ? List.of()
                        : of(
                                narrowed,
                                key,
                                tests.slowest(newest.id(), narrowed.isEmpty() ? FEW : MANY),
                                TestRows.Result::suite),
                components,
                measured == null ? List.of() : tiles(measured, components, limit),
                narrowed.isEmpty()
                        ? chart(
                                tested,
                                Run::passRate,
                                run -> Figures.percent(run.passRate()),
                                (points, label) -> Chart.percent(label, points, Double.NaN),
                                "Pass rate")
                        : ComponentCharts.passed(key, ofComponent),
                chart(
                        tested,
                        Run::micros,
                        run -> Figures.took(run.micros()),
                        (points, label) -> Chart.took(label, points),
                        "Time that the tests took"),
                narrowed.isEmpty() ? coverageChart(covered, limit) : ComponentCharts.covered(key, ofComponent, limit),
                limit);
    }

    /// Those of the component's tests, a few of them.
    private <T> List<T> of(String component, String product, List<T> found, Function<T, String> suite) {
        if (component.isEmpty()) {
            return found;
        }
        var rules = paths.rules(product);
        return found.stream()
                .filter(one -> rules.componentOfSuite(suite.apply(one)).equals(component))
                .limit(FEW)
                .toList();
    }

    private List<CoverageView.TileOf> tiles(Run run, List<CoverageRows.OfComponent> components, long limit) {
        var named = components.stream()
                .anyMatch(part -> part.lines() > 0 && !part.name().isEmpty());
        var folders = named ? List.<CoverageRows.Covered>of() : CoverageRows.folders(coverage.files(run.id()));
        return CoverageTiles.of(run, components, folders, limit);
    }

    static @Nullable Chart coverageChart(List<Run> covered, long limit) {
        return chart(
                covered,
                Run::coverage,
                run -> Figures.percent(run.coverage()),
                (points, label) -> Chart.percent(label, points, limit),
                "Line coverage");
    }

    private static @Nullable Chart chart(
            List<Run> newestFirst,
            ToDoubleFunction<Run> value,
            Function<Run, String> says,
            java.util.function.BiFunction<List<Point>, String, Chart> drawn,
            String label) {
        if (newestFirst.size() < 2) {
            return null;
        }
        var points = newestFirst.reversed().stream()
                .map(run -> new Point(
                        run.shortCommit(),
                        "/quality/" + run.product() + "/runs/" + run.id(),
                        value.applyAsDouble(run),
                        says.apply(run)))
                .toList();
        return drawn.apply(points, label);
    }

    @Override
    public @Nullable Entry forActor(Actor actor) {
        return !actor.outside()
                        && offered.to(
                                actor,
                                () -> runs.anyReporting(seen.all(actor).stream()
                                        .map(Products.Product::key)
                                        .toList()))
                ? new Entry("Evidence", 10, "Quality", "/quality", "flask-conical", null, "q")
                : null;
    }

    @Override
    public List<Beneath> beneath(Actor actor, Set<String> products) {
        return seen.all(actor).stream()
                .filter(product -> products.contains(product.key()))
                .flatMap(product -> Stream.of(
                        of(product, "Quality", ""),
                        of(product, "Runs of tests", "/runs"),
                        of(product, "Coverage", "/coverage"),
                        of(product, "Code and findings", "/code"),
                        of(product, "Flaky tests", "/flaky")))
                .toList();
    }

    private static Beneath of(Products.Product product, String title, String path) {
        return new Beneath(title + " of " + product.name(), "/quality/" + product.key() + path, "flask-conical");
    }
}
