package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.work.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Tests that show a defect and prove its fix, for programs.
@RestController
@Tag(name = "reports")
class TestLinkController {

    private final TestLinks links;
    private final SeenProducts seen;
    private final Items items;

    TestLinkController(TestLinks links, SeenProducts seen, Items items) {
        this.links = links;
        this.seen = seen;
        this.items = items;
    }

    /// @param outcome in the newest report that speaks for the item, empty before one does
    /// @param commit of that report
    record LinkedTest(UUID test, String suite, String name, String outcome, String commit) {}

    /// An item has at most 50 tests.
    record LinkedTestPage(List<LinkedTest> items, @Nullable String next) {}

    @GetMapping("/api/v1/items/{key}/tests")
    @Operation(operationId = "listLinkedTests", summary = "Tests that show a defect and prove its fix")
    LinkedTestPage list(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var product = items.findVisible(key, actor).product();
        if (!seen.reads(product, actor)) {
            throw Problem.notFound("A list of tests of " + key);
        }
        return new LinkedTestPage(
                links.ofItem(product, key).stream()
                        .map(one -> new LinkedTest(one.test(), one.suite(), one.name(), one.outcome(), one.commit()))
                        .toList(),
                null);
    }

    @PutMapping("/api/v1/items/{key}/tests/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "linkTest", summary = "Links a test to an item: it hears when the test turns")
    @ApiResponse(responseCode = "204", description = "Linked")
    void link(
            @PathVariable("key") String key,
            @Parameter(description = "Id of the test, as its page has it.") @PathVariable("id") UUID test,
            @Parameter(hidden = true) Actor actor) {
        links.link(items.findVisible(key, actor).product(), test, key, actor);
    }

    @DeleteMapping("/api/v1/items/{key}/tests/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unlinkTest", summary = "Takes a test away from an item")
    @ApiResponse(responseCode = "204", description = "Not linked any more")
    void unlink(
            @PathVariable("key") String key,
            @Parameter(description = "Id of the test, as its page has it.") @PathVariable("id") UUID test,
            @Parameter(hidden = true) Actor actor) {
        links.unlink(items.findVisible(key, actor).product(), test, key, actor);
    }
}
