package dev.conduct.mocks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The mocks of a product, and the form of a new one.
///
/// @param mayWrite whether the reader writes mocks of the product
/// @param entered what was typed and not accepted
record MocksPage(
        Products.Product product,
        List<Mock> mocks,
        List<Externals.External> externals,
        boolean mayWrite,
        Entered entered,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    record Entered(String name, String external, String mappings) {

        static final Entered NOTHING = new Entered("", "", "");
    }

    @Override
    public String template() {
        return "mocks/mocks.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Mocks of " + product.name();
    }

    @Override
    public List<Crumb> crumbs() {
        return crumbs(product);
    }

    static List<Crumb> crumbs(Products.Product product) {
        return List.of(
                new Crumb("Checks", "/checks", false), new Crumb(product.name(), "/checks/" + product.key(), false));
    }

    @Nullable
    String error(String field) {
        return error(errors, field);
    }

    static @Nullable String error(List<FieldProblem> errors, String field) {
        return FieldProblem.of(errors, field);
    }
}
