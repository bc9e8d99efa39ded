package dev.conduct.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;

/// The description describes itself.
final class DescriptionOperation {

    private DescriptionOperation() {}

    static PathItem path() {
        var document = Answer.oneType("object")
                .addProperty("openapi", Answer.oneType("string").pattern("^3\\.1\\."))
                .addProperty("paths", Answer.oneType("object"))
                .required(List.of("openapi", "paths"));
        document.setAdditionalProperties(true);
        return new PathItem()
                .get(new Operation()
                        .operationId("getDescription")
                        .addTagsItem("description")
                        .summary("This document (OpenAPI 3.1)")
                        .responses(new ApiResponses()
                                .addApiResponse(
                                        "200",
                                        new ApiResponse()
                                                .description("The document")
                                                .content(new Content()
                                                        .addMediaType(
                                                                "application/json",
                                                                new MediaType().schema(document))))));
    }
}
