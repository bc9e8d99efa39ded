package dev.conduct.quality;

import dev.conduct.quality.CoverageRows.Covered;
import dev.conduct.quality.CoverageRows.Gap;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;

/// Which lines of a file tests ran.
///
/// @param strip stretches of lines from the first to the last that can be run
record FileView(Products.Product product, Run run, Covered file, List<Gap> gaps, List<Stretch> strip) implements View {

    /// @param ran whether a test ran them
    record Stretch(int from, int to, boolean ran) {}

    String name() {
        return file.path().substring(file.path().lastIndexOf('/') + 1);
    }

    @Override
    public String template() {
        return "quality/file.jte";
    }

    @Override
    public String title() {
        return name();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Quality", "/quality", false),
                new Crumb(product.name(), "/quality/" + product.key(), false),
                new Crumb("Coverage", "/quality/" + product.key() + "/coverage", false));
    }
}
