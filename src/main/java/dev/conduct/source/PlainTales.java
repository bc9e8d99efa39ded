package dev.conduct.source;

import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// What the hook script of a plain git server sends after a push: the branch and where it stands now. The commits are
/// read from the mirror.
final class PlainTales {

    private PlainTales() {}

    static Tale read(JsonNode json, Instant receivedAt) {
        var branch = Json.branch(json.path("ref"));
        return branch == null
                ? new Tale.Nothing("Tells of a tag, which is not kept.")
                : new Tale.Push(branch, Json.shaOrNull(json.path("after")), List.of(), 0, "", receivedAt);
    }
}
