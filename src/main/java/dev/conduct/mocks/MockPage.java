package dev.conduct.mocks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One mock: where it answers, what it was asked, its versions, and the form of the next one.
///
/// @param address whole
/// @param text the mappings that were typed and not accepted, empty otherwise
record MockPage(
        Products.Product product,
        Mock mock,
        String address,
        Page<Journal.Served> requests,
        List<MockRows.Version> versions,
        Map<String, String> names,
        List<Externals.External> externals,
        boolean mayWrite,
        String external,
        String text,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    @Override
    public String template() {
        return "mocks/mock.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + mock.name();
    }

    @Override
    public List<Crumb> crumbs() {
        var crumbs = new ArrayList<>(MocksPage.crumbs(product));
        crumbs.add(new Crumb("Mocks", "/mocks/" + product.key(), false));
        return crumbs;
    }

    @Nullable
    String error(String field) {
        return MocksPage.error(errors, field);
    }

    String action() {
        return "/mocks/" + product.key() + "/" + mock.name();
    }
}
