package dev.conduct.openapi;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;

/// The token end point, which a filter answers and no handler. Its refusals look as RFC 6749 wants them.
final class TokenOperation {

    private TokenOperation() {}

    static PathItem path() {
        return new PathItem()
                .post(new Operation()
                        .operationId("getToken")
                        .addTagsItem("token")
                        .summary("Gives a bearer token to an API client")
                        .description("The id and secret come in the form, or by HTTP Basic.")
                        .requestBody(new RequestBody().required(true).content(form()))
                        .responses(new ApiResponses()
                                .addApiResponse("200", of("The token", token()))
                                .addApiResponse("400", of("Not a request for a token", refusal()))
                                .addApiResponse("401", of("Unknown client or wrong secret", refusal()))));
    }

    static PathItem introspection() {
        var known = Answer.oneType("object")
                .addProperty("active", Answer.oneType("boolean"))
                .addProperty("client_id", Answer.oneType("string"))
                .addProperty("scope", Answer.oneType("string"))
                .addProperty("exp", Answer.oneType("integer"))
                .required(List.of("active"));
        known.setAdditionalProperties(true);
        return new PathItem()
                .post(new Operation()
                        .operationId("introspectToken")
                        .addTagsItem("token")
                        .summary("Says whether a token of the calling client is in force (RFC 7662)")
                        .requestBody(new RequestBody().required(true).content(about()))
                        .responses(new ApiResponses()
                                .addApiResponse("200", of("What is known of it", known))
                                .addApiResponse("400", of("Not such a request", refusal()))
                                .addApiResponse("401", of("Unknown client or wrong secret", refusal()))));
    }

    static PathItem revocation() {
        return new PathItem()
                .post(new Operation()
                        .operationId("revokeToken")
                        .addTagsItem("token")
                        .summary("Ends a token of the calling client at once (RFC 7009)")
                        .requestBody(new RequestBody().required(true).content(about()))
                        .responses(new ApiResponses()
                                .addApiResponse(
                                        "200",
                                        new ApiResponse().description("It opens nothing any more, if it ever did"))
                                .addApiResponse("400", of("Not such a request", refusal()))
                                .addApiResponse("401", of("Unknown client or wrong secret", refusal()))));
    }

    static PathItem keys() {
        var set = Answer.oneType("object")
                .addProperty("keys", new ArraySchema().items(openObject()))
                .required(List.of("keys"));
        return new PathItem()
                .get(new Operation()
                        .operationId("getSigningKeys")
                        .addTagsItem("token")
                        .summary("The public keys that sign tokens (RFC 7517)")
                        .responses(new ApiResponses().addApiResponse("200", of("The keys", set))));
    }

    private static Schema<?> openObject() {
        var schema = Answer.oneType("object");
        schema.setAdditionalProperties(true);
        return schema;
    }

    private static Content about() {
        var form = Answer.oneType("object")
                .addProperty("token", Answer.oneType("string"))
                .addProperty("client_id", Answer.oneType("string"))
                .addProperty("client_secret", Answer.oneType("string").format("password"))
                .required(List.of("token"));
        return new Content().addMediaType("application/x-www-form-urlencoded", new MediaType().schema(form));
    }

    private static Content form() {
        var form = Answer.oneType("object")
                .addProperty("grant_type", constant("client_credentials"))
                .addProperty("client_id", Answer.oneType("string"))
                .addProperty("client_secret", Answer.oneType("string").format("password"))
                .addProperty(
                        "scope",
                        Answer.oneType("string")
                                .description(
                                        "Fewer than the client has, separated by spaces: read write administer metrics."))
                .required(List.of("grant_type"));
        return new Content().addMediaType("application/x-www-form-urlencoded", new MediaType().schema(form));
    }

    private static Schema<?> token() {
        return Answer.oneType("object")
                .addProperty("access_token", Answer.oneType("string"))
                .addProperty("token_type", constant("Bearer"))
                .addProperty("expires_in", Answer.oneType("integer").description("Seconds."))
                .required(List.of("access_token", "token_type", "expires_in"));
    }

    private static Schema<?> refusal() {
        return Answer.oneType("object")
                .addProperty("error", Answer.oneType("string").example("invalid_client"))
                .addProperty("error_description", Answer.oneType("string"))
                .addProperty("error_uri", Answer.oneType("string"))
                .required(List.of("error"));
    }

    private static Schema<?> constant(String value) {
        var schema = Answer.oneType("string");
        schema.setConst(value);
        schema.setExample(value);
        return schema;
    }

    private static ApiResponse of(String description, Schema<?> schema) {
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType("application/json", new MediaType().schema(schema)));
    }
}
