package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.ledger.Event;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What is added to an item: evidence, comments, links, watchers.
@RestController
@RequestMapping("/api/v1/items/{key}")
@Tag(name = "remarks")
class RemarkController {

    record NewEvidence(
            @Schema(example = "local_test") String kind,
            @Schema(example = "passed") String verdict,

            @Schema(example = "4f2a9c1d") @Nullable String commit,

            @Schema(example = "1284") @Nullable String build,

            @Schema(example = "https://ci.example.org/runs/1284") @Nullable
            String url,

            @Schema(example = "All 214 tests") @Nullable String note) {}

    record EvidenceAnswer(
            UUID id,
            String kind,
            String verdict,
            boolean passed,
            @Nullable String commit,
            @Nullable String build,
            @Nullable String url,
            @Nullable String note,
            String actor,
            Instant at,
            boolean voided) {

        static EvidenceAnswer of(Event event) {
            return new EvidenceAnswer(
                    event.id(),
                    ItemFold.text(event, "kind", ""),
                    ItemFold.text(event, "verdict", ""),
                    Boolean.TRUE.equals(event.data().get("passed")),
                    (String) event.data().get("commit"),
                    (String) event.data().get("build"),
                    event.content().get("url"),
                    event.content().get("note"),
                    event.actor(),
                    event.occurredAt(),
                    false);
        }
    }

    record NewComment(
            @Schema(example = "Seen it *too*.") String text,

            @Schema(
                    description = "Whether customers who see the item read it; what they say themselves, they do.",
                    example = "false")
            @Nullable
            Boolean outside) {}

    /// @param outside true: customers who see the item read it
    /// @param editedAt when its author last said it otherwise
    @JsonNaming(SnakeCaseStrategy.class)
    record CommentAnswer(
            UUID id,
            String author,
            Instant at,
            String text,
            boolean outside,
            @Nullable Instant editedAt) {}

    record NewWording(@Schema(example = "Seen it *twice*.") String text) {}

    record CommentPage(List<CommentAnswer> items, @Nullable String next) {}

    record NewLink(
            @Schema(description = "duplicates, blocks, causes or fixes.", example = "duplicates")
            String kind,

            @Schema(description = "The other item's key.", example = "APP-7")
            String other) {}

    /// @param kind also `duplicated_by`, `blocked_by`, `caused_by`, `fixed_by`, as the other item's links look from
    ///     here
    record LinkAnswer(String kind, String other, String title, String state) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Watching(String actor, boolean watching) {}

    private final Remarks remarks;
    private final Items items;
    private final RemarkRows rows;
    private final Watchers watchers;

    RemarkController(Remarks remarks, Items items, RemarkRows rows, Watchers watchers) {
        this.remarks = remarks;
        this.items = items;
        this.rows = rows;
        this.watchers = watchers;
    }

    @GetMapping("/evidence")
    @Operation(operationId = "listEvidence", summary = "What has been attested, oldest first")
    List<EvidenceAnswer> evidence(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return rows.evidence(items.findVisible(key, actor).key());
    }

    @PostMapping("/evidence")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "attestEvidence", summary = "Attests a fact that no connected source delivers")
    @ApiResponse(responseCode = "201", description = "Attested")
    EvidenceAnswer attest(
            @PathVariable("key") String key, @RequestBody NewEvidence given, @Parameter(hidden = true) Actor actor) {
        var attestation = new Items.Attestation(
                key,
                Required.text("kind", given.kind()),
                Required.text("verdict", given.verdict()),
                given.commit(),
                given.build(),
                given.url(),
                given.note(),
                null);
        return EvidenceAnswer.of(remarks.attest(attestation, actor).event());
    }

    @GetMapping("/comments")
    @Operation(operationId = "listComments", summary = "What people said, oldest first")
    CommentPage comments(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        return rows.comments(items.findVisible(key, actor).key(), limit, cursor, Sight.of(actor));
    }

    @PostMapping("/comments")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "comment", summary = "Says something")
    @ApiResponse(responseCode = "201", description = "Said")
    CommentAnswer comment(
            @PathVariable("key") String key, @RequestBody NewComment given, @Parameter(hidden = true) Actor actor) {
        var text = Required.text("text", given.text());
        var entered = remarks.comment(key, text, Boolean.TRUE.equals(given.outside()), null, actor);
        var said = entered.event();
        return new CommentAnswer(
                said.id(), said.actor(), said.occurredAt(), text, ItemFold.outside(said, entered.item()), null);
    }

    @PatchMapping("/comments/{id}")
    @Operation(operationId = "reword", summary = "Says otherwise what one said; the wordings before stay in its events")
    CommentAnswer reword(
            @PathVariable("key") String key,
            @PathVariable("id") String id,
            @RequestBody NewWording given,
            @Parameter(hidden = true) Actor actor) {
        var item = items.reword(key, id, Required.text("text", given.text()), actor);
        return rows.comment(item.key(), id);
    }

    @DeleteMapping("/comments/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unsay", summary = "Deletes what one said; that it was deleted stays")
    void unsay(@PathVariable("key") String key, @PathVariable("id") String id, @Parameter(hidden = true) Actor actor) {
        items.unsay(key, id, actor);
    }

    @GetMapping("/links")
    @Operation(operationId = "listLinks", summary = "How it relates to other items, from here")
    List<LinkAnswer> links(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return rows.links(items.findVisible(key, actor).key(), Sight.of(actor));
    }

    @PostMapping("/links")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "link", summary = "Links it to another item; the same link twice is one")
    LinkAnswer link(
            @PathVariable("key") String key, @RequestBody NewLink given, @Parameter(hidden = true) Actor actor) {
        var kind = Required.text("kind", given.kind());
        var other = Required.text("other", given.other());
        remarks.link(key, kind, other, null, actor);
        var linked = items.findVisible(other, actor);
        return new LinkAnswer(kind, linked.key(), linked.title(), linked.state());
    }

    @GetMapping("/watchers")
    @Operation(operationId = "listWatchers", summary = "Who wants to hear of it")
    List<String> watchers(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return watchers.of(items.findVisible(key, actor).key());
    }

    @PutMapping("/watchers/me")
    @Operation(operationId = "watch", summary = "Watches it")
    Watching watch(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        remarks.watch(key, true, actor);
        return new Watching(actor.id(), true);
    }

    @PostMapping("/watchers")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "addWatcher", summary = "Watches it")
    Watching addWatcher(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return watch(key, actor);
    }

    @DeleteMapping("/watchers/me")
    @Operation(
            operationId = "unwatch",
            summary = "Watches it no longer, also who reported it, is to do it or said something")
    Watching unwatch(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        remarks.watch(key, false, actor);
        return new Watching(actor.id(), false);
    }

    @DeleteMapping("/watchers")
    @Operation(operationId = "removeWatcher", summary = "Watches it no longer, the same as unwatch")
    Watching removeWatcher(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return unwatch(key, actor);
    }
}
