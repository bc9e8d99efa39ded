package dev.conduct.activity;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.ledger.Event;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Who did what, for programs: everything, for whom the procedure lets read it; the caller's own acts otherwise.
@RestController
@Tag(name = "ledger")
@RequestMapping("/api/v1/activity")
class ActivityApi {

    private final LogReader log;

    ActivityApi(LogReader log) {
        this.log = log;
    }

    /// @param entry index in the tree, null until it is sealed
    @JsonNaming(SnakeCaseStrategy.class)
    record Act(
            @Nullable Long entry,
            String id,
            String recordedAt,
            String occurredAt,
            String actor,
            String actorName,
            String via,
            String action,
            String object,
            long objectVersion,
            String outcome,
            @Nullable String clause,
            @Nullable String procedure,
            Map<String, Object> data) {

        static Act of(Event event, Map<String, String> names) {
            return new Act(
                    event.entry(),
                    event.id().toString(),
                    event.recordedAt().toString(),
                    event.occurredAt().toString(),
                    event.actor(),
                    LogRow.name(event.actor(), names),
                    event.via(),
                    event.action(),
                    event.object(),
                    event.objectVersion(),
                    event.outcome().word(),
                    event.clause(),
                    event.procedure(),
                    event.data());
        }
    }

    @GetMapping
    @Operation(
            operationId = "listActivity",
            summary = "Who did what, the newest first",
            description = "Everything, for whom the procedure lets read the log; the caller's own acts otherwise.")
    Page<Act> list(
            @Parameter(
                            description =
                                    "`who:`, `event:`, `record:`, `outcome:`, `since:`, `until:`, as on the page.",
                            example = "outcome:refused since:7d")
                    @RequestParam(name = "q", defaultValue = "")
                    String text,
            @RequestParam(required = false) @Nullable Long cursor,
            @RequestParam(required = false) @Nullable Integer limit,
            Actor actor) {
        var query = log.query(text, actor);
        if (!query.mistakes().isEmpty()) {
            throw Problem.badInput(query.mistakes());
        }
        var page = log.page(query.wanted(), Page.limit(limit), cursor, actor);
        var names = log.names(page.items());
        return new Page<>(
                page.items().stream().map(event -> Act.of(event, names)).toList(), page.next());
    }
}
