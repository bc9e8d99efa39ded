package dev.conduct.mocks;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Page;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.SeenProducts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Mocks of externals, for programs.
@RestController
@RequestMapping("/api/v1/products/{key}/mocks")
@Tag(name = "mocks")
class MockController {

    private static final String EXAMPLE = "payments-api";

    private final Mocks mocks;
    private final MockRows rows;
    private final Journal journal;
    private final SeenProducts seen;

    MockController(Mocks mocks, MockRows rows, Journal journal, SeenProducts seen) {
        this.mocks = mocks;
        this.rows = rows;
        this.journal = journal;
        this.seen = seen;
    }

    record WrittenMock(
            @Schema(description = "The part of the integration catalogue it stands in for.", example = "payments")
            String external,

            @Schema(
                    description = "Stub mappings in WireMock's format: one, a list, or an object with mappings.",
                    example = "{\"request\": {\"urlPath\": \"/pay\"}, \"response\": {\"status\": 201}}",
                    type = "object")
            JsonNode mappings,

            @Schema(
                    description = "The version that was read; another one there now answers 412. Left out: any.",
                    nullable = true)
            @Nullable
            Integer version) {}

    /// @param address behind the server's own; whoever knows it is answered
    /// @param stubs how many mappings it has
    @JsonNaming(SnakeCaseStrategy.class)
    record MockAnswer(
            String name, String external, int version, String address, int stubs, boolean retired, Instant changedAt) {

        static MockAnswer of(Mock mock) {
            return new MockAnswer(
                    mock.name(),
                    mock.externalName(),
                    mock.version(),
                    mock.path(),
                    mock.stubs(),
                    mock.retired(),
                    mock.changedAt());
        }
    }

    record MockList(List<MockAnswer> items, @Nullable String next) {}

    /// @param stub the mapping that answered; empty when none matched
    /// @param nearest which came nearest when none matched, and what it expects besides
    record MockRequest(
            long id, int version, Instant at, String method, String url, int status, String stub, String nearest) {

        static MockRequest of(Journal.Served one) {
            return new MockRequest(
                    one.id(),
                    one.version(),
                    one.at(),
                    one.method(),
                    one.url(),
                    one.status(),
                    one.stub(),
                    one.nearest());
        }
    }

    record MockRequestList(
            List<MockRequest> items, @Nullable String next) {}

    @GetMapping
    @Operation(operationId = "listMocks", summary = "The mocks of a product, by name, those retired last")
    MockList list(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        var product = seen.find(key, actor);
        return new MockList(rows.of(product.key()).stream().map(MockAnswer::of).toList(), null);
    }

    @GetMapping("/{mock}")
    @Operation(operationId = "getMock", summary = "A mock, with the address it answers under")
    MockAnswer find(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = EXAMPLE) @PathVariable("mock") String name,
            @Parameter(hidden = true) Actor actor) {
        return MockAnswer.of(mocks.find(key, name, actor));
    }

    @PutMapping("/{mock}")
    @Operation(
            operationId = "writeMock",
            summary = "Writes a mock, or its next version; the same mappings again change nothing")
    @ApiResponse(responseCode = "200", description = "As it is now")
    @ApiResponse(responseCode = "412", description = "Somebody wrote another version since.")
    MockAnswer write(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = EXAMPLE) @PathVariable("mock") String name,
            @RequestBody WrittenMock written,
            @Parameter(hidden = true) Actor actor) {
        seen.judge(key, actor);
        if (written.external() == null) {
            throw Problem.badInput("external", "missing", "is missing. Name the part of the catalogue.");
        }
        if (written.mappings() == null || written.mappings().isNull()) {
            throw Problem.badInput("mappings", "missing", "is missing. Write the stub mappings.");
        }
        var read = Mappings.read(written.mappings());
        return MockAnswer.of(mocks.write(key, name, written.external(), read, written.version(), actor));
    }

    @DeleteMapping("/{mock}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "retireMock", summary = "Has a mock answer no more; what runs say of it stays")
    @ApiResponse(responseCode = "204", description = "Retired")
    void retire(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = EXAMPLE) @PathVariable("mock") String name,
            @Parameter(hidden = true) Actor actor) {
        mocks.retire(key, name, actor);
    }

    @PostMapping("/{mock}/reset")
    @ResponseStatus(HttpStatus.OK)
    @Operation(operationId = "resetMock", summary = "Begins its scenarios anew and forgets what it was asked")
    MockAnswer reset(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = EXAMPLE) @PathVariable("mock") String name,
            @Parameter(hidden = true) Actor actor) {
        mocks.reset(key, name, actor);
        return MockAnswer.of(mocks.find(key, name, actor));
    }

    @GetMapping("/{mock}/requests")
    @Operation(
            operationId = "listMockRequests",
            summary = "What a mock was asked last, the newest first, without headers and bodies")
    MockRequestList requests(
            @PathVariable("key") String key,
            @Parameter(description = "Its name.", example = EXAMPLE) @PathVariable("mock") String name,
            @Parameter(description = "Where the page before ended.") @RequestParam(name = "cursor", defaultValue = "")
                    String cursor,
            @RequestParam(name = "limit", required = false) @Nullable Integer limit,
            @Parameter(hidden = true) Actor actor) {
        var page = journal.page(mocks.find(key, name, actor), cursor, Page.limit(limit));
        return new MockRequestList(page.items().stream().map(MockRequest::of).toList(), page.next());
    }
}
