package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.procedure.Signal;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// How an item may move on, and moving it.
@RestController
@RequestMapping("/api/v1/items/{key}/transitions")
@Tag(name = "transitions")
class TransitionController {

    /// @param fields also `assignee`
    record NewTransition(
            @Schema(example = "log") String transition,

            @Schema(
                    example =
                            "{\"kind\":\"functional\",\"component\":\"editor\",\"expected\":\"All lines\",\"actual\":\"One less\"}")
            @Nullable
            Map<String, @Nullable Object> fields,

            @Schema(example = "Seen on two machines.") @Nullable
            String comment) {}

    /// @param to the state it leads to; null for an act, which moves nothing
    @JsonNaming(SnakeCaseStrategy.class)
    record TransitionAnswer(
            String name, String title, @Nullable String to, boolean allowed, List<GateClosed.Blocked> blockedBy) {

        static TransitionAnswer of(Signal.Verdict verdict, Map<String, String> links) {
            return new TransitionAnswer(
                    verdict.transition().name(),
                    verdict.transition().title(),
                    verdict.transition().to(),
                    verdict.allowed(),
                    verdict.blockedBy().stream()
                            .map(reason -> GateClosed.Blocked.of(reason, links.get(reason.gate())))
                            .toList());
        }
    }

    private final Items items;
    private final OutsideView outside;
    private final Remedies remedies;

    TransitionController(Items items, OutsideView outside, Remedies remedies) {
        this.remedies = remedies;
        this.items = items;
        this.outside = outside;
    }

    @GetMapping
    @Operation(operationId = "listTransitions", summary = "Every way on from here, and what holds it")
    List<TransitionAnswer> list(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var standing = items.standing(key, actor);
        var item = standing.item();
        return items.verdicts(standing.found(), actor).stream()
                .map(verdict -> TransitionAnswer.of(
                        verdict,
                        remedies.links(verdict, item, standing.procedure(), standing.type(), item.fields(), actor)))
                .toList();
    }

    @PostMapping
    @Operation(operationId = "moveItem", summary = "Takes a transition; 409 gate_closed with blocked_by when held")
    @ApiResponse(responseCode = "200", description = "As it is now", headers = @Header(name = "ETag", ref = "ETag"))
    @ApiResponse(
            responseCode = "409",
            description =
                    "`gate_closed`: gates hold it, `blocked_by` names each; `wrong_state`: it does not lead from here.")
    ResponseEntity<ItemAnswer> move(
            @PathVariable("key") String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody NewTransition given,
            @Parameter(hidden = true) Actor actor) {
        var fields = ItemController.fields(given.fields());
        var assignee = fields.remove("assignee");
        var move = new Items.Move(
                key,
                Required.text("transition", given.transition()),
                fields,
                assignee == null ? null : Objects.toString(assignee),
                given.comment(),
                Versions.expected(ifMatch),
                null);
        return Versions.tagged(ItemAnswer.changed(outside.of(items.move(move, actor), actor)));
    }
}
