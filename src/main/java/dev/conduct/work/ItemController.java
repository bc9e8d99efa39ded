package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/// Items for programs.
@RestController
@RequestMapping("/api/v1/items")
@Tag(name = "items")
class ItemController {

    record NewItem(
            @Schema(example = "bug") String type,
            @Schema(example = "APP") String product,

            @Schema(example = "The editor loses the last line")
            String title,

            @Schema(example = "It happens on every save.") @Nullable
            String description,

            @Schema(
                    description = "By name, as the procedure declares them for the type.",
                    example = "{\"severity\":\"high\",\"steps\":\"Type, save, reopen\"}")
            @Nullable
            Map<String, @Nullable Object> fields,

            @Schema(description = "Person id, e-mail, client id or `me`.") @Nullable
            String assignee) {}

    /// Absent members stay; `null` takes a field's value or the assignee away.
    record Changes(
            @Schema(example = "The editor loses the last line of long files") @Nullable
            String title,

            @Nullable String description,

            @Schema(description = "Those to change; null takes a value away.", example = "{\"severity\":\"critical\"}")
            @Nullable
            Map<String, @Nullable Object> fields,

            @Schema(
                    implementation = String.class,
                    types = {"string", "null"},
                    description = "Person id, e-mail, client id or `me`; null for nobody.")
            @Nullable
            JsonNode assignee) {}

    record ItemPage(List<ItemAnswer> items, @Nullable String next) {}

    private final Items items;
    private final ItemLists lists;
    private final OutsideView outside;

    ItemController(Items items, ItemLists lists, OutsideView outside) {
        this.items = items;
        this.lists = lists;
        this.outside = outside;
    }

    @GetMapping
    @Operation(operationId = "listItems", summary = "Items that a query finds, page by page")
    ItemPage list(
            @Parameter(description = "type:bug severity:critical,high state:!closed updated:>7d \"words\"")
                    @RequestParam(name = "q", defaultValue = "")
                    String query,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @RequestParam(name = "cursor", required = false) @Nullable String cursor,
            @Parameter(hidden = true) Actor actor) {
        Page<Item> page = lists.page(query, limit, cursor, actor);
        return new ItemPage(
                page.items().stream()
                        .map(item -> ItemAnswer.of(outside.of(item, actor)))
                        .toList(),
                page.next());
    }

    @PostMapping
    @Operation(operationId = "createItem", summary = "Reports something")
    @ApiResponse(
            responseCode = "201",
            description = "Reported",
            headers = {@Header(name = "ETag", ref = "ETag"), @Header(name = "Location", ref = "Location")})
    ResponseEntity<ItemAnswer> create(@RequestBody NewItem given, @Parameter(hidden = true) Actor actor) {
        var report = new Items.Report(
                Required.text("type", given.type()),
                Required.text("product", given.product()),
                Required.text("title", given.title()),
                Objects.requireNonNullElse(given.description(), ""),
                fields(given.fields()),
                given.assignee(),
                null);
        var item = ItemAnswer.changed(outside.of(items.report(report, actor), actor));
        return ResponseEntity.created(URI.create("/api/v1/items/" + item.key()))
                .eTag("\"" + item.version() + "\"")
                .body(item);
    }

    @GetMapping("/{key}")
    @Operation(operationId = "getItem", summary = "One item")
    @ApiResponse(responseCode = "200", description = "The item", headers = @Header(name = "ETag", ref = "ETag"))
    ResponseEntity<ItemAnswer> get(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return Versions.tagged(
                ItemAnswer.of(outside.of(items.standing(key, actor).item(), actor)));
    }

    @PatchMapping("/{key}")
    @Operation(operationId = "changeItem", summary = "Changes title, description, fields, assignee")
    @ApiResponse(responseCode = "200", description = "As it is now", headers = @Header(name = "ETag", ref = "ETag"))
    ResponseEntity<ItemAnswer> change(
            @PathVariable("key") String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @RequestBody Changes changes,
            @Parameter(hidden = true) Actor actor) {
        var edit = new Items.Edit(
                key,
                changes.title(),
                changes.description(),
                fields(changes.fields()),
                assignee(changes.assignee()),
                Versions.expected(ifMatch),
                null);
        return Versions.tagged(ItemAnswer.changed(outside.of(items.edit(edit, actor), actor)));
    }

    private static @Nullable String assignee(@Nullable JsonNode given) {
        if (given == null) {
            return null;
        }
        return given.isNull() ? "" : Required.string("assignee", given);
    }

    /// `null` takes a value away, as an empty text does.
    static Map<String, Object> fields(@Nullable Map<String, @Nullable Object> given) {
        var fields = new HashMap<String, Object>();
        if (given != null) {
            given.forEach((name, value) -> fields.put(name, Objects.requireNonNullElse(value, "")));
        }
        return fields;
    }
}
