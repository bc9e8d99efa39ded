package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Reports of tools, from programs.
@RestController
@Tag(name = "reports")
class ReportController {

    private final Intake intake;
    private final ReportRows rows;
    private final SeenProducts seen;

    ReportController(Intake intake, ReportRows rows, SeenProducts seen) {
        this.intake = intake;
        this.rows = rows;
        this.seen = seen;
    }

    @PostMapping(path = "/api/v1/reports", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "sendReport",
            summary = "Takes in a report of tests, coverage, load or a scan; its kind is told by its content",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "The report as the tool wrote it, at most 500 MB, packed with gzip or not.",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "201", description = "Taken in", headers = @Header(name = "Location", ref = "Location"))
    @ApiResponse(responseCode = "200", description = "The same bytes of the same commit and build were there already")
    ResponseEntity<Report> send(
            @Parameter(description = "Key of the product.", example = "APP") @RequestParam(name = "product")
                    String product,
            @Parameter(
                            description = "The commit it was made of, 7 to 64 hexadecimal digits.",
                            example = "3f9c1e5a77b0c4d2e8a1f6b93d5072c4ee81a0b6")
                    @RequestParam(name = "commit")
                    String commit,
            @Parameter(description = "The branch, for people.", example = "main")
                    @RequestParam(name = "branch", required = false)
                    @Nullable
                    String branch,
            @Parameter(
                            description = "The build it tested: a digest of the artefact, or the number of the CI run.",
                            example = "1742")
                    @RequestParam(name = "build", required = false)
                    @Nullable
                    String build,
            @Parameter(description = "Where it ran; empty for CI.", example = "staging")
                    @RequestParam(name = "environment", required = false)
                    @Nullable
                    String environment,
            @Parameter(
                            description = "What a stand-in answered for; given once for each. A mock of the product, or"
                                    + " the external it stands in for, is told with its version.",
                            example = "payments")
                    @RequestParam(name = "mocked", required = false)
                    @Nullable
                    List<String> mocked,
            @Parameter(hidden = true) InputStream body,
            @Parameter(hidden = true) Actor actor) {
        var taken = intake.take(
                Binding.of(product, commit, branch, build, environment, mocked == null ? List.of() : mocked),
                body,
                actor);
        return taken.fresh()
                ? ResponseEntity.created(
                                URI.create("/api/v1/reports/" + taken.report().id()))
                        .body(taken.report())
                : ResponseEntity.ok(taken.report());
    }

    @GetMapping("/api/v1/reports/{id}")
    @Operation(operationId = "getReport", summary = "A report that was taken in, with its totals")
    Report find(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return rows.find(id)
                .filter(report -> seen.sees(report.product(), actor))
                .orElseThrow(() -> Problem.notFound("This report"));
    }
}
