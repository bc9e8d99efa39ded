package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Routes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Exceptions from gates, for programs.
@RestController
@RequestMapping("/api/v1/items/{key}/overrides")
@Tag(name = "overrides")
class OverrideController {

    /// @param reason at least 20 characters
    record NewOverride(
            @Schema(example = "submit_fix") String transition,
            @Schema(example = "tested_locally") String gate,

            @Schema(minLength = 20, example = "Payments stand still; the test machine is down.")
            String reason) {}

    record Decision(
            @Schema(example = "This once.") @Nullable String note) {}

    record OverridePage(List<GateOverride> items, @Nullable String next) {}

    private final Overrides overrides;

    OverrideController(Overrides overrides) {
        this.overrides = overrides;
    }

    @GetMapping
    @Operation(operationId = "listOverrides", summary = "Exceptions asked for on it, newest first")
    OverridePage list(
            @PathVariable("key") String key,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        Page<GateOverride> page = overrides.page(key, limit, cursor, actor);
        return new OverridePage(page.items(), page.next());
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "askForOverride", summary = "Asks for an exception from a gate that holds a transition")
    @ApiResponse(responseCode = "201", description = "Asked for")
    @ApiResponse(responseCode = "409", description = "No exception can be asked for from here.")
    GateOverride ask(
            @PathVariable("key") String key, @RequestBody NewOverride given, @Parameter(hidden = true) Actor actor) {
        var ask = new Overrides.Ask(
                key,
                Required.text("transition", given.transition()),
                Required.text("gate", given.gate()),
                Required.text("reason", given.reason()));
        return overrides.ask(ask, actor);
    }

    @PostMapping("/{id}/approval")
    @Operation(operationId = "approveOverride", summary = "Approves it, as the second person")
    @ApiResponse(responseCode = "200", description = "Approved")
    @ApiResponse(responseCode = "409", description = "It no longer waits for a decision.")
    GateOverride approve(
            @PathVariable("key") String key,
            @PathVariable("id") UUID id,
            @RequestBody(required = false) @Nullable Decision decision,
            @Parameter(hidden = true) Actor actor) {
        return overrides.approve(key, id, decision == null ? null : decision.note(), actor);
    }

    @PostMapping("/{id}/refusal")
    @Operation(operationId = "declineOverride", summary = "Declines it; who asked withdraws it")
    @ApiResponse(responseCode = "200", description = "Declined")
    @ApiResponse(responseCode = "409", description = "It no longer waits for a decision.")
    GateOverride decline(
            @PathVariable("key") String key,
            @PathVariable("id") UUID id,
            @RequestBody(required = false) @Nullable Decision decision,
            @Parameter(hidden = true) Actor actor) {
        return overrides.decline(key, id, decision == null ? null : decision.note(), actor);
    }

    @Configuration
    static class Open {

        /// What each may do, the one door decides.
        @Bean
        Routes overrideRoutes() {
            return () -> List.of(
                    Routes.Route.signedIn(HttpMethod.GET, "/api/v1/items/*/overrides"),
                    Routes.Route.signedIn(HttpMethod.POST, "/api/v1/items/*/overrides"),
                    Routes.Route.signedIn(HttpMethod.POST, "/api/v1/items/*/overrides/*/approval"),
                    Routes.Route.signedIn(HttpMethod.POST, "/api/v1/items/*/overrides/*/refusal"),
                    Routes.Route.signedIn(HttpMethod.GET, "/api/v1/duties"),
                    Routes.Route.signedIn(HttpMethod.POST, "/api/v1/duties/*/settlement"),
                    Routes.Route.signedIn(HttpMethod.POST, "/items/*/overrides"),
                    Routes.Route.signedIn(HttpMethod.POST, "/items/*/overrides/*/approval"),
                    Routes.Route.signedIn(HttpMethod.POST, "/items/*/overrides/*/refusal"),
                    Routes.Route.signedIn(HttpMethod.POST, "/items/*/duties/*/settlement"));
        }
    }
}
