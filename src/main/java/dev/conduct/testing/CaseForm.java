package dev.conduct.testing;

import dev.conduct.kernel.Problem;
import dev.conduct.shell.View;
import dev.conduct.work.Products;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// The form of a case.
///
/// @param shown the case that is changed, null for a new one
record CaseForm(
        Products.Product product,
        Plans.Plan plan,
        @Nullable TestCase shown,
        List<Catalogue.Point> points,
        List<Products.ProductComponent> components,
        List<String> edges,
        Entered entered)
        implements View {

    static CaseText text(Map<String, String> form) {
        var point = form.getOrDefault("point", "");
        try {
            return new CaseText(
                    form.getOrDefault("title", ""),
                    lines(form, "preconditions"),
                    Step.read(lines(form, "steps")),
                    DataSet.read(lines(form, "data")),
                    form.getOrDefault("edge_class", ""),
                    form.getOrDefault("automation", ""),
                    form.getOrDefault("requirement", ""),
                    form.getOrDefault("component", ""),
                    point.isEmpty() ? null : UUID.fromString(point),
                    form.getOrDefault("reference", ""));
        } catch (IllegalArgumentException notAnId) {
            throw Problem.badInput("point", "unknown", "is no integration point of the catalogue.");
        }
    }

    static @Nullable Long version(Map<String, String> form) {
        try {
            return form.containsKey("version") ? Long.valueOf(form.get("version")) : null;
        } catch (NumberFormatException notANumber) {
            throw Problem.badInput("version", "not_a_number", "must be the version that was read.");
        }
    }

    private static String lines(Map<String, String> form, String name) {
        return form.getOrDefault(name, "").replace("\r\n", "\n");
    }

    private CaseText before() {
        return shown == null ? CaseText.EMPTY : shown.text();
    }

    /// What stands in a field.
    String value(String field) {
        var text = before();
        var point = text.point();
        return entered.value(
                field,
                switch (field) {
                    case "title" -> text.title();
                    case "preconditions" -> text.preconditions();
                    case "steps" -> Step.written(text.steps());
                    case "data" -> DataSet.written(text.data());
                    case "edge_class" -> text.edge();
                    case "automation" -> text.automation();
                    case "requirement" -> text.requirement();
                    case "component" -> text.component();
                    case "point" -> point == null ? "" : point.toString();
                    default -> text.reference();
                });
    }

    String action() {
        return shown == null ? "/testing/" + product.key() + "/plans/" + plan.id() + "/case" : shown.path();
    }

    @Override
    public String template() {
        return "testing/case-form.jte";
    }

    @Override
    public String title() {
        return entered.heading(shown == null ? "New case" : "Change " + shown.key());
    }

    @Override
    public List<Crumb> crumbs() {
        return TestingTabs.crumbs(product, plan);
    }

    @Override
    public HttpStatus status() {
        return entered.status();
    }
}
