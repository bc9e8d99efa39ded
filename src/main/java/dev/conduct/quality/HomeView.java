package dev.conduct.quality;

import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The newest run of every product that has reports.
record HomeView(List<Row> rows) implements View {

    /// @param run the newest with tests, null while there is none
    record Row(
            Products.Product product,
            @Nullable Run run,
            @Nullable Run covered) {}

    @Override
    public String template() {
        return "quality/home.jte";
    }

    @Override
    public String title() {
        return "Quality";
    }
}
