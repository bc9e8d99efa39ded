package dev.conduct.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// The search for programs.
@RestController
@Tag(name = "items")
class SearchController {

    private static final int USUAL = 25;

    /// @param kind `item`, `product`, `component`, `person` or `clause`
    /// @param key number of an item, key of a product or of a component's product, reference of a clause
    /// @param text where the words stand, when that is not the title
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Result(
            String kind,
            @Nullable String key,
            String title,
            @Nullable String text) {}

    /// @param near true when nothing holds the words, and these items are near to them
    record SearchAnswer(boolean near, List<Result> results) {}

    private final Searching searching;
    private final SearchOthers others;

    SearchController(Searching searching, SearchOthers others) {
        this.searching = searching;
        this.others = others;
    }

    @GetMapping("/api/v1/search")
    @Operation(operationId = "search", summary = "What holds some words, or a number: items ranked, then other kinds")
    SearchAnswer search(
            @Parameter(description = "Words, or the key of an item.", example = "editor line")
                    @RequestParam(name = "q", defaultValue = "")
                    String typed,
            @Parameter(description = "How many items at most, 25 without it.")
                    @RequestParam(name = "limit", required = false)
                    @Nullable
                    Integer limit,
            @Parameter(hidden = true) Actor actor) {
        var found = searching.find(typed.strip(), limit == null ? USUAL : Page.limit(limit), actor);
        var results = new ArrayList<Result>();
        for (var hit : found.hits()) {
            var text = hit.text();
            results.add(new Result("item", hit.item().key(), hit.item().title(), text == null ? null : text.plain()));
        }
        for (var group : others.of(Searching.words(typed), typed.strip(), actor)) {
            for (var other : group.others()) {
                results.add(new Result(
                        other.kind(),
                        other.mark().isEmpty() ? null : other.mark(),
                        other.title().plain(),
                        null));
            }
        }
        return new SearchAnswer(found.near(), results);
    }
}
