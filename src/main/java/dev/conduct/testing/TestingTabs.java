package dev.conduct.testing;

import dev.conduct.shell.View.Crumb;
import dev.conduct.work.Products;
import java.util.List;

/// The parts of a product's tests, as tabs over its pages.
///
/// @param here `plans`, `runs`, `catalogue`, `coverage`
record TestingTabs(String product, String here) {

    static List<Crumb> crumbs() {
        return List.of(new Crumb("Test plans", "/testing", false));
    }

    static List<Crumb> crumbs(Products.Product product) {
        return List.of(
                new Crumb("Test plans", "/testing", false),
                new Crumb(product.name(), "/testing/" + product.key(), false));
    }

    static List<Crumb> crumbs(Products.Product product, Plans.Plan plan) {
        return List.of(
                new Crumb("Test plans", "/testing", false),
                new Crumb(product.name(), "/testing/" + product.key(), false),
                new Crumb(plan.title(), "/testing/" + product.key() + "/plans/" + plan.id(), false));
    }
}
