package dev.conduct.quality;

import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Runs of a product, the newest first.
///
/// @param branch all when null
/// @param commit what was looked for and not found, empty otherwise
/// @param next address of the following page, null on the last
record RunsView(
        Products.Product product,
        List<Run> runs,
        @Nullable String branch,
        String commit,
        @Nullable String next) implements View {

    QualityTabs tabs() {
        return new QualityTabs(product.key(), "all");
    }

    @Override
    public String template() {
        return "quality/runs.jte";
    }

    @Override
    public String title() {
        return "Runs of " + product.name();
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of(product);
    }
}
