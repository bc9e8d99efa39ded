package dev.conduct.checks;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.SeenProducts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Checks and their runs, for programs.
@RestController
@Tag(name = "checks")
class CheckController {

    private final Checks checks;
    private final CheckRows rows;
    private final CheckRuns runs;
    private final CheckWork work;
    private final SeenProducts seen;

    CheckController(Checks checks, CheckRows rows, CheckRuns runs, CheckWork work, SeenProducts seen) {
        this.checks = checks;
        this.rows = rows;
        this.runs = runs;
        this.work = work;
        this.seen = seen;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record WrittenCheck(
            @Schema(
                    description = "The text of the check, YAML. See the guide, checks.",
                    example = "title: The name is known\nenvironment: staging\nsteps:\n  - dns: localhost\n")
            @Nullable
            String definition,

            @Schema(description = "The version that was read; another one there now answers 412. Left out: any.")
            @Nullable
            Integer version) {}

    /// @param every seconds, null: only when asked
    /// @param last `waiting`, `running`, `passed`, `failed`, `broken_off`; null before the first run
    @JsonNaming(SnakeCaseStrategy.class)
    record CheckAnswer(
            String name,
            int version,
            String title,
            String environment,
            @Nullable Long every,
            boolean drill,
            boolean retired,
            @Nullable String last,
            @Nullable Instant lastAt,
            @Nullable String definition) {

        static CheckAnswer of(CheckNote check, @Nullable String definition) {
            var every = check.every();
            return new CheckAnswer(
                    check.name(),
                    check.version(),
                    check.title(),
                    check.environment(),
                    every == null ? null : every.toSeconds(),
                    check.drill(),
                    check.retired(),
                    check.last(),
                    check.lastAt(),
                    definition);
        }
    }

    record CheckList(List<CheckAnswer> items, @Nullable String next) {}

    /// @param state `waiting`, `running`, `passed`, `failed`, `broken_off`
    /// @param took milliseconds
    @JsonNaming(SnakeCaseStrategy.class)
    record CheckRunAnswer(
            UUID id,
            String state,
            int version,
            String environment,
            List<String> mocked,
            @Nullable String askedBy,
            Instant askedAt,
            @Nullable Instant endedAt,
            String commit,
            String build,
            long took,
            List<CheckStepAnswer> steps) {

        static CheckRunAnswer of(CheckRun run) {
            return new CheckRunAnswer(
                    run.id(),
                    run.state(),
                    run.version(),
                    run.environment(),
                    run.mocked(),
                    run.askedBy(),
                    run.askedAt(),
                    run.endedAt(),
                    run.commit(),
                    run.build(),
                    Duration.ofNanos(run.micros() * 1_000).toMillis(),
                    run.steps().stream().map(CheckStepAnswer::of).toList());
        }
    }

    /// @param part in a drill `broken`, `survives`, `mend`, `recovers`; otherwise empty
    /// @param how `passed`, `failed`, `skipped`
    record CheckStepAnswer(String name, String part, String how, long took, String says) {

        static CheckStepAnswer of(Outcome step) {
            return new CheckStepAnswer(
                    step.name(),
                    step.part(),
                    step.how().word(),
                    Duration.ofNanos(step.micros() * 1_000).toMillis(),
                    step.says());
        }
    }

    record CheckRunList(
            List<CheckRunAnswer> items, @Nullable String next) {}

    @GetMapping("/api/v1/products/{key}/checks")
    @Operation(operationId = "listChecks", summary = "The checks of a product, by name, those retired last")
    CheckList list(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var product = seen.find(key, actor);
        return new CheckList(
                rows.of(product.key()).stream()
                        .map(check -> CheckAnswer.of(check, null))
                        .toList(),
                null);
    }

    @GetMapping("/api/v1/products/{key}/checks/{check}")
    @Operation(operationId = "getCheck", summary = "A check with its text")
    CheckAnswer find(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = "known-name") @PathVariable("check") String name,
            @Parameter(hidden = true) Actor actor) {
        var check = checks.find(key, name, actor);
        return CheckAnswer.of(check, rows.text(check.id(), check.version()).orElse(""));
    }

    @PutMapping("/api/v1/products/{key}/checks/{check}")
    @Operation(operationId = "writeCheck", summary = "Writes a check, or its next version")
    @ApiResponse(responseCode = "200", description = "As it is now")
    @ApiResponse(responseCode = "412", description = "Somebody wrote another version since.")
    CheckAnswer write(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = "known-name") @PathVariable("check") String name,
            @RequestBody WrittenCheck written,
            @Parameter(hidden = true) Actor actor) {
        var text = written.definition();
        if (text == null) {
            throw Problem.badInput("definition", "missing", "is missing. Write the text of the check.");
        }
        return CheckAnswer.of(checks.write(key, name, text, written.version(), actor), text);
    }

    @DeleteMapping("/api/v1/products/{key}/checks/{check}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "retireCheck", summary = "Has a check done no more; what came of it stays")
    @ApiResponse(responseCode = "204", description = "Retired")
    void retire(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = "known-name") @PathVariable("check") String name,
            @Parameter(hidden = true) Actor actor) {
        checks.retire(key, name, actor);
    }

    @PostMapping("/api/v1/products/{key}/checks/{check}/runs")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "runCheck", summary = "Has a check done at once")
    @ApiResponse(responseCode = "201", description = "It waits to be done, or waited already")
    CheckRunAnswer run(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = "known-name") @PathVariable("check") String name,
            @Parameter(hidden = true) Actor actor) {
        var run = runs.ask(key, name, actor);
        work.wake();
        return CheckRunAnswer.of(run);
    }

    @GetMapping("/api/v1/products/{key}/checks/{check}/runs")
    @Operation(operationId = "listCheckRuns", summary = "The runs of a check, the newest first, without their steps")
    CheckRunList runs(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = "known-name") @PathVariable("check") String name,
            @Parameter(description = "Where the page before ended.") @RequestParam(name = "cursor", defaultValue = "")
                    String cursor,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @Parameter(hidden = true) Actor actor) {
        var page = runs.page(checks.find(key, name, actor), cursor, Page.limit(limit));
        return new CheckRunList(page.items().stream().map(CheckRunAnswer::of).toList(), page.next());
    }

    @GetMapping("/api/v1/products/{key}/checks/{check}/runs/{run}")
    @Operation(operationId = "getCheckRun", summary = "A run with what came of each step")
    CheckRunAnswer run(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = "known-name") @PathVariable("check") String name,
            @Parameter(description = "The run's id.") @PathVariable("run") UUID run,
            @Parameter(hidden = true) Actor actor) {
        return CheckRunAnswer.of(runs.whole(checks.find(key, name, actor), run));
    }
}
