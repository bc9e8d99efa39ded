package dev.conduct.quality;

import dev.conduct.quality.ChangeRows.Count;
import dev.conduct.quality.ChangedLines.OfFile;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The changed lines of a run's commit.
///
/// @param base as it was typed, empty for what was counted by itself
/// @param count null when nothing is; then `why` says why
record ChangeView(
        Products.Product product,
        Run run,
        long limit,
        String base,
        @Nullable Count count,
        List<OfFile> files,
        String why)
        implements View {

    private static final int STRETCHES = 8;

    ChangeView saying(String why) {
        return new ChangeView(product, run, limit, base, null, List.of(), why);
    }

    ChangeView of(Count count, List<OfFile> files) {
        return new ChangeView(product, run, limit, base, count, files, "");
    }

    String path() {
        return "/quality/" + product.key() + "/runs/" + run.id();
    }

    static String stretches(OfFile file) {
        var all = file.stretches();
        return all.stream()
                        .limit(STRETCHES)
                        .map(gap -> gap.from() == gap.to() ? "" + gap.from() : gap.from() + " to " + gap.to())
                        .collect(Collectors.joining(", "))
                + (all.size() > STRETCHES ? " and " + (all.size() - STRETCHES) + " more" : "");
    }

    @Override
    public String template() {
        return "quality/changes.jte";
    }

    @Override
    public String title() {
        return "Changed lines of " + run.shortCommit();
    }

    @Override
    public List<Crumb> crumbs() {
        return List.of(
                new Crumb("Quality", "/quality", false),
                new Crumb(product.name(), "/quality/" + product.key(), false),
                new Crumb("Run of " + run.shortCommit(), path(), false));
    }
}
