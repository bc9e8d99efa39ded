package dev.conduct.work;

import dev.conduct.identity.Actor;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What exceptions leave owing, for programs.
@RestController
@RequestMapping("/api/v1/duties")
@Tag(name = "duties")
class DutyController {

    record Settlement(@Schema(example = "Tested since.") String note) {}

    record DutyPage(List<Duty> items, @Nullable String next) {}

    private final Duties duties;

    DutyController(Duties duties) {
        this.duties = duties;
    }

    @GetMapping
    @Operation(operationId = "listDuties", summary = "What is owed after exceptions, first due first")
    DutyPage list(
            @Parameter(description = "true: still owed; false: settled; absent: all")
                    @RequestParam(name = "open", required = false)
                    @Nullable
                    Boolean open,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var page = duties.page(open, limit, cursor, actor);
        return new DutyPage(page.items(), page.next());
    }

    @PostMapping("/{id}/settlement")
    @Operation(operationId = "settleDuty", summary = "Says how it was made good")
    @ApiResponse(responseCode = "200", description = "Settled")
    @ApiResponse(responseCode = "409", description = "It is settled, or the evidence its gate asks for is missing.")
    Duty settle(@PathVariable("id") UUID id, @RequestBody Settlement given, @Parameter(hidden = true) Actor actor) {
        return duties.settle(id, Required.text("note", given.note()), actor);
    }
}
