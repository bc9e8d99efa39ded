package dev.conduct.work;

import dev.conduct.identity.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// What is personal or secret in an item, one value at a time; every reading stands in the ledger.
@RestController
@Tag(name = "items")
class KeptController {

    private final Kept kept;

    KeptController(Kept kept) {
        this.kept = kept;
    }

    record KeptAnswer(String field, @Nullable String value) {}

    @GetMapping("/api/v1/items/{key}/fields/{field}")
    @Operation(
            operationId = "readKeptField",
            summary = "What one field holds, also when it is personal or secret; the reading is recorded")
    @ApiResponse(responseCode = "200", description = "The value, null when there is none")
    @ApiResponse(responseCode = "403", description = "The caller is none of its readers.")
    @ApiResponse(responseCode = "409", description = "It was erased.")
    ResponseEntity<KeptAnswer> read(
            @PathVariable("key") String key,
            @Parameter(description = "The name of the field.", example = "severity") @PathVariable("field")
                    String field,
            @Parameter(hidden = true) Actor actor) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.noStore())
                .body(new KeptAnswer(field, kept.open(key, field, actor).value()));
    }
}
