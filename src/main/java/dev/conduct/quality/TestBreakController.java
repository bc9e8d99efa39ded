package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.work.CodeHistory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// What broke a test, for programs: it lies between the last commit on which it passed and the first on which it
/// failed.
@RestController
@Tag(name = "reports")
class TestBreakController {

    private final SeenProducts seen;
    private final TestRows rows;
    private final CodeHistory history;

    TestBreakController(SeenProducts seen, TestRows rows, CodeHistory history) {
        this.seen = seen;
        this.rows = rows;
        this.history = history;
    }

    record BreakCommit(String sha, String title, String author, Instant at) {}

    /// @param broken whether it fails on the branch of its newest result
    /// @param good commit of the last pass before, null when none is known
    /// @param bad commit of the first failure after it, null when it is not broken
    /// @param straight whether bad builds on good
    /// @param commits one of which broke it, the newest first, at most 30; none when no mirror has both
    /// @param more whether there are more than those
    @JsonNaming(SnakeCaseStrategy.class)
    record BreakAnswer(
            UUID test,
            boolean broken,
            @Nullable String good,
            @Nullable String bad,
            boolean straight,
            List<BreakCommit> commits,
            boolean more) {}

    @GetMapping("/api/v1/products/{key}/tests/{id}/break")
    @Operation(operationId = "getTestBreak", summary = "The commits one of which broke a test")
    BreakAnswer get(
            @PathVariable("key") String key,
            @Parameter(description = "Id of the test, as its page has it.") @PathVariable("id") UUID test,
            @Parameter(hidden = true) Actor actor) {
        var product = seen.find(key, actor).key();
        var past = rows.history(product, test, null, TestPages.PAST);
        if (past.isEmpty()) {
            throw Problem.notFound("This test");
        }
        var turn = Turn.of(past);
        var range = Failures.between(history, product, turn);
        return new BreakAnswer(
                test,
                turn.bad() != null,
                turn.good() == null ? null : turn.good().commit(),
                turn.bad() == null ? null : turn.bad().commit(),
                range != null && range.straight(),
                range == null
                        ? List.of()
                        : range.commits().stream()
                                .map(one -> new BreakCommit(one.sha(), one.title(), one.author(), one.at()))
                                .toList(),
                range != null && range.more());
    }
}
