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

/// Plans for programs.
@RestController
@RequestMapping("/api/v1")
@Tag(name = "test plans")
class PlanController {

    private final Plans plans;
    private final TestedProducts tested;

    PlanController(Plans plans, TestedProducts tested) {
        this.plans = plans;
        this.tested = tested;
    }

    record WantedPlan(
            @Schema(example = "Regression") String title,

            @Schema(description = "What it is for.", example = "") @Nullable
            String purpose,

            @Schema(example = "staging") @Nullable String environment,

            @Schema(description = "Whether gates may ask for a run of it.", example = "true") @Nullable
            Boolean regression,

            @Schema(description = "True: it is run no more.", example = "false") @Nullable
            Boolean retired,

            @Schema(description = "The version that was read; left out, any.", example = "1") @Nullable
            Long version) {

        Plans.NewPlan plan() {
            return new Plans.NewPlan(
                    Listed.text(title),
                    Listed.text(purpose),
                    Listed.text(environment),
                    Boolean.TRUE.equals(regression),
                    Boolean.TRUE.equals(retired));
        }
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record PlanAnswer(
            UUID id,
            String product,
            String title,
            String purpose,
            String environment,
            boolean regression,
            boolean retired,
            long version,
            Instant changedAt,
            long cases) {

        static PlanAnswer of(Plans.Plan plan) {
            return new PlanAnswer(
                    plan.id(),
                    plan.product(),
                    plan.title(),
                    plan.purpose(),
                    plan.environment(),
                    plan.regression(),
                    plan.retired(),
                    plan.version(),
                    plan.changedAt(),
                    plan.cases());
        }
    }

    record PlanPage(List<PlanAnswer> items, @Nullable String next) {}

    @GetMapping("/products/{key}/test-plans")
    @Operation(operationId = "listTestPlans", summary = "Test plans of a product that are in use")
    PlanPage list(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var _ = tested.find(key, actor);
        var most = Page.limit(limit);
        var page = Listed.page(plans.page(key, Listed.after(cursor), most + 1), most, Plans.Plan::id, PlanAnswer::of);
        return new PlanPage(page.items(), page.next());
    }

    @PostMapping("/products/{key}/test-plans")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createTestPlan", summary = "Makes a test plan")
    @ApiResponse(responseCode = "201", description = "Made")
    PlanAnswer create(
            @PathVariable("key") String key, @RequestBody WantedPlan wanted, @Parameter(hidden = true) Actor actor) {
        return PlanAnswer.of(plans.create(key, wanted.plan(), actor));
    }

    @GetMapping("/test-plans/{id}")
    @Operation(operationId = "getTestPlan", summary = "A test plan")
    PlanAnswer get(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return PlanAnswer.of(plans.visible(id, actor));
    }

    @PutMapping("/test-plans/{id}")
    @Operation(operationId = "changeTestPlan", summary = "Says anew what a test plan is")
    PlanAnswer change(
            @PathVariable("id") UUID id, @RequestBody WantedPlan wanted, @Parameter(hidden = true) Actor actor) {
        return PlanAnswer.of(plans.change(id, wanted.plan(), wanted.version(), actor));
    }
}
