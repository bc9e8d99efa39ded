package dev.conduct.quality;

import dev.conduct.quality.Quarantines.Quarantine;
import dev.conduct.quality.TestRows.Past;
import dev.conduct.shell.View;
import dev.conduct.work.CodeHistory;
import dev.conduct.work.Item;
import dev.conduct.work.Products;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One test over the commits of its product.
///
/// @param past the newest first
/// @param good the last that passed before it failed, on the branch of the newest
/// @param bad the first that failed after it
/// @param between the commits that came after the one, up to and with the other; null where no mirror has both
/// @param wavered commits of those shown on which it came out both ways
/// @param quarantine null when its failures count
/// @param next address of the following page, null on the last
record TestView(
        Products.Product product,
        UUID test,
        List<Past> past,
        @Nullable Past good,
        @Nullable Past bad,
        CodeHistory.@Nullable Range between,
        long wavered,
        @Nullable Quarantine quarantine,
        String quarantinedBy,
        long longest,
        List<Item> defects,
        boolean mayJudge,
        @Nullable Chart took,
        @Nullable String next,
        @Nullable String problem)
        implements View {

    TestRows.Result newest() {
        return past.getFirst().result();
    }

    String path() {
        return "/quality/" + product.key() + "/tests/" + test;
    }

    /// Oldest first, for the strip.
    List<Past> strip() {
        return past.subList(0, Math.min(40, past.size())).reversed();
    }

    long failures() {
        return past.stream().filter(one -> one.result().broken()).count();
    }

    @Override
    public String template() {
        return "quality/test.jte";
    }

    @Override
    public String title() {
        return newest().name();
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of(product);
    }
}
