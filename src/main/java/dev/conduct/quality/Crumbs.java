package dev.conduct.quality;

import dev.conduct.shell.View.Crumb;
import dev.conduct.work.Products;
import java.util.List;

/// Where the pages of quality stand.
final class Crumbs {

    private Crumbs() {}

    static List<Crumb> of() {
        return List.of(new Crumb("Quality", "/quality", false));
    }

    static List<Crumb> of(Products.Product product) {
        return List.of(
                new Crumb("Quality", "/quality", false), new Crumb(product.name(), "/quality/" + product.key(), false));
    }
}
