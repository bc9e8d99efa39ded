package dev.conduct.identity;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Erasures of people, for programs that administer them.
@RestController
@Tag(name = "people")
class ErasureApi {

    private final Erasures erasures;

    ErasureApi(Erasures erasures) {
        this.erasures = erasures;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record ErasureAnswer(
            String person,
            String askedBy,
            Instant askedAt,
            @Nullable String approvedBy,
            @Nullable Instant erasedAt) {}

    @GetMapping("/api/v1/erasures")
    @Operation(operationId = "listErasures", summary = "Erasures, those that wait for a second person first")
    List<ErasureAnswer> list() {
        return erasures.all().stream()
                .map(one ->
                        new ErasureAnswer(one.person(), one.askedBy(), one.askedAt(), one.approvedBy(), one.erasedAt()))
                .toList();
    }

    @PostMapping("/api/v1/people/{id}/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "askErasure", summary = "Asks that a person be erased; a second person does it")
    @ApiResponse(responseCode = "204", description = "Asked for")
    @ApiResponse(responseCode = "409", description = "It was asked for already.")
    void ask(@PathVariable("id") String id, @Parameter(hidden = true) Actor actor) {
        erasures.ask(id, actor);
    }

    @DeleteMapping("/api/v1/people/{id}/erasure")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "withdrawErasure", summary = "Withdraws an erasure that waits")
    @ApiResponse(responseCode = "204", description = "Withdrawn")
    void withdraw(@PathVariable("id") String id, @Parameter(hidden = true) Actor actor) {
        erasures.withdraw(id, actor);
    }

    @PostMapping("/api/v1/people/{id}/erasure/approval")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "approveErasure", summary = "Erases a person for good; never by who asked for it")
    @ApiResponse(responseCode = "204", description = "Erased")
    @ApiResponse(responseCode = "403", description = "The caller asked for it.")
    void approve(@PathVariable("id") String id, @Parameter(hidden = true) Actor actor) {
        erasures.approve(id, actor);
    }
}
