package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.FieldProblem;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.procedure.Procedures;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Kept views of lists, for programs: one's own, and those that others share.
@RestController
@RequestMapping("/api/v1/views")
@Tag(name = "views")
class ViewController {

    private static final String SHARED = "`nobody`, `everybody`, `team:ID` of a team one is in, or `product:KEY`.";

    record ViewAnswer(
            UUID id,

            @Schema(description = "Of which line's list.", example = "bug")
            String type,

            @Schema(example = "Critical ones") String title,

            @Schema(description = "As the list's query bar takes it.", example = "is:open severity:critical sort:due")
            String query,

            @Schema(description = SHARED, example = "everybody")
            String shared,

            @Schema(description = "Who made it, and alone changes it.")
            String owner,

            @Schema(description = "Whether it is one's own, to change and to remove.")
            boolean mine) {

        static ViewAnswer of(SavedViews.SavedView view, Actor actor) {
            return new ViewAnswer(
                    view.id(), view.type(), view.title(), view.query(), view.shared(), view.owner(), view.mine(actor));
        }
    }

    record NewView(
            @Schema(description = "Of which line's list.", example = "bug")
            String type,

            @Schema(example = "Critical ones", maxLength = 60)
            String title,

            @Schema(description = "As the list's query bar takes it.", example = "is:open severity:critical sort:due")
            String query,

            @Schema(description = SHARED, example = "everybody", defaultValue = "nobody") @Nullable
            String shared) {}

    /// Absent members stay.
    record ChangedView(
            @Schema(example = "Critical and high ones", maxLength = 60) @Nullable
            String title,

            @Schema(example = "is:open severity:critical,high sort:due") @Nullable
            String query,

            @Schema(description = SHARED, example = "nobody") @Nullable
            String shared) {}

    record ViewsPage(List<ViewAnswer> items, @Nullable String next) {}

    private final SavedViews views;
    private final ItemLists lists;
    private final Procedures procedures;
    private final InstantSource time;

    ViewController(SavedViews views, ItemLists lists, Procedures procedures, InstantSource time) {
        this.views = views;
        this.lists = lists;
        this.procedures = procedures;
        this.time = time;
    }

    @GetMapping
    @Operation(
            operationId = "listViews",
            summary = "Kept views: one's own and those shared with one, as they were made")
    ViewsPage list(
            @Parameter(description = "Of this line only.", example = "bug")
                    @RequestParam(name = "type", defaultValue = "")
                    String type,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        var most = Page.limit(limit);
        var found = views.page(type, after(cursor), most + 1, actor);
        var shown = found.subList(0, Math.min(most, found.size()));
        return new ViewsPage(
                shown.stream().map(view -> ViewAnswer.of(view, actor)).toList(),
                found.size() > most ? shown.getLast().id().toString() : null);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "createView", summary = "Keeps a query of a list under a name")
    @ApiResponse(responseCode = "201", description = "Kept")
    @ApiResponse(responseCode = "409", description = "One's own view has that name already, or there are 12.")
    ViewAnswer create(@RequestBody NewView given, @Parameter(hidden = true) Actor actor) {
        var wanted = new SavedViews.Wanted(
                Required.text("type", given.type()),
                Required.text("title", given.title()),
                Required.text("query", given.query()).strip(),
                Objects.requireNonNullElse(given.shared(), SavedViews.NOBODY));
        check(wanted, actor);
        return ViewAnswer.of(views.create(wanted, actor), actor);
    }

    @PatchMapping("/{id}")
    @Operation(operationId = "changeView", summary = "Changes a view of one's own")
    @ApiResponse(responseCode = "200", description = "The view as it is now")
    @ApiResponse(responseCode = "409", description = "Another of one's own has that name.")
    ViewAnswer change(
            @PathVariable("id") UUID id, @RequestBody ChangedView given, @Parameter(hidden = true) Actor actor) {
        var view = views.find(id, actor);
        var wanted = new SavedViews.Wanted(
                view.type(),
                Objects.requireNonNullElse(given.title(), view.title()),
                Objects.requireNonNullElse(given.query(), view.query()).strip(),
                Objects.requireNonNullElse(given.shared(), view.shared()));
        check(wanted, actor);
        return ViewAnswer.of(views.change(id, wanted, actor), actor);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeView", summary = "Removes a view of one's own; what it showed is as it was")
    @ApiResponse(responseCode = "204", description = "Removed")
    void remove(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        views.remove(id, actor);
    }

    /// A program sees no list on which a mistake would be told later.
    private void check(SavedViews.Wanted wanted, Actor actor) {
        var type = procedures.at(time.instant()).types().get(wanted.type());
        if (type == null) {
            throw Problem.badInput("type", "unknown", "is no line of the procedure.");
        }
        var shape = ListShape.of(type, wanted.query());
        if (!shape.mistakes().isEmpty()) {
            throw Problem.badInput(shape.mistakes().stream()
                    .map(says -> new FieldProblem("query", "not_a_query", says))
                    .toList());
        }
        var _ = lists.count("type:" + type.name() + " " + shape.filters(), actor);
    }

    private static @Nullable UUID after(@Nullable String cursor) {
        try {
            return cursor == null || cursor.isEmpty() ? null : UUID.fromString(cursor);
        } catch (IllegalArgumentException notOne) {
            throw Problem.badInput("cursor", "not_a_cursor", "was not given out here. Begin without one.");
        }
    }
}
