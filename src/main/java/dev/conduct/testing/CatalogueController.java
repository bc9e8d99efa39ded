package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The integration catalogue for programs.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "test plans")
class CatalogueController {

    private final Catalogue catalogue;
    private final TestedProducts tested;

    CatalogueController(Catalogue catalogue, TestedProducts tested) {
        this.catalogue = catalogue;
        this.tested = tested;
    }

    record WantedPart(
            @Schema(example = "payments") String name,

            @Schema(description = "component, service, api, database or third_party.", example = "service")
            String kind,

            @Schema(description = "Who answers for it: an id, an e-mail address, or team: and a name.", example = "")
            @Nullable
            String owner,

            @Schema(description = "What stands in for it in tests.", example = "WireMock") @Nullable
            String mock,

            @Schema(description = "True: it is shown no more.", example = "false") @Nullable
            Boolean retired) {

        Catalogue.NewNode node() {
            return new Catalogue.NewNode(
                    Listed.text(name),
                    Listed.text(kind),
                    Listed.text(owner),
                    Listed.text(mock),
                    Boolean.TRUE.equals(retired));
        }
    }

    record WantedPoint(
            @Schema(description = "Id of the part that asks.") @Nullable
            UUID from,

            @Schema(description = "Id of the part that is asked.") @Nullable
            UUID to,

            @Schema(example = "book a payment") String name,

            @Schema(description = "call, event, data or file.", example = "call")
            String kind,

            @Schema(example = "HTTPS, JSON") @Nullable String protocol,

            @Schema(description = "high, medium or low.", example = "high")
            String criticality,

            @Schema(description = "Who answers for it.", example = "") @Nullable
            String owner,

            @Schema(description = "True: it is shown no more.", example = "false") @Nullable
            Boolean retired) {

        Catalogue.NewPoint point() {
            return new Catalogue.NewPoint(
                    from,
                    to,
                    Listed.text(name),
                    Listed.text(kind),
                    Listed.text(protocol),
                    Listed.text(criticality),
                    Listed.text(owner),
                    Boolean.TRUE.equals(retired));
        }
    }

    record PartAnswer(UUID id, String product, String name, String kind, String owner, String mock, boolean retired) {

        static PartAnswer of(Catalogue.Node node) {
            return new PartAnswer(
                    node.id(), node.product(), node.name(), node.kind(), node.owner(), node.mock(), node.retired());
        }
    }

    record PartPage(List<PartAnswer> items, @Nullable String next) {}

    /// @param cases how many cases in use test it
    /// @param holes what it lacks: `owner`, `case`
    record PointAnswer(
            UUID id,
            String product,
            UUID from,
            UUID to,
            String name,
            String kind,
            String protocol,
            String criticality,
            String owner,
            boolean retired,
            long cases,
            List<String> holes) {

        static PointAnswer of(Catalogue.Point point) {
            return new PointAnswer(
                    point.id(),
                    point.product(),
                    point.from(),
                    point.to(),
                    point.name(),
                    point.kind(),
                    point.protocol(),
                    point.criticality(),
                    point.owner(),
                    point.retired(),
                    point.cases(),
                    java.util.stream.Stream.of(point.owned() ? "" : "owner", point.cases() == 0 ? "case" : "")
                            .filter(hole -> !hole.isEmpty())
                            .toList());
        }
    }

    record PointPage(List<PointAnswer> items, @Nullable String next) {}

    @GetMapping("/products/{key}/integration-parts")
    @Operation(operationId = "listIntegrationParts", summary = "Parts of a product and third parties it leans on")
    PartPage parts(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var _ = tested.find(key, actor);
        var most = Page.limit(limit);
        var page = Listed.page(
                catalogue.nodes(key, Listed.after(cursor), most + 1), most, Catalogue.Node::id, PartAnswer::of);
        return new PartPage(page.items(), page.next());
    }

    @PostMapping("/products/{key}/integration-parts")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createIntegrationPart", summary = "Enters a part or a third party")
    @ApiResponse(responseCode = "201", description = "Entered")
    PartAnswer createPart(
            @PathVariable("key") String key, @RequestBody WantedPart wanted, @Parameter(hidden = true) Actor actor) {
        return PartAnswer.of(catalogue.write(key, null, wanted.node(), actor));
    }

    @PutMapping("/integration-parts/{id}")
    @Operation(operationId = "changeIntegrationPart", summary = "Says anew what a part is")
    PartAnswer changePart(
            @PathVariable("id") UUID id, @RequestBody WantedPart wanted, @Parameter(hidden = true) Actor actor) {
        return PartAnswer.of(catalogue.write(catalogue.product(id, actor), id, wanted.node(), actor));
    }

    @GetMapping("/products/{key}/integration-points")
    @Operation(operationId = "listIntegrationPoints", summary = "Where parts of a product meet, and what they lack")
    PointPage points(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var _ = tested.find(key, actor);
        var most = Page.limit(limit);
        var page = Listed.page(
                catalogue.points(key, Listed.after(cursor), most + 1), most, Catalogue.Point::id, PointAnswer::of);
        return new PointPage(page.items(), page.next());
    }

    @PostMapping("/products/{key}/integration-points")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createIntegrationPoint", summary = "Enters an integration point")
    @ApiResponse(responseCode = "201", description = "Entered")
    PointAnswer createPoint(
            @PathVariable("key") String key, @RequestBody WantedPoint wanted, @Parameter(hidden = true) Actor actor) {
        return PointAnswer.of(catalogue.write(key, null, wanted.point(), actor));
    }

    @PutMapping("/integration-points/{id}")
    @Operation(operationId = "changeIntegrationPoint", summary = "Says anew what an integration point is")
    PointAnswer changePoint(
            @PathVariable("id") UUID id, @RequestBody WantedPoint wanted, @Parameter(hidden = true) Actor actor) {
        return PointAnswer.of(catalogue.write(catalogue.product(id, actor), id, wanted.point(), actor));
    }
}
