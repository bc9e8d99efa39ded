package dev.conduct.standards;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Standards for programs. That somebody has read one, they say themselves, on its page.
@RestController
@RequestMapping("/api/v1/standards")
@Tag(name = "standards")
class StandardsController {

    private final Standards standards;
    private final StandardLists lists;
    private final Overview overview;

    StandardsController(Standards standards, StandardLists lists, Overview overview) {
        this.standards = standards;
        this.lists = lists;
        this.overview = overview;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record WantedStandard(
            @Schema(description = "Key of the product it is for; left out, the whole company.") @Nullable
            String product,

            @Schema(example = "How we write Java") String title,

            @Schema(description = "Markdown.", example = "Names say what a thing is.")
            String body,

            @Schema(description = "Who has to know it; left out, everybody inside.", example = "[\"developer\"]")
            @Nullable
            List<String> roles,

            @Schema(description = "From its approval until it has to be known; left out, 14.", example = "14") @Nullable
            Integer days,

            @Schema(description = "For how many days a training counts; left out, none is asked for.", example = "365")
            @Nullable
            Integer trainingDays) {

        Standards.Wanted wanted() {
            return new Standards.Wanted(
                    text(title),
                    text(body),
                    roles == null ? List.of() : roles,
                    days == null ? Standards.Wanted.EMPTY.days() : days,
                    trainingDays == null ? 0 : trainingDays);
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record WantedVersion(
            @Schema(example = "How we write Java") String title,

            @Schema(description = "Markdown.", example = "Names say what a thing is, methods what they do.")
            String body,

            @Schema(description = "Who has to know it; left out, everybody inside.", example = "[\"developer\"]")
            @Nullable
            List<String> roles,

            @Schema(description = "From its approval until it has to be known; left out, 14.", example = "14") @Nullable
            Integer days,

            @Schema(description = "For how many days a training counts; left out, none is asked for.", example = "365")
            @Nullable
            Integer trainingDays) {}

    record WantedApproval(
            @Schema(description = "SHA-256 of the version that waits, as it was read.")
            String digest) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record WantedTraining(
            @Schema(description = "An e-mail address, a name or an id.", example = "ada@example.org")
            String person,

            @Schema(example = "2026-03-11") String heldOn,

            @Schema(description = "Left out, as long as the standard says.", example = "2027-03-11") @Nullable
            String validUntil,

            @Schema(description = "Who taught it.", example = "Ada")
            String trainer) {}

    /// @param version number of the version in force, 0 before one was approved
    /// @param proposed number of the newest version; greater while it waits for approval, of its digest
    @JsonNaming(SnakeCaseStrategy.class)
    record StandardAnswer(
            UUID id,
            @Nullable String product,
            String title,
            String body,
            List<String> roles,
            int days,
            int trainingDays,
            int version,
            int proposed,
            String proposedDigest,
            @Nullable Instant approvedAt,
            @Nullable Instant dueAt,
            @Nullable Instant retiredAt) {

        static StandardAnswer of(Standard standard) {
            var version = standard.version();
            return new StandardAnswer(
                    standard.id(),
                    standard.product(),
                    version.title(),
                    version.body(),
                    version.roles(),
                    version.days(),
                    version.trainingDays(),
                    standard.latest(),
                    standard.proposed(),
                    standard.proposedDigest(),
                    version.approvedAt(),
                    version.due(),
                    standard.retiredAt());
        }
    }

    record StandardPage(
            List<StandardAnswer> items, @Nullable String next) {}

    record TrainingAnswer(UUID id) {}

    /// @param owes what is still owed, in words
    @JsonNaming(SnakeCaseStrategy.class)
    record KnowledgeAnswer(
            String person,
            int readVersion,
            @Nullable Instant readAt,
            @Nullable LocalDate trainedOn,
            @Nullable LocalDate trainedUntil,
            List<String> owes) {

        static KnowledgeAnswer of(Overview.Line line) {
            var known = line.knowledge();
            return new KnowledgeAnswer(
                    line.person().id(),
                    known.read(),
                    known.readAt(),
                    known.trainedOn(),
                    known.validUntil(),
                    line.holes());
        }
    }

    record KnowledgePage(
            List<KnowledgeAnswer> items, @Nullable String next) {}

    @GetMapping
    @Operation(operationId = "listStandards", summary = "Written standards, the newest first")
    StandardPage list(
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var most = Page.limit(limit);
        var page = lists.page(actor, false, after(cursor), most + 1);
        var shown = page.subList(0, Math.min(most, page.size()));
        return new StandardPage(
                shown.stream().map(StandardAnswer::of).toList(),
                page.size() <= most ? null : shown.getLast().id().toString());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "proposeStandard", summary = "Proposes a standard; a second person puts it in force")
    @ApiResponse(responseCode = "201", description = "Proposed")
    StandardAnswer propose(@RequestBody WantedStandard wanted, @Parameter(hidden = true) Actor actor) {
        return StandardAnswer.of(standards.propose(text(wanted.product()), wanted.wanted(), actor));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getStandard", summary = "A standard, as its version in force has it")
    StandardAnswer get(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return StandardAnswer.of(lists.visible(id, actor));
    }

    @PostMapping("/{id}/versions")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "proposeStandardVersion", summary = "Proposes the next version of a standard")
    @ApiResponse(responseCode = "201", description = "Proposed")
    StandardAnswer version(
            @PathVariable("id") UUID id, @RequestBody WantedVersion wanted, @Parameter(hidden = true) Actor actor) {
        var full = new WantedStandard(
                null, wanted.title(), wanted.body(), wanted.roles(), wanted.days(), wanted.trainingDays());
        return StandardAnswer.of(standards.propose(id, full.wanted(), actor));
    }

    @PostMapping("/{id}/approval")
    @Operation(
            operationId = "approveStandard",
            summary = "Puts the version that waits in force; not for who proposed it")
    StandardAnswer approve(
            @PathVariable("id") UUID id, @RequestBody WantedApproval wanted, @Parameter(hidden = true) Actor actor) {
        return StandardAnswer.of(standards.approve(id, text(wanted.digest()), actor));
    }

    @PostMapping("/{id}/trainings")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "recordTraining", summary = "Records that somebody was taught a standard")
    @ApiResponse(responseCode = "201", description = "Recorded")
    TrainingAnswer train(
            @PathVariable("id") UUID id, @RequestBody WantedTraining wanted, @Parameter(hidden = true) Actor actor) {
        return new TrainingAnswer(standards.train(
                id,
                new Standards.NewTraining(
                        text(wanted.person()),
                        text(wanted.heldOn()),
                        text(wanted.validUntil()),
                        text(wanted.trainer())),
                actor));
    }

    @PostMapping("/{id}/retirement")
    @Operation(operationId = "retireStandard", summary = "Nobody owes it any more; what was learned of it stays")
    StandardAnswer retire(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return StandardAnswer.of(standards.retire(id, actor));
    }

    @GetMapping("/{id}/people")
    @Operation(operationId = "listReadersOfStandard", summary = "Who has to know a standard, and what they still owe")
    KnowledgePage people(
            @PathVariable("id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var standard = lists.visible(id, actor);
        if (!lists.oversees(standard.product(), actor)) {
            throw Problem.notFound("This list");
        }
        var page = overview.of(standard, cursor, Page.limit(limit));
        return new KnowledgePage(page.items().stream().map(KnowledgeAnswer::of).toList(), page.next());
    }

    private static @Nullable UUID after(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException notOne) {
            throw Problem.badInput("cursor", "not_a_cursor", "was not given out here. Begin without one.");
        }
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }
}
