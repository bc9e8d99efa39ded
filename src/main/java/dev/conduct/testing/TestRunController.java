package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Item;
import dev.conduct.work.Items;
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

/// Runs of test plans for programs.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "test plans")
class TestRunController {

    private final TestRuns runs;
    private final TestRunLists lists;
    private final CaseDefects defects;
    private final TestedProducts tested;
    private final Items items;

    TestRunController(TestRuns runs, TestRunLists lists, CaseDefects defects, TestedProducts tested, Items items) {
        this.runs = runs;
        this.lists = lists;
        this.defects = defects;
        this.tested = tested;
        this.items = items;
    }

    record WantedRun(
            @Schema(description = "Empty: as the plan is called.", example = "") @Nullable
            String title,

            @Schema(example = "3f9c1e5a77b0c4d2e8a1f6b93d5072c4ee81a0b6")
            String commit,

            @Schema(description = "Its number or digest.", example = "1742") @Nullable
            String build,

            @Schema(example = "staging") @Nullable String environment,

            @Schema(description = "Which externals were stood in for, and by what.", example = "[]") @Nullable
            List<String> mocked) {

        TestRuns.NewRun run() {
            return new TestRuns.NewRun(
                    Listed.text(title),
                    Listed.text(commit),
                    Listed.text(build),
                    Listed.text(environment),
                    mocked == null ? "" : String.join("\n", mocked));
        }
    }

    record WantedVerdict(
            @Schema(description = "From 1 on; left out, the case as a whole.", example = "1") @Nullable
            Integer step,

            @Schema(description = "passed, failed, blocked or skipped.", example = "passed")
            String verdict,

            @Schema(example = "") @Nullable String note,

            @Schema(description = "The revision that was read; 0 before the first verdict.", example = "0") @Nullable
            Long revision,

            @Schema(description = "What it took.", example = "12") @Nullable
            Long seconds) {}

    record WantedDefect(
            @Schema(description = "As the procedure words it.", example = "medium")
            String severity,

            @Schema(description = "What was seen.", example = "") @Nullable
            String note) {}

    record Reported(String key) {}

    record Taken(int cases) {}

    /// @param open cases that nobody and nothing judged yet
    @JsonNaming(SnakeCaseStrategy.class)
    record RunAnswer(
            UUID id,
            String product,
            UUID plan,
            String title,
            String commit,
            String build,
            String environment,
            List<String> mocked,
            String startedBy,
            Instant startedAt,
            @Nullable Instant endedAt,
            long cases,
            long passed,
            long failed,
            long blocked,
            long skipped,
            long open,
            boolean green) {

        static RunAnswer of(TestRun run) {
            return new RunAnswer(
                    run.id(),
                    run.product(),
                    run.plan(),
                    run.title(),
                    run.commit(),
                    run.build(),
                    run.environment(),
                    run.mocked(),
                    run.startedBy(),
                    run.startedAt(),
                    run.endedAt(),
                    run.cases(),
                    run.passed(),
                    run.failed(),
                    run.blocked(),
                    run.skipped(),
                    run.open(),
                    run.green());
        }
    }

    record RunPage(List<RunAnswer> items, @Nullable String next) {}

    /// @param report run of quality from which the verdict was read, null when a person gave it
    @JsonNaming(SnakeCaseStrategy.class)
    record RunCaseAnswer(
            String key,
            int number,
            long version,
            String title,
            String verdict,
            String note,
            long seconds,
            String judgedBy,
            @Nullable Instant judgedAt,
            @Nullable UUID report,
            long revision) {

        static RunCaseAnswer of(RunCase one) {
            return new RunCaseAnswer(
                    one.key(),
                    one.number(),
                    one.version(),
                    one.title(),
                    one.verdict(),
                    one.note(),
                    one.seconds(),
                    one.judgedBy(),
                    one.judgedAt(),
                    one.report(),
                    one.revision());
        }
    }

    record RunCasePage(List<RunCaseAnswer> items, @Nullable String next) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record StepResultAnswer(int step, String verdict, String note, String judgedBy, Instant judgedAt, long revision) {

        static StepResultAnswer of(TestRunLists.StepResult step) {
            return new StepResultAnswer(
                    step.step(), step.verdict(), step.note(), step.judgedBy(), step.judgedAt(), step.revision());
        }
    }

    /// @param defects keys of what was reported of it here
    @JsonNaming(SnakeCaseStrategy.class)
    record WholeCaseAnswer(RunCaseAnswer result, List<StepResultAnswer> steps, List<String> defects) {}

