package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Who may see a restricted item.
@RestController
@RequestMapping("/api/v1/items/{key}/readers")
@Tag(name = "readers")
class ReaderController {

    record Readers(
            @Schema(
                    description = "Person ids or e-mail addresses, `team:NAME`, `role:NAME`. Roles that the procedure"
                            + " lets read every restricted item are always among them.",
                    example = "[\"role:compliance\"]")
            @Nullable
            List<String> readers) {}

    private final Items items;

    ReaderController(Items items) {
        this.items = items;
    }

    @PutMapping
    @Operation(operationId = "restrictItem", summary = "Restricts it to those named, its assignee and its reporter")
    @ApiResponse(responseCode = "200", description = "As it is now", headers = @Header(name = "ETag", ref = "ETag"))
    ResponseEntity<ItemAnswer> restrict(
            @PathVariable("key") String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Readers given,
            @Parameter(hidden = true) Actor actor) {
        if (given.readers() == null) {
            throw Problem.badInput("readers", "missing", "is missing. Name those who may see it.");
        }
        return changed(new Items.Restriction(key, given.readers(), Versions.expected(ifMatch)), actor);
    }

    @DeleteMapping
    @Operation(operationId = "openItem", summary = "Opens it to whoever sees its product")
    @ApiResponse(responseCode = "200", description = "As it is now", headers = @Header(name = "ETag", ref = "ETag"))
    ResponseEntity<ItemAnswer> open(
            @PathVariable("key") String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Parameter(hidden = true) Actor actor) {
        return changed(new Items.Restriction(key, null, Versions.expected(ifMatch)), actor);
    }

    private ResponseEntity<ItemAnswer> changed(Items.Restriction wanted, Actor actor) {
        return Versions.tagged(ItemAnswer.changed(items.restrict(wanted, actor)));
    }
}
