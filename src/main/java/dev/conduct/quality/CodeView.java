package dev.conduct.quality;

import dev.conduct.quality.Ratchets.Ratchet;
import dev.conduct.quality.StandardsRows.Found;
import dev.conduct.quality.StandardsRows.OfComponent;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Findings of tools: the ratchets, what is new, and each component.
///
/// @param run whose new findings are shown, null for the main branch as it is
/// @param component whose trends are drawn, empty for all together
/// @param trends findings, duplication, cycles and coupling over the runs of the main branch, as far as reports
/// tell
/// @param more true when there are more new findings than are shown
record CodeView(
        Products.Product product,
        @Nullable Run run,
        List<Ratchet> ratchets,
        List<Found> fresh,
        boolean more,
        List<OfComponent> components,
        String component,
        List<Trend> trends,
        boolean mayJudge)
        implements View {

    /// A line over runs.
    record Trend(String heading, String id, Chart chart) {}

    QualityTabs tabs() {
        return new QualityTabs(product.key(), "code");
    }

    @Override
    public String template() {
        return "quality/code.jte";
    }

    @Override
    public String title() {
        return "Code of " + product.name();
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of(product);
    }
}