    @GetMapping("/products/{key}/test-runs")
    @Operation(operationId = "listTestRuns", summary = "Runs of the test plans of a product, the newest first")
    RunPage list(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var _ = tested.find(key, actor);
        var most = Page.limit(limit);
        var page = Listed.page(lists.page(key, null, Listed.after(cursor), most + 1), most, TestRun::id, RunAnswer::of);
        return new RunPage(page.items(), page.next());
    }

    @PostMapping("/test-plans/{id}/runs")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "startTestRun", summary = "Begins a run of a plan on a commit")
    @ApiResponse(responseCode = "201", description = "Begun")
    RunAnswer start(@PathVariable("id") UUID id, @RequestBody WantedRun wanted, @Parameter(hidden = true) Actor actor) {
        return RunAnswer.of(runs.start(id, wanted.run(), actor));
    }

    @GetMapping("/test-runs/{id}")
    @Operation(operationId = "getTestRun", summary = "A run, with its totals")
    RunAnswer get(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return RunAnswer.of(lists.visible(id, actor));
    }

    @GetMapping("/test-runs/{id}/cases")
    @Operation(operationId = "listTestRunCases", summary = "How each case came out in a run, by number")
    RunCasePage cases(
            @PathVariable("id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var run = lists.visible(id, actor);
        var most = Page.limit(limit);
        var page = Listed.page(
                lists.cases(run.id(), null, Listed.number(cursor), most + 1), most, RunCase::number, RunCaseAnswer::of);
        return new RunCasePage(page.items(), page.next());
    }

    @GetMapping("/test-runs/{id}/cases/{number}")
    @Operation(operationId = "getTestRunCase", summary = "A case in a run, step by step")
    WholeCaseAnswer one(
            @PathVariable("id") UUID id,
            @Parameter(description = "Number of the case, the last part of its key.", example = "1")
                    @PathVariable("number")
                    int number,
            @Parameter(hidden = true) Actor actor) {
        var run = lists.visible(id, actor);
        var found = lists.runCase(run.id(), number).orElseThrow(() -> Problem.notFound("This case of the run"));
        return new WholeCaseAnswer(
                RunCaseAnswer.of(found),
                lists.steps(id, found.testCase()).stream()
                        .map(StepResultAnswer::of)
                        .toList(),
                items.visible(lists.defects(id, found.testCase()), actor).stream()
                        .map(Item::key)
                        .toList());
    }

    @PostMapping("/test-runs/{id}/cases/{number}/verdict")
    @Operation(operationId = "judgeTestRunCase", summary = "Judges a step of a case, or the case as a whole")
    RunCaseAnswer judge(
            @PathVariable("id") UUID id,
            @Parameter(description = "Number of the case, the last part of its key.", example = "1")
                    @PathVariable("number")
                    int number,
            @RequestBody WantedVerdict wanted,
            @Parameter(hidden = true) Actor actor) {
        return RunCaseAnswer.of(runs.judge(
                id,
                number,
                new TestRuns.Judgement(
                        wanted.step() == null ? 0 : wanted.step(),
                        Listed.text(wanted.verdict()),
                        Listed.text(wanted.note()),
                        wanted.revision() == null ? 0 : wanted.revision(),
                        wanted.seconds() == null ? 0 : wanted.seconds()),
                actor));
    }

    @PostMapping("/test-runs/{id}/cases/{number}/defects")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "reportTestRunDefect", summary = "Reports a defect of a case, filled in from case and run")
    @ApiResponse(responseCode = "201", description = "Reported")
    Reported report(
            @PathVariable("id") UUID id,
            @Parameter(description = "Number of the case, the last part of its key.", example = "1")
                    @PathVariable("number")
                    int number,
            @RequestBody WantedDefect wanted,
            @Parameter(hidden = true) Actor actor) {
        return new Reported(
                defects.report(id, number, Listed.text(wanted.severity()), Listed.text(wanted.note()), actor));
    }

    @PostMapping("/test-runs/{id}/results")
    @Operation(operationId = "takeTestRunResults", summary = "Reads what CI told of the run's commit since")
    Taken take(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return new Taken(runs.take(id, actor));
    }

    @PostMapping("/test-runs/{id}/end")
    @Operation(operationId = "endTestRun", summary = "Ends a run")
    RunAnswer end(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return RunAnswer.of(runs.end(id, actor));
    }
}
