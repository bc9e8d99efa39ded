package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What Conduct proposes: who could take an item, and which items are like the one about to be reported.
@RestController
@RequestMapping("/api/v1/items")
@Tag(name = "suggestions")
class SuggestionController {

    record Suggested(
            String id,
            String name,
            String because,
            boolean owner,
            long fixes,
            @Nullable Instant last) {}

    record Similar(String key, String title, String state, double similarity) {}

    private final Items items;
    private final Experts experts;
    private final AlikeRows alike;

    SuggestionController(Items items, Experts experts, AlikeRows alike) {
        this.items = items;
        this.experts = experts;
        this.alike = alike;
    }

    @GetMapping("/{key}/suggestions")
    @Operation(operationId = "suggestAssignees", summary = "Who knows its component best, the best first, and why")
    List<Suggested> suggestions(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var item = items.findVisible(key, actor);
        if (!Sight.of(actor).inside()) {
            throw Problem.forbidden("role", "Who could take it is shown to those who work here.");
        }
        return experts.suggest(item.product(), experts.component(item)).stream()
                .map(expert -> new Suggested(
                        expert.id(), expert.name(), expert.because(), expert.owner(), expert.fixes(), expert.last()))
                .toList();
    }

    @GetMapping("/similar")
    @Operation(operationId = "findSimilar", summary = "Visible items with a title like this one, at most five")
    List<Similar> similar(
            @Parameter(description = "The key of a product; without it, any.")
                    @RequestParam(name = "product", defaultValue = "")
                    String product,
            @Parameter(description = "The title to compare with, at least 8 characters.", example = "It breaks")
                    @RequestParam(name = "title")
                    String title,
            @Parameter(hidden = true) Actor actor) {
        return alike.find(new AlikeRows.Asked("", product, title), actor).stream()
                .map(row -> new Similar(row.key(), row.title(), row.state(), row.similarity()))
                .toList();
    }
}
