package dev.conduct.checks;

import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The checks of a product, and the secrets they send.
///
/// @param others products that the reader may turn to
/// @param names of people, by id
/// @param mayWrite whether the reader writes checks of the product
/// @param entered the name and host of a secret that was not accepted
record ChecksPage(
        Products.Product product,
        List<Products.Product> others,
        List<CheckNote> checks,
        List<CheckSecrets.Named> secrets,
        Map<String, String> names,
        boolean mayWrite,
        Entered entered,
        List<FieldProblem> errors,
        HttpStatus status)
        implements View {

    record Entered(String name, String host) {

        static final Entered NOTHING = new Entered("", "");
    }

    @Override
    public String template() {
        return "checks/checks.jte";
    }

    @Override
    public String title() {
        return (errors.isEmpty() ? "" : "Error: ") + "Checks of " + product.name();
    }

    @Nullable
    String error(String field) {
        return FieldProblem.of(errors, field);
    }

    static String tone(@Nullable String state) {
        return switch (state == null ? "" : state) {
            case "passed" -> "clear";
            case "failed" -> "stop";
            case "broken_off" -> "caution";
            default -> "wait";
        };
    }

    static String word(@Nullable String state) {
        return switch (state == null ? "" : state) {
            case "passed" -> "Passed";
            case "failed" -> "Failed";
            case "broken_off" -> "Broken off";
            case "running" -> "Running";
            case "waiting" -> "Waits";
            default -> "Not done yet";
        };
    }
}
