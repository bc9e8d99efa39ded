package dev.conduct.work;

import dev.conduct.identity.People;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.shell.View;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// What the company ships: the products, their components and who knows them.
///
/// @param mayChange false shows them only
/// @param wrong which form was not accepted: `product`, the key of the product whose new component was not, or the
///     `form` of a component
record ProductsPage(
        List<Row> products,
        boolean mayChange,
        List<People.Person> people,
        Map<String, String> entered,
        @Nullable String wrong,
        @Nullable String problem,
        List<FieldProblem> errors,
        @Nullable FirstLine line,
        HttpStatus status)
        implements View {

    record Row(Products.Product product, List<Part> components, List<Member> members) {}

    /// Who holds roles for the product, and which.
    record Member(RecordPage.Named who, String roles) {}

    record Part(Products.ProductComponent component, List<RecordPage.Named> owners) {}

    @Override
    public String template() {
        return "work/products.jte";
    }

    @Override
    public String title() {
        return (problem == null ? "" : "Error: ") + "Products";
    }

    String named(Part part, String owner) {
        return part.owners().get(part.component().owners().indexOf(owner)).name();
    }

    /// What the form is called that changes this component.
    static String form(String product, String component) {
        return product + "/" + component;
    }

    static String form(Part part) {
        return form(part.component().product(), part.component().name());
    }

    boolean wrong(Part part) {
        return form(part).equals(wrong);
    }

    /// What is wrong with the name of this component, of which most of what is refused speaks.
    @Nullable
    String wrongName(Part part) {
        var said = error(form(part), "called");
        return said == null && wrong(part) && errors.isEmpty() ? problem : said;
    }

    String called(Part part) {
        return wrong(part) ? entered.getOrDefault("name", "") : part.component().name();
    }

    boolean critical(Part part) {
        return wrong(part) ? entered.containsKey("critical") : part.component().critical();
    }

    boolean retired(Part part) {
        return wrong(part) ? entered.containsKey("retired") : part.component().retired();
    }

    /// Whether this person or team was chosen in the form, or knows the component.
    boolean knows(Part part, String owner) {
        return wrong(part)
                ? List.of(entered.getOrDefault("owners", "").split(" ")).contains(owner)
                : part.component().owners().contains(owner);
    }

    /// Whether the form that was not accepted renames a product.
    boolean renaming() {
        return entered.containsKey("rename");
    }

    String renamed(Products.Product product) {
        return product.key().equals(wrong) && renaming() ? entered.getOrDefault("rename", "") : product.name();
    }

    String entered(String form, String name) {
        return form.equals(wrong) ? entered.getOrDefault(name, "") : "";
    }

    @Nullable
    String error(String form, String name) {
        return form.equals(wrong)
                ? errors.stream()
                        .filter(error -> error.field().equals(name))
                        .map(FieldProblem::says)
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
