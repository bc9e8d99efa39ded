package dev.conduct.work;

import dev.conduct.identity.Actor;
import dev.conduct.kernel.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// Files of items, for programs and, as downloads, for pages.
@RestController
@Tag(name = "attachments")
class AttachmentController {

    private final Attachments attachments;
    private final Items items;

    AttachmentController(Attachments attachments, Items items) {
        this.attachments = attachments;
        this.items = items;
    }

    @JsonNaming(SnakeCaseStrategy.class)
    record Answer(
            UUID id, String name, String mediaType, long size, String sha256, String addedBy, Instant at, String href) {

        static Answer of(Attachment attachment) {
            return new Answer(
                    attachment.id(),
                    attachment.name(),
                    attachment.mediaType(),
                    attachment.size(),
                    attachment.sha256(),
                    attachment.addedBy(),
                    attachment.at(),
                    "/api/v1/items/" + attachment.item() + "/attachments/" + attachment.id());
        }
    }

    @PostMapping(path = "/api/v1/items/{key}/attachments", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(operationId = "attach", summary = "Attaches one file of at most 25 MB")
    @ApiResponse(responseCode = "201", description = "Attached", headers = @Header(name = "Location", ref = "Location"))
    ResponseEntity<Answer> attach(
            @PathVariable("key") String key,
            @RequestParam(name = "file", required = false) @Nullable List<MultipartFile> files,
            @Parameter(description = "Whether customers who see the item may open it.")
                    @RequestParam(name = "outside", defaultValue = "false")
                    boolean outside,
            @Parameter(hidden = true) Actor actor) {
        var sent = files == null ? List.<MultipartFile>of() : files;
        if (sent.size() != 1) {
            throw Problem.badInput("file", sent.isEmpty() ? "missing" : "several", "must be exactly one part.");
        }
        var attached = Answer.of(attachments.attach(key, sent.getFirst(), outside, actor));
        return ResponseEntity.created(URI.create(attached.href())).body(attached);
    }

    @GetMapping("/api/v1/items/{key}/attachments")
    @Operation(operationId = "listAttachments", summary = "Files of an item, oldest first")
    List<Answer> list(@PathVariable("key") String key, @Parameter(hidden = true) Actor actor) {
        return attachments.of(items.findVisible(key, actor), actor).stream()
                .map(Answer::of)
                .toList();
    }

    @GetMapping("/api/v1/items/{key}/attachments/{id}")
    @Operation(operationId = "getAttachment", summary = "The content of a file")
    @ApiResponse(
            responseCode = "200",
            description = "The bytes as they were sent, as a download",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                            schema = @Schema(type = "string", format = "binary")))
    ResponseEntity<Resource> download(
            @PathVariable("key") String key, @PathVariable("id") String id, @Parameter(hidden = true) Actor actor) {
        var attachment = attachments.find(key, id, actor);
        return download(attachment, attachments.content(attachment));
    }

    static ResponseEntity<Resource> download(Attachment attachment, Resource content) {
        return Contents.download(attachment.name(), content);
    }
}
