package dev.conduct.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The webhooks of GitHub, whose shapes Gitea and Forgejo share but for the names of a few events.
final class GithubTales {

    private GithubTales() {}

    static Tale read(String event, JsonNode json, Instant receivedAt) {
        return switch (event) {
            case "push" -> push(json, receivedAt);
            case "pull_request", "pull_request_sync" -> change(json.path("pull_request"));
            case "pull_request_review" -> review(json);
            case "pull_request_approved", "pull_request_review_approved" ->
                giteaReview(json, Tale.Verdict.APPROVED, receivedAt);
            case "pull_request_rejected", "pull_request_review_rejected" ->
                giteaReview(json, Tale.Verdict.CHANGES_REQUESTED, receivedAt);
            case "check_run" -> checkRun(json.path("check_run"));
            case "workflow_run" -> workflowRun(json);
            case "status" -> status(json);
            case "ping" -> new Tale.Nothing("Says that the webhook works.");
            default -> new Tale.Nothing("Tells of “" + event + "”, which is not kept.");
        };
    }

    private static Tale push(JsonNode json, Instant receivedAt) {
        var branch = Json.branch(json.path("ref"));
        if (branch == null) {
            return new Tale.Nothing("Tells of a tag, which is not kept.");
        }
        var commits = new ArrayList<Tale.Commit>();
        json.path("commits").forEach(commit -> commits.add(commit(commit, receivedAt)));
        var pushed = Json.momentOrNull(json.path("repository").path("pushed_at"));
        return new Tale.Push(
                branch,
                Json.shaOrNull(json.path("after")),
                commits,
                0,
                Json.text(json.path("repository").path("default_branch")),
                Objects.requireNonNullElse(pushed, receivedAt));
    }

    private static Tale.Commit commit(JsonNode commit, Instant receivedAt) {
        var author = commit.path("author");
        var login = Json.text(author.path("username"));
        var at = Json.momentOrNull(commit.path("timestamp"));
        return new Tale.Commit(
                Json.sha(commit.path("id"), "a commit"),
                Json.whole(commit.path("message")),
                login.isEmpty() ? Json.text(author.path("name")) : login,
                Json.text(author.path("email")),
                0,
                at == null ? receivedAt : at);
    }

    private static Tale.Change change(JsonNode request) {
        var merged = request.path("merged").asBoolean(false)
                || request.path("merged_at").isString();
        var state = merged
                ? Tale.State.MERGED
                : Json.text(request.path("state")).equals("closed") ? Tale.State.CLOSED : Tale.State.OPEN;
        return new Tale.Change(
                Json.number(request.path("number"), "a pull request"),
                Json.text(request.path("title")),
                Json.whole(request.path("body")),
                state,
                Json.text(request.path("user").path("login")),
                Json.text(request.path("head").path("ref")),
                Json.text(request.path("base").path("ref")),
                Json.sha(request.path("head").path("sha"), "a pull request"),
                merged ? mergeCommit(request) : null,
                merged ? Json.text(request.path("merged_by").path("login")) : null,
                Json.text(request.path("html_url")),
                Json.moment(request.path("created_at"), "a pull request"),
                Json.moment(request.path("updated_at"), "a pull request"),
                Json.momentOrNull(request.path("merged_at")));
    }

    private static @Nullable String mergeCommit(JsonNode request) {
        var there = Json.shaOrNull(request.path("merge_commit_sha"));
        return there == null ? Json.shaOrNull(request.path("merged_commit_id")) : there;
    }

    private static Tale review(JsonNode json) {
        var review = json.path("review");
        var verdict =
                switch (Json.text(review.path("state")).toLowerCase(Locale.ROOT)) {
                    case "approved" -> Tale.Verdict.APPROVED;
                    case "changes_requested" -> Tale.Verdict.CHANGES_REQUESTED;
                    case "dismissed" -> Tale.Verdict.WITHDRAWN;
                    default -> null;
                };
        if (verdict == null) {
            return new Tale.Nothing("Tells of a review without a verdict.");
        }
        return new Tale.Review(
                change(json.path("pull_request")),
                Json.text(review.path("user").path("login")),
                Json.sha(review.path("commit_id"), "a review"),
                verdict,
                Json.moment(review.path("submitted_at"), "a review"));
    }

    /// Gitea names neither the time nor, before 1.24, the commit of a verdict: it is of the head, as told with it.
    private static Tale giteaReview(JsonNode json, Tale.Verdict verdict, Instant receivedAt) {
        var change = change(json.path("pull_request"));
        var commit = Json.shaOrNull(json.path("commit_id"));
        return new Tale.Review(
                change,
                Json.text(json.path("sender").path("login")),
                commit == null ? change.head() : commit,
                verdict,
                receivedAt);
    }

    private static Tale checkRun(JsonNode run) {
        var began = Json.moment(run.path("started_at"), "a check");
        var ended = Json.momentOrNull(run.path("completed_at"));
        return new Tale.Run(
                "check " + Json.text(run.path("name")),
                String.valueOf(Json.number(run.path("id"), "a check")),
                1,
                Json.sha(run.path("head_sha"), "a check"),
                came(Json.text(run.path("status")), Json.text(run.path("conclusion"))),
                Json.text(run.path("html_url")),
                began,
                ended == null ? began : ended);
    }

    private static Tale workflowRun(JsonNode json) {
        var run = json.path("workflow_run");
        var attempt = run.path("run_attempt").asInt(1);
        var began = Json.momentOrNull(run.path("run_started_at"));
        return new Tale.Run(
                Json.text(run.path("name")),
                String.valueOf(Json.number(run.path("id"), "a run")),
                attempt,
                Json.sha(run.path("head_sha"), "a run"),
                came(Json.text(run.path("status")), Json.text(run.path("conclusion"))),
                Json.text(run.path("html_url")),
                began == null ? Json.moment(run.path("created_at"), "a run") : began,
                Json.moment(run.path("updated_at"), "a run"));
    }

    private static final List<String> NEITHER = List.of("neutral", "skipped");

    private static Tale.Came came(String status, String conclusion) {
        if (!status.equals("completed")) {
            return Tale.Came.RUNNING;
        }
        return NEITHER.contains(conclusion)
                ? Tale.Came.SKIPPED
                : conclusion.equals("success") ? Tale.Came.PASSED : Tale.Came.FAILED;
    }

    private static Tale status(JsonNode json) {
        var came =
                switch (Json.text(json.path("state"))) {
                    case "success" -> Tale.Came.PASSED;
                    case "pending" -> Tale.Came.RUNNING;
                    default -> Tale.Came.FAILED;
                };
        var at = Json.moment(json.path("updated_at"), "a status");
        var commit = Json.sha(json.path("sha"), "a status");
        return new Tale.Run(
                Json.text(json.path("context")), commit, 1, commit, came, Json.text(json.path("target_url")), at, at);
    }
}
