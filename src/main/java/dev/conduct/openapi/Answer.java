package dev.conduct.openapi;

import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.Set;

/// The refusals, which look the same everywhere.
final class Answer {

    static final String PROBLEM = "Problem";

    private static final Map<String, String> MEANINGS = Map.of(
            "400", "Something in the request is wrong; `errors` names each part.",
            "401", "No token, no session, or one that is not valid.",
            "403", "Not for the roles of this caller; of a session also a missing form token.",
            "404", "Not there, or not visible to this caller.",
            "412", "It was changed since the version in `If-Match`.",
            "413", "Larger than is read here: JSON at most 1 MB and nested at most 64 deep, files at most 25 MB.",
            "415", "A body of another kind than described.",
            "429",
                    "More requests than one actor may make in a minute, or another limit; `Retry-After` says how long to wait.",
            "503", "The database is away or busy; nothing was recorded.");

    private Answer() {}

    static ApiResponse refused(String status) {
        var response = new ApiResponse()
                .description(MEANINGS.getOrDefault(status, "Any other failure."))
                .content(problem());
        return switch (status) {
            case "401" -> response.addHeaderObject("WWW-Authenticate", text("How to come with a token."));
            case "429" -> limited(response).addHeaderObject("Retry-After", text("Seconds to wait."));
            case "503" -> response.addHeaderObject("Retry-After", text("Seconds to wait."));
            default -> response;
        };
    }

    /// What every answer to an actor says of its minute.
    static ApiResponse limited(ApiResponse response) {
        return response.addHeaderObject("RateLimit-Policy", new Header().$ref("RateLimit-Policy"))
                .addHeaderObject("RateLimit", new Header().$ref("RateLimit"));
    }

    static Content problem() {
        return new Content()
                .addMediaType(
                        "application/problem+json",
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
    }

    static Header text(String description) {
        return new Header().description(description).schema(oneType("string"));
    }

    static Schema<?> oneType(String type) {
        var schema = new Schema<>();
        schema.setTypes(Set.of(type));
        return schema;
    }
}
