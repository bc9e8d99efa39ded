package dev.conduct.source;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the notification plug-in of Jenkins sends, and any script that sends the same few members.
final class JenkinsTales {

    private static final List<String> ENDED = List.of("COMPLETED", "FINALIZED");

    private JenkinsTales() {}

    static Tale read(JsonNode json, Instant receivedAt) {
        var build = json.path("build");
        var phase = Json.text(build.path("phase"));
        var began = began(build, receivedAt);
        var ended = ENDED.contains(phase);
        return new Tale.Run(
                Json.text(json.path("name")),
                String.valueOf(Json.number(build.path("number"), "a build")),
                1,
                Json.sha(build.path("scm").path("commit"), "a build"),
                !ended
                        ? Tale.Came.RUNNING
                        : Json.text(build.path("status")).equals("SUCCESS") ? Tale.Came.PASSED : Tale.Came.FAILED,
                Json.text(build.path("full_url")),
                began,
                ended ? receivedAt : began);
    }

    /// Milliseconds since 1970, where the plug-in says so.
    private static Instant began(JsonNode build, Instant receivedAt) {
        var timestamp = build.path("timestamp");
        return timestamp.isIntegralNumber() && timestamp.asLong() > 0
                ? Instant.ofEpochMilli(timestamp.asLong())
                : receivedAt;
    }
}
