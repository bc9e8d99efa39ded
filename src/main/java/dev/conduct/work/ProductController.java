package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Products and their components for programs.
@RestController
@RequestMapping("/api/v1/products")
@Tag(name = "products")
class ProductController {

    record NewProduct(
            @Schema(pattern = "^[A-Z][A-Z0-9]{1,9}$", example = "APP")
            String key,

            @Schema(example = "The app") String name) {}

    /// @param membersOnly inside, only those see it who hold a role for it, or one company-wide
    /// @param archived nothing new is reported to it
    @JsonNaming(SnakeCaseStrategy.class)
    record ProductAnswer(String key, String name, boolean membersOnly, boolean archived) {

        static ProductAnswer of(Products.Product product) {
            return new ProductAnswer(product.key(), product.name(), product.membersOnly(), product.archived());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            @Schema(description = "What it is called from now on; left out, its name stays.", example = "The app")
            @Nullable
            String name,

            @Schema(
                    description = "True: only those see it who hold a role for it, or one company-wide.",
                    example = "true")
            @Nullable
            Boolean membersOnly,

            @Schema(
                    description = "True: nothing new is reported to it, and it is offered nowhere. Its records stay.",
                    example = "false")
            @Nullable
            Boolean archived) {}

    record ProductPage(List<ProductAnswer> items, @Nullable String next) {}

    record NewComponent(
            @Schema(example = "editor") String name,

            @Schema(description = "Whether a failure of it stops users.", example = "true") @Nullable
            Boolean critical,

            @Schema(description = "Ids of who answers for it.", example = "[]") @Nullable
            List<String> owners) {}

    record ChangedComponent(
            @Schema(description = "Which one, by its name or one it had.", example = "editor")
            String name,

            @Schema(
                    description = "What it is called from now on, records that name it too; left out, its name stays.",
                    example = "text-editor")
            @Nullable
            String called,

            @Schema(description = "Whether a failure of it stops users.", example = "true") @Nullable
            Boolean critical,

            @Schema(description = "Ids of who answers for it.", example = "[]") @Nullable
            List<String> owners,

            @Schema(description = "True: it is offered for no record any more.", example = "false") @Nullable
            Boolean retired) {}

    /// @param former what it was called before: these names are taken for it still
    record ComponentAnswer(
            String product, String name, boolean critical, List<String> owners, boolean retired, List<String> former) {

        static ComponentAnswer of(Products.ProductComponent component) {
            return new ComponentAnswer(
                    component.product(),
                    component.name(),
                    component.critical(),
                    component.owners(),
                    component.retired(),
                    component.former());
        }
    }

    record ComponentPage(
            List<ComponentAnswer> items, @Nullable String next) {}

    private final Products products;
    private final ProductChanges changes;

    ProductController(Products products, ProductChanges changes) {
        this.products = products;
        this.changes = changes;
    }

    @GetMapping
    @Operation(operationId = "listProducts", summary = "The products one sees, by key")
    ProductPage list(@Parameter(hidden = true) Actor actor) {
        return new ProductPage(
                products.visible(actor).stream().map(ProductAnswer::of).toList(), null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createProduct", summary = "Creates a product")
    @ApiResponse(responseCode = "201", description = "Created")
    @ApiResponse(responseCode = "409", description = "There is a product of that key.")
    ProductAnswer create(@RequestBody NewProduct given, @Parameter(hidden = true) Actor actor) {
        return ProductAnswer.of(
                products.create(Required.text("key", given.key()), Required.text("name", given.name()), actor));
    }

    @PatchMapping("/{key}")
    @Operation(
            operationId = "showProduct",
            summary = "Renames or archives a product, opens it to everybody inside, or to its members only")
    ProductAnswer show(
            @PathVariable("key") String key, @RequestBody Shown shown, @Parameter(hidden = true) Actor actor) {
        if (shown.membersOnly() == null && shown.name() == null && shown.archived() == null) {
            throw Problem.badInput(
                    "members_only",
                    "missing",
                    "is missing. Write true or false, or a name, or whether it is archived.");
        }
        return ProductAnswer.of(changes.change(key, shown.name(), shown.membersOnly(), shown.archived(), actor));
    }

    @GetMapping("/{key}/components")
    @Operation(operationId = "listComponents", summary = "A product's components, by name")
    ComponentPage components(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var product = products.findVisible(key, actor);
        return new ComponentPage(
                products.components(product.key()).stream()
                        .map(ComponentAnswer::of)
                        .toList(),
                null);
    }

    @PatchMapping("/{key}/components")
    @Operation(operationId = "changeComponent", summary = "Renames a component, changes who knows it, or retires it")
    @ApiResponse(responseCode = "200", description = "Changed")
    @ApiResponse(responseCode = "409", description = "Another component has that name, or had it.")
    ComponentAnswer changeComponent(
            @PathVariable("key") String key,
            @RequestBody ChangedComponent given,
            @Parameter(hidden = true) Actor actor) {
        return ComponentAnswer.of(changes.change(
                key,
                Required.text("name", given.name()),
                new ProductChanges.Wanted(given.called(), given.critical(), given.owners(), given.retired()),
                actor));
    }

    @PostMapping("/{key}/components")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createComponent", summary = "Creates a component")
    @ApiResponse(responseCode = "201", description = "Created")
    @ApiResponse(responseCode = "409", description = "The product has a component of that name.")
    ComponentAnswer createComponent(
            @PathVariable("key") String key, @RequestBody NewComponent given, @Parameter(hidden = true) Actor actor) {
        return ComponentAnswer.of(products.createComponent(
                new Products.ProductComponent(
                        key,
                        Required.text("name", given.name()),
                        Boolean.TRUE.equals(given.critical()),
                        Objects.requireNonNullElse(given.owners(), List.of())),
                actor));
    }
}
