package dev.conduct.quality;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import dev.conduct.quality.RunFiles.RunFile;
import dev.conduct.work.Contents;
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
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Files of runs, from programs and, as downloads, for pages.
@RestController
@Tag(name = "reports")
class RunFileController {

    private final ReportRows reports;
    private final RunFiles files;
    private final Contents contents;
    private final SeenProducts seen;

    RunFileController(ReportRows reports, RunFiles files, Contents contents, SeenProducts seen) {
        this.reports = reports;
        this.files = files;
        this.contents = contents;
        this.seen = seen;
    }

    /// @param test `suite#name`, empty when it is of the run as a whole
    @JsonNaming(SnakeCaseStrategy.class)
    record KeptFile(
            UUID id, String test, String name, String mediaType, long size, String sha256, Instant at, String href) {

        static KeptFile of(RunFile file, UUID report) {
            return new KeptFile(
                    file.id(),
                    file.test() == null ? "" : file.suite() + "#" + file.testName(),
                    file.name(),
                    file.mediaType(),
                    file.size(),
                    file.sha256(),
                    file.at(),
                    "/api/v1/reports/" + report + "/attachments/" + file.id());
        }
    }

    @PostMapping(path = "/api/v1/reports/{id}/attachments", consumes = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            operationId = "attachToReport",
            summary = "Keeps one file of at most 25 MB with the run of a report: a screenshot, a log, a trace",
            requestBody =
                    @RequestBody(
                            required = true,
                            description = "The file as it is.",
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                            schema = @Schema(type = "string", format = "binary"))))
    @ApiResponse(responseCode = "201", description = "Kept", headers = @Header(name = "Location", ref = "Location"))
    @ApiResponse(responseCode = "200", description = "The same file of the same test was there already")
    ResponseEntity<KeptFile> attach(
            @PathVariable("id") UUID id,
            @Parameter(description = "What the file is called.", example = "checkout.png") @RequestParam(name = "name")
                    String name,
            @Parameter(
                            description =
                                    "The test it is of, as the report has it: suite#name. Empty for the whole run.",
                            example = "")
                    @RequestParam(name = "test", defaultValue = "")
                    String test,
            @Parameter(hidden = true) InputStream body,
            @Parameter(hidden = true) Actor actor) {
        var report = report(id, actor);
        seen.judge(report.product(), actor);
        var kept = files.keep(report, name, test, body, actor);
        var answer = KeptFile.of(kept.file(), id);
        return kept.fresh()
                ? ResponseEntity.created(URI.create(answer.href())).body(answer)
                : ResponseEntity.ok(answer);
    }

    @GetMapping("/api/v1/reports/{id}/attachments")
    @Operation(
            operationId = "listAttachmentsOfReport",
            summary = "Files of the run of a report, at most 500, oldest first")
    List<KeptFile> list(@PathVariable("id") UUID id, @Parameter(hidden = true) Actor actor) {
        return files.ofReport(report(id, actor).id()).stream()
                .map(file -> KeptFile.of(file, id))
                .toList();
    }

    @GetMapping("/api/v1/reports/{id}/attachments/{file}")
    @Operation(operationId = "getAttachmentOfReport", summary = "The content of a file")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes as they were sent, as a download",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<Resource> download(
            @PathVariable("id") UUID id,
            @Parameter(description = "The id of the file.") @PathVariable("file") UUID file,
            @Parameter(hidden = true) Actor actor) {
        var found = files.find(report(id, actor), file).orElseThrow(() -> Problem.notFound("This file"));
        return contents.download(found.content());
    }

    private Report report(UUID id, Actor actor) {
        return reports.find(id)
                .filter(report -> seen.sees(report.product(), actor))
                .orElseThrow(() -> Problem.notFound("This report"));
    }
}
