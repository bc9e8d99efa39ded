package dev.conduct.quality;

import dev.conduct.quality.CoverageRows.OfComponent;
import dev.conduct.quality.FlakyRows.Flaky;
import dev.conduct.quality.TestRows.Result;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of a product's quality at a glance.
///
/// @param component to which trends, flaky and slowest tests are narrowed, empty for all
/// @param newest run with tests, null while there is none
/// @param before the run before it
/// @param covered the newest run with coverage
/// @param good the last run on the branch of the newest in which everything passed
/// @param tiles of the treemap of coverage
record ProductView(
        Products.Product product,
        String component,
        @Nullable Run newest,
        @Nullable Run before,
        @Nullable Run covered,
        @Nullable Run good,
        List<CauseRow> causes,
        List<Run> runs,
        List<Flaky> flaky,
        List<Result> slowest,
        List<OfComponent> components,
        List<CoverageView.TileOf> tiles,
        @Nullable Chart passed,
        @Nullable Chart took,
        @Nullable Chart coverage,
        long limit)
        implements View {

    QualityTabs tabs() {
        return new QualityTabs(product.key(), "runs");
    }

    List<OfComponent> critical() {
        return components.stream()
                .filter(component -> component.critical() && component.lines() > 0)
                .toList();
    }

    @Override
    public String template() {
        return "quality/product.jte";
    }

    @Override
    public String title() {
        return "Quality of " + product.name();
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of();
    }
}
