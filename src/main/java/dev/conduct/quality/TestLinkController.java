package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.work.Items;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// Tests that show a defect and prove its fix, from programs.
@RestController
@Tag(name = "reports")
class TestLinkController {

    private final TestLinks links;
    private final Items items;

    TestLinkController(TestLinks links, Items items) {
        this.links = links;
        this.items = items;
    }

    @PutMapping("/api/v1/items/{key}/tests/{test}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "linkTest", summary = "Links a test to an item: it hears when the test turns")
    @ApiResponse(responseCode = "204", description = "Linked")
    void link(@PathVariable("key") String key, @PathVariable("test") UUID test, @Parameter(hidden = true) Actor actor) {
        links.link(items.findVisible(key, actor).product(), test, key, actor);
    }

    @DeleteMapping("/api/v1/items/{key}/tests/{test}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "unlinkTest", summary = "Takes a test away from an item")
    @ApiResponse(responseCode = "204", description = "Not linked any more")
    void unlink(
            @PathVariable("key") String key, @PathVariable("test") UUID test, @Parameter(hidden = true) Actor actor) {
        links.unlink(items.findVisible(key, actor).product(), test, key, actor);
    }
}
