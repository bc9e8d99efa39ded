package dev.conduct.checks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// One check: its text, in a form for those who write it, and its runs. Also the form of a new one.
///
/// @param check null: a new one
/// @param name as it is typed, for a new one
/// @param text as it is, or as it was typed
/// @param shown the version whose text this is
record CheckPage(
        Products.Product product,
        @Nullable CheckNote check,
        String name,
        String text,
        int shown,
        List<CheckRows.Version> versions,
        Page<CheckRun> runs,
        Map<String, String> names,
        boolean mayWrite,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    @Override
    public String template() {
        return "checks/check.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + (check == null ? "New check" : check.title());
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
        return FieldProblem.of(errors, field);
    }

    String action() {
        return "/checks/" + product.key() + (check == null ? "" : "/" + check.name());
    }

    boolean current() {
        return check != null && shown == check.version();
    }
}
