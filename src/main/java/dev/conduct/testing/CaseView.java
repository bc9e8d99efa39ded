package dev.conduct.testing;

import dev.conduct.shell.View;
import dev.conduct.work.Item;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One version of a case.
///
/// @param before the version before it, null for the first
/// @param versions the newest first
/// @param requirement the record it proves, null for none and for one the reader may not see
/// @param names of who wrote the versions, by id
record CaseView(
        Products.Product product,
        Plans.Plan plan,
        TestCase shown,
        @Nullable TestCase before,
        List<TestCase> versions,
        @Nullable Item requirement,
        Map<String, String> names,
        boolean mayTest)
        implements View {

    /// Steps of the version before that this one has no more.
    List<Step> gone() {
        return before == null
                ? List.of()
                : before.text().steps().stream()
                        .filter(step -> !shown.text().steps().contains(step))
                        .toList();
    }

    boolean fresh(Step step) {
        return before != null && !before.text().steps().contains(step);
    }

    String by(TestCase version) {
        return names.getOrDefault(version.changedBy(), "somebody");
    }

    @Override
    public String template() {
        return "testing/case.jte";
    }

    @Override
    public String title() {
        return shown.text().title();
    }

    @Override
    public List<Crumb> crumbs() {
        return TestingTabs.crumbs(product, plan);
    }
}
