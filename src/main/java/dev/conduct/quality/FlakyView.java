package dev.conduct.quality;

import dev.conduct.quality.FlakyRows.Flaky;
import dev.conduct.quality.Quarantines.Quarantine;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Tests that came out both ways, and those put aside.
///
/// @param names of those who put tests aside, by id
record FlakyView(Products.Product product, List<Flaky> flaky, List<Quarantine> quarantines, Map<String, String> names)
        implements View {

    QualityTabs tabs() {
        return new QualityTabs(product.key(), "flaky");
    }

    @Nullable
    Quarantine of(UUID test) {
        return quarantines.stream()
                .filter(one -> one.test().equals(test))
                .findFirst()
                .orElse(null);
    }

    @Override
    public String template() {
        return "quality/flaky.jte";
    }

    @Override
    public String title() {
        return "Flaky tests of " + product.name();
    }

    @Override
    public List<Crumb> crumbs() {
        return Crumbs.of(product);
    }
}
