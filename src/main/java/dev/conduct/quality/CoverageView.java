package dev.conduct.quality;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.quality.CoverageRows.Covered;
import dev.conduct.quality.CoverageRows.OfComponent;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Coverage of a run: by component, by folder, by file.
///
/// @param run null while no coverage came
/// @param before the run with coverage before it
/// @param tiles of the treemap, components when paths say which, folders otherwise
/// @param files of the folder that is looked into, empty for none
/// @param paths by component, one a line
record CoverageView(
        Products.Product product,
        @Nullable Run run,
        @Nullable Run before,
        long limit,
        List<TileOf> tiles,
        List<OfComponent> components,
        List<Covered> folders,
        String folder,
        List<Covered> files,
        @Nullable Chart trend,
        boolean mayChange,
        Map<String, String> paths,
        List<Products.ProductComponent> all,
        List<FieldProblem> problems,
        String wrong)
        implements View {

    /// @param tone class of the tile
    record TileOf(Treemap.Tile tile, String name, String href, double percent, boolean critical, String tone) {}

    QualityTabs tabs() {
        return new QualityTabs(product.key(), "coverage");
    }

    long below() {
        return components.stream()
                .filter(one -> one.critical() && one.lines() > 0 && one.percent() < limit)
                .count();
    }

    @Override
    public String template() {
        return "quality/coverage.jte";
    }

    @Override
    public String title() {
        return "Coverage of " + product.name();
    }

    @Override
    public org.springframework.http.HttpStatus status() {
        return problems.isEmpty()
                ? org.springframework.http.HttpStatus.OK
                : org.springframework.http.HttpStatus.BAD_REQUEST;
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of(product);
    }
}
