package dev.conduct.testing;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
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

/// Cases of plans for programs.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "test plans")
class CaseController {

    private final Plans plans;
    private final Cases cases;
    private final CaseLists lists;

    CaseController(Plans plans, Cases cases, CaseLists lists) {
        this.plans = plans;
        this.cases = cases;
        this.lists = lists;
    }

    record StepAnswer(
            @Schema(example = "Pay with a card") String action,

            @Schema(example = "A receipt is shown") @Nullable
            String expected) {

        Step step() {
            return new Step(Listed.text(action).strip(), Listed.text(expected).strip());
        }
    }

    record DataAnswer(
            @Schema(example = "visa") String name,

            @Schema(example = "4111 1111 1111 1111") @Nullable
            String values) {

        DataSet set() {
            return new DataSet(Listed.text(name).strip(), Listed.text(values).strip());
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record WantedCase(
            @Schema(example = "A card is charged once") String title,

            @Schema(example = "A customer with a card") @Nullable
            String preconditions,

            @Nullable List<StepAnswer> steps,
            @Nullable List<DataAnswer> data,

            @Schema(description = "By the procedure's parameter edge_classes.", example = "timeout") @Nullable
            String edgeClass,

            @Schema(description = "suite#name of a test in reports.", example = "shop.PayTest#pays") @Nullable
            String automation,

            @Schema(description = "Key of the record it proves.", example = "") @Nullable
            String requirement,

            @Schema(description = "Of the product.", example = "") @Nullable
            String component,

            @Schema(description = "Id of the integration point it tests.") @Nullable
            UUID point,

            @Schema(description = "What another system calls it.", example = "TC-17") @Nullable
            String reference,

            @Schema(description = "The version that was read; left out, any.", example = "1") @Nullable
            Long version) {

        CaseText text() {
            return new CaseText(
                    Listed.text(title),
                    Listed.text(preconditions),
                    steps == null
                            ? List.of()
                            : steps.stream().map(StepAnswer::step).toList(),
                    data == null
                            ? List.of()
                            : data.stream().map(DataAnswer::set).toList(),
                    Listed.text(edgeClass),
                    Listed.text(automation),
                    Listed.text(requirement),
                    Listed.text(component),
                    point,
                    Listed.text(reference));
        }
    }

    /// @param lastVerdict of any run, empty while it was never run
    @JsonNaming(SnakeCaseStrategy.class)
    record CaseAnswer(
            String key,
            UUID plan,
            long version,
            boolean retired,
            String title,
            String preconditions,
            List<StepAnswer> steps,
            List<DataAnswer> data,
            String edgeClass,
            String automation,
            String requirement,
            String component,
            @Nullable UUID point,
            String reference,
            String changedBy,
            Instant changedAt,
            String lastVerdict) {

        static CaseAnswer of(TestCase one) {
            var text = one.text();
            return new CaseAnswer(
                    one.key(),
                    one.plan(),
                    one.version(),
                    one.retired(),
                    text.title(),
                    text.preconditions(),
                    text.steps().stream()
                            .map(step -> new StepAnswer(step.action(), step.expected()))
                            .toList(),
                    text.data().stream()
                            .map(set -> new DataAnswer(set.name(), set.values()))
                            .toList(),
                    text.edge(),
                    text.automation(),
                    text.requirement(),
                    text.component(),
                    text.point(),
                    text.reference(),
                    one.changedBy(),
                    one.changedAt(),
                    one.verdict());
        }
    }

    record CasePage(List<CaseAnswer> items, @Nullable String next) {}

    @GetMapping("/test-plans/{id}/cases")
    @Operation(operationId = "listTestCases", summary = "Cases of a plan that are in use, by number")
    CasePage cases(
            @PathVariable("id") UUID id,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var plan = plans.visible(id, actor);
        var most = Page.limit(limit);
        var page = Listed.page(
                lists.page(plan.id(), Listed.number(cursor), most + 1), most, TestCase::number, CaseAnswer::of);
        return new CasePage(page.items(), page.next());
    }

    @PostMapping("/test-plans/{id}/cases")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createTestCase", summary = "Writes a case into a plan")
    @ApiResponse(responseCode = "201", description = "Written")
    CaseAnswer createCase(
            @PathVariable("id") UUID id, @RequestBody WantedCase wanted, @Parameter(hidden = true) Actor actor) {
        return CaseAnswer.of(cases.create(id, wanted.text(), actor));
    }

    @GetMapping("/test-cases/{key}")
    @Operation(operationId = "getTestCase", summary = "A case, in force or in one of its versions")
    CaseAnswer getCase(
            @PathVariable("key") String key,
            @Parameter(description = "Left out, the version in force.", example = "1")
                    @RequestParam(name = "version", required = false)
                    @Nullable
                    Long version,
            @Parameter(hidden = true) Actor actor) {
        return CaseAnswer.of(lists.visible(key, version, actor));
    }

    @GetMapping("/test-cases/{key}/versions")
    @Operation(operationId = "listTestCaseVersions", summary = "All versions of a case, the newest first")
    CasePage versions(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var one = lists.visible(key, actor);
        var most = Page.limit(limit);
        var before = Listed.number(cursor);
        var page = Listed.page(
                lists.versions(one.id(), before == 0 ? Long.MAX_VALUE : before, most + 1),
                most,
                TestCase::version,
                CaseAnswer::of);
        return new CasePage(page.items(), page.next());
    }

    @PutMapping("/test-cases/{key}")
    @Operation(
            operationId = "changeTestCase",
            summary = "Writes the next version of a case, when it says something new")
    CaseAnswer changeCase(
            @PathVariable("key") String key, @RequestBody WantedCase wanted, @Parameter(hidden = true) Actor actor) {
        return CaseAnswer.of(cases.change(key, wanted.text(), wanted.version(), actor));
    }

    @DeleteMapping("/test-cases/{key}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "retireTestCase", summary = "Takes a case out of its plan; runs keep it")
    @ApiResponse(responseCode = "204", description = "Retired")
    void retire(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        cases.retire(key, actor);
    }
}
