package dev.conduct.acceptance;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
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

/// Acceptance for programs. A verdict is signed on a page alone, by a person who has just given a second factor.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "acceptance")
class AcceptanceController {

    private final Acceptances acceptances;
    private final Feedbacks feedbacks;
    private final SessionLists lists;

    AcceptanceController(Acceptances acceptances, Feedbacks feedbacks, SessionLists lists) {
        this.acceptances = acceptances;
        this.feedbacks = feedbacks;
        this.lists = lists;
    }

    record WantedSession(
            @Schema(example = "Checkout in one page") String title,

            @Schema(description = "Of the build.", example = "3f9c1e5a77b0c4d2")
            String commit,

            @Schema(description = "Number or digest of the build in staging.", example = "1742")
            String build,

            @Schema(description = "Left out, staging.", example = "staging") @Nullable
            String environment,

            @Schema(description = "What must be so for it to be accepted.", example = "[\"A card is charged once\"]")
            @Nullable
            List<String> criteria) {}

    record WantedPerson(
            @Schema(description = "An e-mail address, a name or an id.", example = "ada@example.org")
            String person) {}

    record WantedWords(
            @Schema(example = "The button is hard to find") String text) {}

    record WantedDecision(
            @Schema(description = "accepted, rejected or deferred.", example = "deferred")
            String decision,

            @Schema(description = "Of the record it becomes when accepted.", example = "low") @Nullable
            String severity,

            @Schema(description = "For whoever said it.", example = "After the summer") @Nullable
            String reason) {}

    /// @param signs SHA-256 of title, commit, build and criteria: what every verdict is about
    /// @param verdict of who asks, empty before it is signed and for who was not invited
    @JsonNaming(SnakeCaseStrategy.class)
    record SessionAnswer(
            UUID id,
            String product,
            String title,
            String commit,
            String build,
            String environment,
            List<String> criteria,
            String signs,
            Instant openedAt,
            @Nullable Instant closedAt,
            long invited,
            long accepted,
            long rejected,
            long undecided,
            String verdict) {

        static SessionAnswer of(Session session, String verdict) {
            return new SessionAnswer(
                    session.id(),
                    session.product(),
                    session.title(),
                    session.commit(),
                    session.build(),
                    session.environment(),
                    session.criteria(),
                    session.signs(),
                    session.openedAt(),
                    session.closedAt(),
                    session.invited(),
                    session.accepted(),
                    session.rejected(),
                    session.undecided(),
                    verdict);
        }
    }

    record SessionPage(List<SessionAnswer> items, @Nullable String next) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record FeedbackAnswer(
            UUID id, String person, String text, Instant saidAt, String decision, String reason, String item) {

        static FeedbackAnswer of(SessionLists.Feedback said) {
            return new FeedbackAnswer(
                    said.id(), said.person(), said.text(), said.saidAt(), said.decision(), said.reason(), said.item());
        }
    }

    record FeedbackPage(
            List<FeedbackAnswer> items, @Nullable String next) {}

    @GetMapping("/products/{key}/acceptance-sessions")
    @Operation(operationId = "listAcceptanceSessions", summary = "Acceptances of builds of a product, the newest first")
    SessionPage list(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var _ = lists.product(key, actor);
        var most = Page.limit(limit);
        var page = lists.page(key, after(cursor), most + 1);
        var shown = page.subList(0, Math.min(most, page.size()));
        return new SessionPage(
                shown.stream().map(session -> SessionAnswer.of(session, "")).toList(),
                page.size() <= most ? null : shown.getLast().id().toString());
    }

    @PostMapping("/products/{key}/acceptance-sessions")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "openAcceptanceSession", summary = "Opens the acceptance of a build in staging")
    @ApiResponse(responseCode = "201", description = "Opened")
    SessionAnswer open(
            @PathVariable("key") String key, @RequestBody WantedSession wanted, @Parameter(hidden = true) Actor actor) {
        return SessionAnswer.of(
                acceptances.open(
                        key,
                        new Acceptances.NewSession(
                                text(wanted.title()),
                                text(wanted.commit()),
                                text(wanted.build()),
                                text(wanted.environment()),
                                wanted.criteria() == null ? "" : String.join("\n", wanted.criteria())),
                        actor),
                "");
    }

    @GetMapping("/acceptance-sessions/{id}")
    @Operation(operationId = "getAcceptanceSession", summary = "An acceptance, for who is inside and who was invited")
    SessionAnswer get(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return answer(lists.visible(id, actor), actor);
    }

    private SessionAnswer answer(Session session, Actor actor) {
        return SessionAnswer.of(
                session,
                lists.asked(session.id(), actor)
                        .map(SessionLists.Invitation::verdict)
                        .orElse(""));
    }

    @PostMapping("/acceptance-sessions/{id}/invitations")
    @Operation(operationId = "inviteToAcceptance", summary = "Asks somebody to accept a build")
    SessionAnswer invite(
            @PathVariable("id") UUID id, @RequestBody WantedPerson wanted, @Parameter(hidden = true) Actor actor) {
        return answer(acceptances.invite(id, text(wanted.person()), actor), actor);
    }

    @GetMapping("/acceptance-sessions/{id}/feedback")
    @Operation(
            operationId = "listAcceptanceFeedback",
            summary = "What was said of a build and what became of it; from outside, what one said oneself")
    FeedbackPage feedback(
            @PathVariable("id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var session = lists.visible(id, actor);
        var most = Page.limit(limit);
        var page = lists.feedback(id, lists.inside(session, actor) ? null : actor.id(), after(cursor), most + 1);
        var shown = page.subList(0, Math.min(most, page.size()));
        return new FeedbackPage(
                shown.stream().map(FeedbackAnswer::of).toList(),
                page.size() <= most ? null : shown.getLast().id().toString());
    }

    @PostMapping("/acceptance-sessions/{id}/feedback")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "sayInAcceptance", summary = "Says what was seen, for who was invited")
    @ApiResponse(responseCode = "201", description = "Said")
    FeedbackAnswer say(
            @PathVariable("id") UUID id, @RequestBody WantedWords wanted, @Parameter(hidden = true) Actor actor) {
        return FeedbackAnswer.of(feedbacks.say(id, text(wanted.text()), actor));
    }

    @PostMapping("/acceptance-sessions/{id}/feedback/{feedback}/decision")
    @Operation(operationId = "decideAcceptanceFeedback", summary = "Accepts, rejects or defers what was said")
    FeedbackAnswer decide(
            @PathVariable("id") UUID id,
            @Parameter(description = "Id of what was said.") @PathVariable("feedback") UUID feedback,
            @RequestBody WantedDecision wanted,
            @Parameter(hidden = true) Actor actor) {
        return FeedbackAnswer.of(feedbacks.decide(
                id, feedback, text(wanted.decision()), text(wanted.severity()), text(wanted.reason()), actor));
    }

    @PostMapping("/acceptance-sessions/{id}/end")
    @Operation(operationId = "closeAcceptance", summary = "Closes an acceptance in which everything said is decided")
    SessionAnswer close(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return answer(acceptances.close(id, actor), actor);
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
