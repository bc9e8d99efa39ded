package dev.conduct.testing;

import dev.conduct.shell.View;
import dev.conduct.work.Item;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// A run, and the case of it that is gone through.
///
/// @param next address of the following page of cases, null on the last
/// @param here the case, and the version that is run
/// @param steps how its steps came out, by number
/// @param defects reported of it here that the reader may see
/// @param form how a defect is reported, null when this reader may not
/// @param names of who judged, by id
/// @param judges whether this reader may judge, while the run goes on
/// @param machines whether some case takes its result from CI
record TestRunView(
        Products.Product product,
        TestRun run,
        List<RunCase> cases,
        @Nullable String next,
        @Nullable RunCase here,
        @Nullable TestCase version,
        Map<Integer, TestRunLists.StepResult> steps,
        List<Item> defects,
        CaseDefects.@Nullable Form form,
        Map<String, String> names,
        boolean judges,
        boolean machines,
        Entered entered)
        implements View {

    /// One step as it is shown, and how it came out.
    record Line(int number, Step step, String verdict, String note, String by, long revision) {}

    List<Line> lines() {
        if (version == null) {
            return List.of();
        }
        var all = version.text().steps();
        return java.util.stream.IntStream.rangeClosed(1, all.size())
                .mapToObj(number -> line(number, all.get(number - 1)))
                .toList();
    }

    private Line line(int number, Step step) {
        var result = steps.get(number);
        return result == null
                ? new Line(number, step, "", "", "", 0)
                : new Line(number, step, result.verdict(), result.note(), name(result.judgedBy()), result.revision());
    }

    String name(String id) {
        return names.getOrDefault(id, "somebody");
    }

    TestingTabs tabs() {
        return new TestingTabs(product.key(), "runs");
    }

    @Override
    public String template() {
        return "testing/run.jte";
    }

    @Override
    public String title() {
        return entered.heading(run.title());
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Test plans", "/testing", false),
                new Crumb(product.name(), "/testing/" + product.key(), false),
                new Crumb(run.planTitle(), "/testing/" + product.key() + "/plans/" + run.plan(), false));
    }

    @Override
    public HttpStatus status() {
        return entered.status();
    }
}
