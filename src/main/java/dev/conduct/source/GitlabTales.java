package dev.conduct.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// The webhooks of GitLab: pushes, merge requests with their approvals, pipelines.
final class GitlabTales {

    private static final List<String> RUNNING =
            List.of("created", "waiting_for_resource", "preparing", "pending", "running", "scheduled", "manual");

    /// Stands before a number where no login is known.
    static final String UNKNOWN = "#";

    private GitlabTales() {}

    static Tale read(JsonNode json, Instant receivedAt) {
        var kind = Json.text(json.path("object_kind"));
        return switch (kind) {
            case "push" -> push(json, receivedAt);
            case "merge_request" -> mergeRequest(json);
            case "pipeline" -> pipeline(json, receivedAt);
            case "build" -> new Tale.Nothing("Tells of a job; its pipeline tells for all of them.");
            default -> new Tale.Nothing("Tells of “" + kind + "”, which is not kept.");
        };
    }

    private static Tale push(JsonNode json, Instant receivedAt) {
        var branch = Json.branch(json.path("ref"));
        if (branch == null) {
            return new Tale.Nothing("Tells of a tag, which is not kept.");
        }
        var commits = new ArrayList<Tale.Commit>();
        json.path("commits").forEach(commit -> {
            var at = Json.momentOrNull(commit.path("timestamp"));
            commits.add(new Tale.Commit(
                    Json.sha(commit.path("id"), "a commit"),
                    Json.whole(commit.path("message")),
                    Json.text(commit.path("author").path("name")),
                    Json.text(commit.path("author").path("email")),
                    0,
                    at == null ? receivedAt : at));
        });
        return new Tale.Push(
                branch,
                Json.shaOrNull(json.path("after")),
                commits,
                Math.max(0, json.path("total_commits_count").asLong(0) - commits.size()),
                Json.text(json.path("project").path("default_branch")),
                receivedAt);
    }

    private static Tale mergeRequest(JsonNode json) {
        var request = json.path("object_attributes");
        var who = Json.text(json.path("user").path("username"));
        var action = Json.text(request.path("action"));
        var own = request.path("author_id").equals(json.path("user").path("id"));
        var change = change(request, own ? who : UNKNOWN + Json.text(request.path("author_id")), who);
        return switch (action) {
            case "approval", "approved" -> review(change, who, Tale.Verdict.APPROVED);
            case "unapproval", "unapproved" -> review(change, who, Tale.Verdict.WITHDRAWN);
            default -> change;
        };
    }

    private static Tale.Review review(Tale.Change change, String who, Tale.Verdict verdict) {
        return new Tale.Review(change, who, change.head(), verdict, change.at());
    }

    /// GitLab names the author by a number alone, unless it was the author who did what is told.
    private static Tale.Change change(JsonNode request, String author, String who) {
        var state =
                switch (Json.text(request.path("state"))) {
                    case "merged" -> Tale.State.MERGED;
                    case "closed" -> Tale.State.CLOSED;
                    default -> Tale.State.OPEN;
                };
        var at = Json.moment(request.path("updated_at"), "a merge request");
        var merged = Json.shaOrNull(request.path("merge_commit_sha"));
        var squashed = Json.shaOrNull(request.path("squash_commit_sha"));
        var sha = merged == null ? squashed : merged;
        return new Tale.Change(
                Json.number(request.path("iid"), "a merge request"),
                Json.text(request.path("title")),
                Json.whole(request.path("description")),
                state,
                author,
                Json.text(request.path("source_branch")),
                Json.text(request.path("target_branch")),
                Json.sha(request.path("last_commit").path("id"), "a merge request"),
                state == Tale.State.MERGED ? sha : null,
                state == Tale.State.MERGED ? who : null,
                Json.text(request.path("url")),
                Json.moment(request.path("created_at"), "a merge request"),
                at,
                state == Tale.State.MERGED ? at : null);
    }

    private static Tale pipeline(JsonNode json, Instant receivedAt) {
        var run = json.path("object_attributes");
        var status = Json.text(run.path("status"));
        var began = Json.moment(run.path("created_at"), "a pipeline");
        var ended = Json.momentOrNull(run.path("finished_at"));
        return new Tale.Run(
                "pipeline",
                String.valueOf(Json.number(run.path("id"), "a pipeline")),
                1,
                Json.sha(run.path("sha"), "a pipeline"),
                came(status),
                Json.text(run.path("url")),
                began,
                ended == null ? receivedAt : ended);
    }

    private static Tale.Came came(String status) {
        return switch (status) {
            case "success" -> Tale.Came.PASSED;
            case "skipped" -> Tale.Came.SKIPPED;
            default -> RUNNING.contains(status) ? Tale.Came.RUNNING : Tale.Came.FAILED;
        };
    }
}
