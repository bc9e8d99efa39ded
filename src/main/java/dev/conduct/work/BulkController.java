package dev.conduct.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Bulk.Outcome;
import dev.conduct.work.Bulk.Result;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// One act for many items.
@RestController
@Tag(name = "items")
class BulkController {

    /// @param fields also `assignee`; null takes a value away
    @JsonNaming(SnakeCaseStrategy.class)
    record BulkAct(
            @Schema(description = "Which items; or `q` instead.", example = "[\"APP-12\",\"APP-13\"]") @Nullable
            List<String> keys,

            @Schema(description = "A query that finds at most 500 items; or `keys` instead.") @Nullable
            String q,

            @Schema(description = "The transition to take; without it fields are changed.") @Nullable
            String transition,

            @Schema(description = "Takes each item's next transition along its own line.") @Nullable
            Boolean onward,

            @Schema(example = "{\"severity\":\"low\"}") @Nullable
            Map<String, @Nullable Object> fields,

            @Nullable String comment,

            @Schema(description = "Versions at which items were read; one that changed since is refused.") @Nullable
            Map<String, Long> versions,

            @Schema(description = "Says what would come of it and changes nothing.") @Nullable
            Boolean dryRun,

            @Schema(description = "Changes those that can be changed; otherwise it is all or nothing.") @Nullable
            Boolean partial) {}

    /// @param outcome `ready`, `done`, `unchanged`, `held`, `refused` or `left`
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Told(
            String key,
            @Nullable String title,
            @Nullable String state,
            @Nullable Long version,
            String outcome,
            String says,
            List<GateClosed.Blocked> blockedBy) {

        static Told of(Result result) {
            var item = result.item();
            return new Told(
                    result.key(),
                    item == null ? null : item.title(),
                    item == null ? null : item.state(),
                    item == null ? null : item.version(),
                    result.outcome().name().toLowerCase(Locale.ROOT),
                    result.says(),
                    result.blocked());
        }
    }

    /// @param counts how many of each outcome
    @JsonNaming(SnakeCaseStrategy.class)
    record BulkAnswer(boolean dryRun, Map<String, Long> counts, List<Told> results) {

        static BulkAnswer of(boolean dryRun, List<Result> results) {
            var counts = new java.util.TreeMap<String, Long>();
            for (var outcome : Outcome.values()) {
                var count = results.stream()
                        .filter(result -> result.outcome() == outcome)
                        .count();
                if (count > 0) {
                    counts.put(outcome.name().toLowerCase(Locale.ROOT), count);
                }
            }
            return new BulkAnswer(dryRun, counts, results.stream().map(Told::of).toList());
        }
    }

    private final Bulk bulk;
    private final BulkKeys keys;

    BulkController(Bulk bulk, BulkKeys keys) {
        this.bulk = bulk;
        this.keys = keys;
    }

    @PostMapping("/api/v1/items/bulk")
    @Operation(
            operationId = "changeItems",
            summary = "One transition or change for up to 500 items: foreseen, all or nothing, or each that can")
    @ApiResponse(responseCode = "200", description = "What became, or would become, of each")
    @ApiResponse(
            responseCode = "409",
            description = "`bulk_held`: not all of them can, so nothing was changed; `results` tells of each.")
    BulkAnswer act(@RequestBody BulkAct given, @Parameter(hidden = true) Actor actor) {
        var asked = asked(given, actor);
        if (Boolean.TRUE.equals(given.dryRun())) {
            return BulkAnswer.of(true, bulk.foresee(asked, actor));
        }
        return BulkAnswer.of(
                false, Boolean.TRUE.equals(given.partial()) ? bulk.each(asked, actor) : bulk.together(asked, actor));
    }

    private Bulk.Asked asked(BulkAct given, Actor actor) {
        var fields = ItemController.fields(given.fields());
        var assignee = fields.remove("assignee");
        var onward = Boolean.TRUE.equals(given.onward());
        if (onward && given.transition() != null) {
            throw Problem.badInput("onward", "one_act", "goes without `transition`. Send one of them.");
        }
        if (!onward && given.transition() == null && fields.isEmpty() && assignee == null) {
            throw Problem.badInput(
                    "transition", "missing", "is missing. Name a transition, send `onward`, or name `fields`.");
        }
        return new Bulk.Asked(
                keys.of(given.keys(), given.q(), actor),
                Objects.requireNonNullElse(given.versions(), Map.of()),
                new Bulk.Act(
                        given.transition(),
                        onward,
                        fields,
                        assignee == null ? null : Objects.toString(assignee),
                        given.comment()));
    }
}
