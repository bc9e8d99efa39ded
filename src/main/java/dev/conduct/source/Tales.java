package dev.conduct.source;

import java.time.Instant;

/// Reads what a host sent into the one language of [Tale].
final class Tales {

    private Tales() {}

    /// @param receivedAt stands in where a host names no time
    /// @throws Json.Unreadable when a tale that is kept here lacks what makes it one
    static Tale read(Host host, String event, String body, Instant receivedAt) {
        var json = Json.read(body);
        if (!json.isObject()) {
            throw new Json.Unreadable("It is no JSON object.");
        }
        return switch (host) {
            case GITHUB, GITEA -> GithubTales.read(event, json, receivedAt);
            case GITLAB -> GitlabTales.read(json, receivedAt);
            case JENKINS -> JenkinsTales.read(json, receivedAt);
            case GIT -> PlainTales.read(json, receivedAt);
        };
    }
}
